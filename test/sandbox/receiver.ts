import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import axios from 'axios';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/sandbox';
import type { Attempt } from '../../sandbox/webhooks/deliverer';

export interface Received {
	headers: IncomingHttpHeaders;
	url: string;
	raw: Buffer;
	// eslint-disable-next-line @typescript-eslint/no-explicit-any -- bodies of any shape
	body: any;
}

export interface Answer {
	status: number;
	headers?: Record<string, string>;
	afterMs?: number;
	/** From the URL that was called; empty without it. */
	body?: (url: URL) => string;
}

export interface Receiving {
	sandbox(): Sandbox;
	/** Where the deliveries go. */
	url(): string;
	received: Received[];
	/** What the next deliveries are answered with; 200 once they are used up. */
	answers: Answer[];
	/** Calls `/control…` and gives the body; throws unless it is a success. */
	// eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers of any shape
	control<T = any>(method: string, path: string, data?: unknown): Promise<T>;
	attempts(query?: string): Promise<Attempt[]>;
	/** Waits for so many deliveries, and a little longer for one too many. */
	arrived(count: number): Promise<Received[]>;
}

/** A sandbox and a server that takes its webhooks, as new before each test. */
export function receiving(options: SandboxOptions = {}): Receiving {
	let sandbox: Sandbox;
	let server: Server;
	const received: Received[] = [];
	const answers: Answer[] = [];

	beforeAll(async () => {
		sandbox = await startSandbox(options);
		server = createServer((request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				const raw = Buffer.concat(chunks);
				const { headers, url = '' } = request;
				received.push({ headers, url, raw, body: parsed(raw) });
				const answer: Answer = answers.shift() ?? { status: 200 };
				const body = answer.body?.(new URL(url, 'http://receiver'));
				setTimeout(
					() => response.writeHead(answer.status, answer.headers).end(body),
					answer.afterMs ?? 0,
				);
			});
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	});
	beforeEach(async () => {
		await control('post', '/reset');
		received.length = 0;
		answers.length = 0;
	});
	afterAll(async () => {
		await sandbox.close();
		server.closeAllConnections();
		server.close();
	});

	const control: Receiving['control'] = async (method, path, data) =>
		(await axios.request({ method, url: `${sandbox.url}/control${path}`, data })).data;

	return {
		sandbox: () => sandbox,
		url: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
		received,
		answers,
		control,
		attempts: (query = '') => control('get', `/webhooks/deliveries${query}`),
		async arrived(count) {
			for (let tries = 0; received.length < count && tries < 250; tries += 1) await pause(20);
			await pause(60);
			expect(received).toHaveLength(count);
			return received;
		},
	};
}

export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function parsed(raw: Buffer): unknown {
	try {
		return JSON.parse(raw.toString());
	} catch {
		return undefined;
	}
}
