import { createServer } from 'node:http';
import type { IncomingHttpHeaders, RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface OtherHost {
	url: string;
	/** What it was asked, in order. */
	requests: Array<{ path: string; headers: IncomingHttpHeaders }>;
	close(): Promise<void>;
}

/** A server that is no provider, and remembers what it is shown. */
export async function startOtherHost(answer: RequestListener): Promise<OtherHost> {
	const requests: OtherHost['requests'] = [];
	const server = createServer((request, response) => {
		requests.push({ path: request.url ?? '', headers: request.headers });
		answer(request, response);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		requests,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
