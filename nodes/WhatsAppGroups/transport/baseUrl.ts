import type { IDataObject } from 'n8n-workflow';
import { InvalidInput } from '../values/invalidInput';
import type { Endpoint } from './connection';

/** What every path of the provider is put to. Throws InvalidInput. */
export function baseUrlOf(
	{ basePath }: Pick<Endpoint, 'basePath'>,
	credential: Readonly<IDataObject>,
): string {
	return `${readBaseUrl(credential.baseUrl)}${basePath?.(credential) ?? ''}`;
}

/** A text of a credential, without the spaces that are copied along. Throws InvalidInput when empty. */
export function credentialText(
	credential: Readonly<IDataObject>,
	name: string,
	label: string,
): string {
	const value = credential[name];
	const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	if (text !== '') return text;
	throw new InvalidInput(
		`'${label}' in the credential is empty`,
		'Open the credential and enter it.',
	);
}

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
