import type { MediaReference } from '../model';
import { InvalidInput } from './invalidInput';
import { shown } from './shown';
import { isMissing } from './values';
import type { Field } from './values';

/** A file by its ID or URL, or as the trigger puts it out in `message.media`; the message does as well. */
export function readMediaReference(field: Field): MediaReference {
	const { label, value } = field;
	const advice = 'Enter the ID or URL of a file, or drag message.media of the trigger into it.';
	if (value === null || value === undefined || value === '') throw isMissing(field, advice);
	const nothing = { id: null, url: null, mimeType: null, fileName: null };
	const text = textOf(value);
	// An object that was put into a text is lost.
	if (text !== null && !text.startsWith('[object ')) {
		return /^https?:\/\//i.test(text) ? { ...nothing, url: text } : { ...nothing, id: text };
	}
	const given = recordOf(value);
	const { id, url, mimeType, fileName } = recordOf(given.media ?? given);
	const media = { id: textOf(id), url: textOf(url), mimeType: textOf(mimeType) };
	if (media.id !== null || media.url !== null) return { ...media, fileName: textOf(fileName) };
	throw new InvalidInput(
		`'${label}' is neither the ID nor the URL of a file`,
		`It holds ${shown(value)}. Use an expression that gives message.media of the trigger, a text, or a number.`,
	);
}

function textOf(value: unknown): string | null {
	const isText = typeof value === 'string' || typeof value === 'number';
	return (isText && String(value).trim()) || null;
}

function recordOf(value: unknown): Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as Record<string, unknown>)
		: {};
}
