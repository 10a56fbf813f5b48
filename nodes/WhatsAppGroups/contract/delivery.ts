import { createHash, timingSafeEqual } from 'node:crypto';

/** One HTTP request of a provider to the trigger's URL. */
export interface Delivery {
	/** Names in lower case. */
	headers: Readonly<Record<string, string | undefined>>;
	query: Readonly<Record<string, unknown>>;
	body: unknown;
	/** The body as it was signed. */
	rawBody: Buffer;
}

/** Compares in constant time; a missing value never equals. */
export function sameSecret(given: unknown, expected: string): boolean {
	if (typeof given !== 'string' || expected === '') return false;
	// Hashing first makes the lengths equal, which timingSafeEqual asks for.
	return timingSafeEqual(digest(given), digest(expected));
}

/** An id for an event to which the provider gives none, from all that it says about it. */
export function fingerprint(...parts: unknown[]): string {
	return digest(JSON.stringify(parts)).toString('base64url').slice(0, 22);
}

function digest(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}
