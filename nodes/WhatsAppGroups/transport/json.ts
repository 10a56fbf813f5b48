/** Readers for answers that may hold anything: each gives the type it names, or nothing. */

export type Json = Record<string, unknown>;

export function asRecord(value: unknown): Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as Json)
		: {};
}

export function asList(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}

/** Text that is not empty; numbers become text, since providers print ids as either. */
export function asText(value: unknown): string | null {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value !== '' ? value : null;
}

/** A number, also when it is printed in quotes. */
export function asNumber(value: unknown): number | null {
	if (typeof value === 'string' && value.trim() === '') return null;
	const number = typeof value === 'string' ? Number(value) : value;
	return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** A boolean, also when it is printed in quotes. */
export function asBoolean(value: unknown): boolean | null {
	if (value === 'true') return true;
	if (value === 'false') return false;
	return typeof value === 'boolean' ? value : null;
}

/** The first argument that says something. */
export function firstOf<T>(...values: Array<T | null | undefined>): T | null {
	return values.find((value) => value !== null && value !== undefined) ?? null;
}

/**
 * A time as ISO 8601 UTC, from Unix seconds, Unix milliseconds (anything above 1e11), either also
 * in quotes, or an RFC 3339 string.
 */
export function asIsoTime(value: unknown): string | null {
	const number = asNumber(value);
	if (number === null && typeof value !== 'string') return null;
	const date = new Date(number === null ? String(value) : number > 1e11 ? number : number * 1000);
	return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
