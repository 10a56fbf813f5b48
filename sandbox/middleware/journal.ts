import type { IncomingHttpHeaders } from 'node:http';
import type { RequestHandler, Response } from 'express';

/** One request as the sandbox saw it. Nothing is hidden, credentials included: it is a local test tool. */
export interface JournalEntry {
	/** Counts up over all providers and is never used twice. */
	sequence: number;
	/** A provider's id, or `cdn` for the file host. */
	provider: string;
	method: string;
	/** Below the provider's own path, as it was sent (still percent-encoded). */
	path: string;
	query: Record<string, string | string[]>;
	/** Names in lower case. */
	headers: IncomingHttpHeaders;
	/** `null` when there was none, the value when it was JSON, its size and type otherwise. */
	body: unknown;
	/** Epoch milliseconds. */
	startedAt: number;
	/** Epoch milliseconds; `null` while it is being worked on. */
	finishedAt: number | null;
	/** `null` while there is no answer, and for good when the connection was cut before one. */
	status: number | null;
	/** The value when the answer was JSON, the text when it was short, size and type otherwise. */
	answer: unknown;
	/** The misbehaviour this request was given, if any. */
	fault: string | null;
	/** The sandbox cut the connection. */
	dropped: boolean;
	/** The client went away before the answer was complete. */
	aborted: boolean;
}

const LONGEST_TEXT_KEPT = 10_000;
/** Characters of one text in a JSON body. */
const LONGEST_VALUE_KEPT = 1_000_000;

/** What the sandbox saw, in the order in which it arrived. */
export class Journal {
	private entries: JournalEntry[] = [];
	private sequence = 0;

	/** Entries after the sequence number `since`, of one provider or of all. */
	list(filter: { provider?: string; since?: number } = {}): JournalEntry[] {
		const { provider, since = 0 } = filter;
		return this.entries.filter(
			(entry) => entry.sequence > since && (provider === undefined || entry.provider === provider),
		);
	}

	/** Forgets what it saw; the numbers go on. */
	clear(): void {
		this.entries = [];
	}

	/** Middleware that writes down every request made to one provider. */
	recording(provider: string): RequestHandler {
		return (request, response, next) => {
			const { pathname, searchParams } = new URL(request.url, 'http://sandbox');
			const entry: JournalEntry = {
				sequence: ++this.sequence,
				provider,
				method: request.method,
				path: pathname,
				query: queryOf(searchParams),
				headers: request.headers,
				body: readable(request.wholeBody ?? Buffer.alloc(0), request.headers['content-type']),
				startedAt: request.arrivedAt ?? Date.now(),
				finishedAt: null,
				status: null,
				answer: null,
				fault: null,
				dropped: false,
				aborted: false,
			};
			this.entries.push(entry);
			response.locals.journalEntry = entry;
			recordAnswer(response, entry);
			next();
		};
	}
}

/** The entry of the request being answered. */
export function journalEntryOf(response: Response): JournalEntry {
	return response.locals.journalEntry as JournalEntry;
}

function recordAnswer(response: Response, entry: JournalEntry): void {
	const chunks: Buffer[] = [];
	const keep = (chunk: unknown) => {
		if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
	};
	const write = response.write.bind(response) as (...values: unknown[]) => boolean;
	const end = response.end.bind(response) as (...values: unknown[]) => Response;
	response.write = (...values: unknown[]) => {
		keep(values[0]);
		entry.status = response.statusCode;
		return write(...values);
	};
	response.end = (...values: unknown[]) => {
		keep(values[0]);
		// Written before the bytes leave, so that whoever has the answer finds the entry complete.
		entry.status = response.statusCode;
		entry.answer = readable(Buffer.concat(chunks), response.getHeader('content-type'));
		entry.finishedAt = Date.now();
		return end(...values);
	};
	response.once('close', () => {
		if (response.writableFinished) return;
		entry.finishedAt = Date.now();
		entry.aborted = !entry.dropped;
	});
}

function queryOf(parameters: URLSearchParams): JournalEntry['query'] {
	const query: JournalEntry['query'] = {};
	for (const name of new Set(parameters.keys())) {
		const values = parameters.getAll(name);
		query[name] = values.length === 1 ? values[0] : values;
	}
	return query;
}

/** Files come as base64 in JSON: a hundred of them would be more than a text can hold. */
function shortened(_key: string, value: unknown): unknown {
	if (typeof value !== 'string' || value.length <= LONGEST_VALUE_KEPT) return value;
	return `${value.slice(0, 1000)}… (${value.length} characters)`;
}

function readable(bytes: Buffer, type: unknown): unknown {
	if (bytes.length === 0) return null;
	const contentType = typeof type === 'string' ? type : null;
	const summary = { bytes: bytes.length, contentType };
	if (contentType !== null && /\bjson\b/i.test(contentType)) {
		try {
			return JSON.parse(bytes.toString('utf8'), shortened) as unknown;
		} catch {
			return summary;
		}
	}
	const isText = contentType !== null && contentType.startsWith('text/');
	return isText && bytes.length <= LONGEST_TEXT_KEPT ? bytes.toString('utf8') : summary;
}
