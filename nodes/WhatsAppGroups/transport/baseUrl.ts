import { InvalidInput } from '../values/invalidInput';

/**
 * The base URL of a credential, as paths are put to it: without the spaces and slashes around it, and
 * with nothing that a path could not follow.
 */
export function readBaseUrl(value: unknown): string {
	const url = (typeof value === 'string' ? value : '').trim().replace(/\/+$/, '');
	if (/^https?:\/\/[^\s/?#]+(\/[^\s?#]*)?$/i.test(url)) return url;
	throw new InvalidInput(
		"'Base URL' in the credential is not a URL",
		'Enter it with http:// or https://, e.g. https://waha.example.com, and without ? or #.',
	);
}
