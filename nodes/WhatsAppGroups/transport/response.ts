/** An answer of a provider, before anybody has judged it. */
export interface ApiResponse {
	/** What was asked, since some codes mean different things for different calls. */
	request: { method: string; path: string };
	status: number;
	/** Names in lower case. */
	headers: Record<string, string>;
	/** The body parsed as JSON; as text where it is not JSON; `null` where it is empty. */
	body: unknown;
	/** Whether `body` came from valid JSON or was empty. */
	isJson: boolean;
}

/** A file as it was downloaded. */
export interface DownloadedFile {
	data: Buffer;
	/** As the bytes show it, or as its host calls it, if it does. */
	mimeType: string | null;
}

/** More bytes than a caller is ready to take. */
export class TooLarge extends Error {
	constructor(readonly maxBytes: number) {
		super(`The answer has more than ${maxBytes / 1024 / 1024} MB`);
	}
}

/** Reads a body to its end, but no more than `maxBytes` of it. Throws TooLarge, or what broke it off. */
export async function readBytes(body: unknown, maxBytes: number): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of body as AsyncIterable<Buffer>) {
		size += chunk.length;
		// Leaving the loop closes the connection.
		if (size > maxBytes) throw new TooLarge(maxBytes);
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}

export function lowerCased(headers: Record<string, unknown>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
	);
}

/** Parses a body without trusting its content type: WAHA sends bare strings, proxies send HTML. */
export function parseBody(bytes: Buffer): Pick<ApiResponse, 'body' | 'isJson'> {
	const text = bytes.toString('utf8').trim();
	if (text === '') return { body: null, isJson: true };
	try {
		return { body: JSON.parse(text) as unknown, isJson: true };
	} catch {
		return { body: text, isJson: false };
	}
}

/**
 * How long the provider asks to wait, in milliseconds, from the header `Retry-After` in seconds or
 * as an HTTP date (RFC 9110 §10.2.3). A header that a proxy doubled counts by its longest time; what
 * names no time, or one that is past, is nothing.
 */
export function retryAfterMs(response: Pick<ApiResponse, 'headers'>): number | undefined {
	const header = response.headers['retry-after']?.trim() ?? '';
	if (/^[A-Za-z]{3,9},/.test(header)) {
		const date = Date.parse(header);
		return date > Date.now() ? date - Date.now() : undefined;
	}
	const seconds = header
		.split(',')
		.map((part) => part.trim())
		.filter((part) => /^\d+(\.\d+)?$/.test(part))
		.map(Number);
	const longest = Math.max(0, ...seconds);
	return longest > 0 ? longest * 1000 : undefined;
}
