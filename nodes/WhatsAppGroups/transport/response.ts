/** An answer of a provider, before anybody has judged it. */
export interface ApiResponse {
	status: number;
	/** Names in lower case. */
	headers: Record<string, string>;
	/** The body parsed as JSON; as text where it is not JSON; `null` where it is empty. */
	body: unknown;
	/** Whether `body` came from valid JSON or was empty. */
	isJson: boolean;
	bytes: Buffer;
}

/** Reads a body without trusting its content type: WAHA sends bare strings, proxies send HTML. */
export function readResponse(
	status: number,
	headers: Record<string, unknown>,
	bytes: Buffer,
): ApiResponse {
	const lowerCased = Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
	);
	return { status, headers: lowerCased, bytes, ...parseBody(bytes) };
}

function parseBody(bytes: Buffer): Pick<ApiResponse, 'body' | 'isJson'> {
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
 * as an HTTP date (RFC 9110 §10.2.3).
 */
export function retryAfterMs(response: ApiResponse): number | undefined {
	const header = response.headers['retry-after'];
	if (header === undefined) return undefined;
	const seconds = Number(header);
	if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
	const date = Date.parse(header);
	return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
