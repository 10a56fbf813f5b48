import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import axios from 'axios';
import { startSandbox } from '../../sandbox/sandbox';
import type { Sandbox } from '../../sandbox/sandbox';
import type { Attempt } from '../../sandbox/webhooks/deliverer';

interface Received {
	headers: IncomingHttpHeaders;
	raw: Buffer;
}

let sandbox: Sandbox;
let server: Server;
let url: string;
let received: Received[] = [];
/** Statuses to answer with, then 200. */
let answers: number[] = [];

beforeAll(async () => {
	sandbox = await startSandbox();
	server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			received.push({ headers: request.headers, raw: Buffer.concat(chunks) });
			response.statusCode = answers.shift() ?? 200;
			response.end();
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});
beforeEach(async () => {
	await control('post', '/reset');
	received = [];
	answers = [];
});
afterAll(async () => {
	await sandbox.close();
	server.close();
});

async function control<T>(method: string, path: string, data?: unknown): Promise<T> {
	const answer = await axios.request<T>({ method, url: `${sandbox.url}/control${path}`, data });
	return answer.data;
}

async function until(condition: () => boolean): Promise<void> {
	for (let tries = 0; !condition() && tries < 150; tries += 1) {
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
	expect(condition()).toBe(true);
}

const team = '/waha/noweb/groups/120363400000000001@g.us';

async function hookWaha(webhook: object): Promise<void> {
	const { apiKey } = sandbox.accounts.waha.credentials;
	await axios.put(
		`${sandbox.accounts.waha.baseUrls.NOWEB}/api/sessions/default`,
		{ config: { metadata: { mine: '1' }, webhooks: [{ url, ...webhook }] } },
		{ headers: { 'X-Api-Key': apiKey } },
	);
}

describe('WAHA', () => {
	it('signs the raw body, echoes metadata and adds the custom headers', async () => {
		const customHeaders = [{ name: 'X-Mine', value: 'yes' }];
		await hookWaha({ events: ['message'], hmac: { key: 'k' }, customHeaders });
		await control('post', `${team}/message`, { phone: '447700900111', text: 'Grüße' });
		await until(() => received.length === 1);
		const [{ headers, raw }] = received;
		expect(headers['x-webhook-hmac']).toBe(createHmac('sha512', 'k').update(raw).digest('hex'));
		expect(headers).toMatchObject({ 'x-webhook-hmac-algorithm': 'sha512', 'x-mine': 'yes' });
		expect(JSON.parse(raw.toString())).toMatchObject({
			event: 'message',
			metadata: { mine: '1' },
			engine: 'NOWEB',
			payload: { body: 'Grüße', fromMe: false },
		});
	});

	it('sends what the webhook asked for only, and nothing to others', async () => {
		await hookWaha({ events: ['group.v2.participants'] });
		await control('post', `${team}/message`, { phone: '447700900111', text: 'Hi' });
		await control('post', `${team}/join`, { phone: '447700900122', by: '447700900100' });
		await until(() => received.length === 1);
		expect(JSON.parse(received[0].raw.toString())).toMatchObject({
			event: 'group.v2.participants',
		});
		expect(received[0].headers).not.toHaveProperty('x-webhook-hmac');
	});

	it('repeats until it is answered with success, with the same request id', async () => {
		await hookWaha({ events: ['message'] });
		await control('put', '/webhooks', { retryDelayMs: 20 });
		answers = [500, 404];
		await control('post', `${team}/message`, { phone: '447700900111', text: 'Hi' });
		await until(() => received.length === 3);
		expect(new Set(received.map(({ headers }) => headers['x-webhook-request-id'])).size).toBe(1);
		const attempts = await control<Attempt[]>('get', '/webhooks/deliveries');
		expect(attempts.map(({ attempt, status }) => [attempt, status])).toEqual([
			[1, 500],
			[2, 404],
			[3, 200],
		]);
	});

	it('gives up after as many attempts as were configured', async () => {
		await hookWaha({
			events: ['message'],
			retries: { attempts: 2, delaySeconds: 0, policy: 'constant' },
		});
		answers = [500, 500, 500, 500];
		await control('post', `${team}/message`, { phone: '447700900111', text: 'Hi' });
		await until(() => received.length === 3);
		await new Promise((resolve) => setTimeout(resolve, 200));
		expect(received).toHaveLength(3);
	});
});

describe('360dialog', () => {
	it('sends to the one URL with the headers that were registered', async () => {
		const { baseUrls, credentials } = sandbox.accounts.dialog360;
		const headers = { 'D360-API-KEY': credentials.apiKey };
		await axios.post(
			`${baseUrls.api}/v1/configs/webhook`,
			{ url, headers: { 'X-S': 's' } },
			{ headers },
		);
		const group = 'Y2FwaV9ncm91cDoxNTU1MDc4Mzg4MToxMjAzNjMzOTQzMjA5NjQxNTAZD';
		await control('post', `/dialog360/groups/${group}/suspend`);
		await until(() => received.length === 1);
		expect(received[0].headers['x-s']).toBe('s');
		expect(JSON.parse(received[0].raw.toString())).toMatchObject({
			object: 'whatsapp_business_account',
			entry: [
				{
					changes: [
						{
							field: 'group_status_update',
							value: { groups: [{ type: 'group_suspend', group_id: group }] },
						},
					],
				},
			],
		});
	});
});

describe('Sinch', () => {
	it('sends messages in bulk form to the URL that support registered, and nothing before', async () => {
		const message = { phone: '5519911112222', text: 'Hi' };
		await control('post', '/sinch/groups/5519900000000-1513616971/message', message);
		await control('put', '/sinch/webhooks', { messagesUrl: `${url}?secret=s` });
		await control('post', '/sinch/groups/5519900000000-1513616971/message', message);
		await until(() => received.length === 1);
		expect(JSON.parse(received[0].raw.toString())).toMatchObject({
			total: 1,
			data: [
				{
					source: '5519911112222',
					message: { type: 'TEXT', waGroupId: '5519900000000-1513616971' },
				},
			],
		});
	});
});

describe('ordered deliveries', () => {
	it('can be forged, unsigned, repeated and parallel', async () => {
		await hookWaha({ events: ['message'], hmac: { key: 'k' } });
		const order = { provider: 'waha', engine: 'NOWEB', body: { event: 'message' } };
		const send = async (more: object) =>
			await control<Attempt[]>('post', '/webhooks/send', { ...order, ...more });
		await send({ sign: 'forged' });
		await send({ sign: 'missing' });
		const right = createHmac('sha512', 'k').update('{"event":"message"}').digest('hex');
		expect(received[0].headers['x-webhook-hmac']).toMatch(/^[0-9a-f]{128}$/);
		expect(received[0].headers['x-webhook-hmac']).not.toBe(right);
		expect(received[1].headers).not.toHaveProperty('x-webhook-hmac');
		expect(await send({ times: 10, connections: 4 })).toHaveLength(10);
		expect(received[2].headers['x-webhook-hmac']).toBe(right);
	});

	it('go to this machine only', async () => {
		await control('put', '/sinch/webhooks', { messagesUrl: 'https://example.com/' });
		const [attempt] = await control<Attempt[]>('post', '/webhooks/send', {
			provider: 'sinch',
			body: {},
		});
		expect(attempt).toMatchObject({
			status: null,
			problem: expect.stringContaining('to this machine only'),
		});
	});

	it('are refused where nothing is registered', async () => {
		await expect(
			control('post', '/webhooks/send', { provider: 'sinch', body: {} }),
		).rejects.toThrow('409');
	});
});
