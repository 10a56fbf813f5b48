import { IncomingMessage, type RequestListener } from 'node:http';

declare module 'node:http' {
	interface IncomingMessage {
		/** Every byte of the request's body, present on requests that the sandbox serves. */
		wholeBody?: Buffer;
		/** When its headers were in, epoch milliseconds. */
		arrivedAt?: number;
	}
}

/**
 * Reads each request to its end before handing it on as a fresh, unread one. So the journal knows
 * the body also of requests that are refused or dropped before any route reads it.
 */
export function withWholeRequests(listener: RequestListener): RequestListener {
	return (request, response) => {
		const arrivedAt = Date.now();
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		// A client that goes away in the middle of its request has asked for nothing.
		request.on('error', () => undefined);
		request.on('end', () => {
			const wholeBody = Buffer.concat(chunks);
			const replayed = new IncomingMessage(request.socket);
			replayed.method = request.method;
			replayed.url = request.url;
			replayed.httpVersion = request.httpVersion;
			replayed.headers = request.headers;
			replayed.rawHeaders = request.rawHeaders;
			replayed.complete = true;
			replayed.wholeBody = wholeBody;
			replayed.arrivedAt = arrivedAt;
			if (wholeBody.length > 0) replayed.push(wholeBody);
			replayed.push(null);
			listener(replayed, response);
		});
	};
}
