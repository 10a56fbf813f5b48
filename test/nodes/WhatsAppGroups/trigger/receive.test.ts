import { createHmac, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import axios from 'axios';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { providerOf } from '../../../../nodes/WhatsAppGroups/providers';
import { byId } from '../../../support/sandbox';
import { PublishedTrigger } from '../../../support/trigger';

const secret = 'my-secret-key';
const group = '120363414984201825@g.us';
const running: PublishedTrigger[] = [];

afterEach(async () => {
	await Promise.all(running.splice(0).map(async (trigger) => await trigger.close()));
});

/** A WAHA trigger that is registered with the secret above. */
async function waha(parameters: INodeParameters = {}): Promise<PublishedTrigger> {
	const trigger = await new PublishedTrigger({
		parameters: {
			provider: 'waha',
			session: byId('default'),
			triggerOn: ['message.received'],
			...parameters,
		},
		credentials: { whatsAppGroupsWahaApi: { baseUrl: 'http://127.0.0.1:9', apiKey: 'k' } },
	}).listen();
	running.push(trigger);
	trigger.isRegisteredWith(secret);
	return trigger;
}

function message(text = 'Hi', more: IDataObject = {}, payload: IDataObject = {}) {
	return {
		id: `evt_${randomUUID()}`,
		event: 'message',
		session: 'default',
		engine: 'WEBJS',
		timestamp: Date.now(),
		...more,
		payload: {
			id: `false_${group}_${randomUUID()}`,
			from: group,
			participant: '1234567@c.us',
			body: text,
			fromMe: false,
			...payload,
		},
	};
}

async function deliver(
	trigger: PublishedTrigger,
	body: unknown,
	{ key = secret, headers = {}, timeout = 0, url = trigger.url } = {},
) {
	const raw = Buffer.isBuffer(body)
		? body
		: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
	const hmac = createHmac('sha512', key).update(raw).digest('hex');
	return await axios.post<IDataObject>(url, raw, {
		timeout,
		headers: { 'content-type': 'application/json', 'X-Webhook-Hmac': hmac, ...headers },
		validateStatus: () => true,
	});
}

const anyStatus = { validateStatus: () => true };

/** A Sinch trigger whose credential holds the secret above. */
async function sinch(): Promise<PublishedTrigger> {
	const trigger = await new PublishedTrigger({
		parameters: { provider: 'sinch', triggerOn: ['message.received'] },
		credentials: {
			whatsAppGroupsSinchApi: { baseUrl: 'http://127.0.0.1:9', webhookSecret: secret },
		},
	}).listen();
	running.push(trigger);
	return trigger;
}

const secretUrl = ({ url }: PublishedTrigger) => `${url}?secret=${secret}`;

const sinchMessage = (id: string) => ({
	id,
	source: '5519911112222',
	message: { type: 'TEXT', messageText: id, waGroupId: '55-1' },
});

describe('verification', () => {
	it('takes the signature of the test vector (providers.md §3.7)', () => {
		const rawBody = Buffer.from('{"event":"message","session":"default","engine":"WEBJS"}');
		const hmac =
			'208f8a55dde9e05519e898b10b89bf0d0b3b0fdf11fdbf09b6b90476301b98d8097c462b2b17a6ce93b6b47a136cf2e78a33a63f6752c2c1631777076153fa89';
		const { verify } = providerOf('waha').trigger;
		const delivery = { rawBody, body: {}, query: {}, headers: { 'x-webhook-hmac': hmac } };
		expect(verify(delivery, secret)).toBeUndefined();
		expect(
			verify({ ...delivery, rawBody: Buffer.concat([rawBody, Buffer.from(' ')]) }, secret),
		).toBeDefined();
	});

	it('starts the workflow for a signed delivery', async () => {
		const trigger = await waha();
		expect((await deliver(trigger, message('Hello'))).status).toBe(200);
		expect(trigger.executions).toMatchObject([
			[
				{
					event: 'message.received',
					provider: 'waha',
					group: { id: group },
					message: { text: 'Hello' },
				},
			],
		]);
	});

	it('peer fault 1 and 2: a forged delivery gets a real 401, a logged reason, and starts nothing', async () => {
		const trigger = await waha();
		const forged = await deliver(trigger, message(), { key: 'another' });
		expect([forged.status, forged.data]).toEqual([401, { message: 'Unauthorized' }]);
		expect(trigger.executions).toEqual([]);
		expect(trigger.warnings).toEqual([expect.stringContaining('X-Webhook-Hmac does not fit')]);
		expect(trigger.warnings.join()).not.toContain(secret);
	});

	it('refuses what was signed more than three days ago, since that is a recording', async () => {
		const trigger = await waha();
		const hoursAgo = (hours: number) => ({ timestamp: Date.now() - hours * 3_600_000 });
		expect((await deliver(trigger, message('old', hoursAgo(73)))).status).toBe(401);
		expect(trigger.warnings).toEqual([expect.stringContaining('three days old')]);
		expect((await deliver(trigger, message('late', hoursAgo(71)))).status).toBe(200);
		expect(trigger.executions).toMatchObject([[{ message: { text: 'late' } }]]);
	});

	it('knows a delivery without an id by what is signed, not by a header', async () => {
		const trigger = await waha();
		const body = message('Hi', { id: undefined });
		for (const id of ['one', 'two']) {
			await deliver(trigger, body, { headers: { 'X-Webhook-Request-Id': id } });
		}
		expect(trigger.executions).toHaveLength(1);
	});

	it('takes no secret that came with a copy of the workflow from another n8n', async () => {
		const trigger = await waha();
		const data = trigger.stored;
		trigger.staticData = {
			'node:WhatsApp Groups Trigger': { ...data, owner: `elsewhere ${trigger.workflowId}` },
		};
		expect((await deliver(trigger, message())).status).toBe(401);
	});

	it('refuses a delivery without signature, and one for which no secret is known', async () => {
		const trigger = await waha();
		expect((await axios.post(trigger.url, message(), { validateStatus: () => true })).status).toBe(
			401,
		);
		trigger.staticData = {};
		expect((await deliver(trigger, message(), { key: 'x' })).status).toBe(401);
		expect(trigger.executions).toEqual([]);
	});

	it.each([
		[
			'sinch',
			'whatsAppGroupsSinchApi',
			{ total: 0, data: [] },
			(url: string, value: string) => [`${url}?secret=${value}`, {}] as const,
		],
		[
			'dialog360',
			'whatsAppGroups360DialogApi',
			{ object: 'whatsapp_business_account', entry: [] },
			(url: string, value: string) => [url, { 'x-webhook-secret': value }] as const,
		],
	] as const)(
		'%s: the secret that was registered, and no other',
		async (provider, credential, body, request) => {
			const trigger = await new PublishedTrigger({
				parameters: { provider, triggerOn: ['message.received'] },
				credentials: { [credential]: { baseUrl: 'http://127.0.0.1:9', webhookSecret: secret } },
			}).listen();
			running.push(trigger);
			trigger.isRegisteredWith(secret);
			const post = async (value: string) => {
				const [url, headers] = request(trigger.url, value);
				return (await axios.post(url, body, { headers, validateStatus: () => true })).status;
			};
			expect([await post(secret), await post('wrong'), await post('')]).toEqual([200, 401, 401]);
			expect((await axios.post(trigger.url, body, { validateStatus: () => true })).status).toBe(
				401,
			);
			expect(trigger.warnings).toHaveLength(3);
		},
	);

	it.each([
		['waha', { hello: 'world' }],
		['waha', []],
		['waha', { event: 'message', payload: null }],
	])('%s: a body that is not the provider’s gets 400 and a logged reason', async (_, body) => {
		const trigger = await waha();
		expect((await deliver(trigger, body)).status).toBe(400);
		expect(trigger.warnings).toHaveLength(1);
		expect(trigger.executions).toEqual([]);
	});
});

describe('hostile bodies', () => {
	it.each([
		[
			'__proto__ keys',
			'{"event":"message","id":"e1","payload":{"__proto__":{"polluted":true},"from":"1@g.us","id":"false_1@g.us_1"}}',
			200,
		],
		[
			'huge numbers',
			'{"event":"message","id":"e2","timestamp":1e400,"payload":{"from":"1@g.us","timestamp":1e308,"id":"false_1@g.us_1"}}',
			200,
		],
		[
			'wrong types everywhere',
			'{"event":"message","id":{"a":1},"payload":{"from":["1@g.us"],"id":7,"body":{"x":1},"participant":false}}',
			200,
		],
		[
			'deep nesting',
			`{"event":"message","payload":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}`,
			400,
		],
		['no JSON', '{"event":', 422],
		['nothing', '', 400],
	])('%s', async (_, body, status) => {
		const trigger = await waha({ options: { includeRawPayload: true } });
		expect((await deliver(trigger, body)).status).toBe(status);
		expect(({} as IDataObject).polluted).toBeUndefined();
	});

	it('invalid UTF-8, whose signature is over the bytes', async () => {
		const trigger = await waha();
		const body = Buffer.concat([
			Buffer.from(JSON.stringify(message('x'))).subarray(0, -3),
			Buffer.from([0xff, 0xfe]),
			Buffer.from('"}}'),
		]);
		const { status } = await deliver(trigger, body);
		expect([200, 422]).toContain(status);
	});

	it('a delivery of 1,000 changes gives 1,000 items, each once', async () => {
		const trigger = await sinch();
		const data = Array.from({ length: 1000 }, (_, i) => sinchMessage(`m${i}`));
		for (let times = 0; times < 2; times += 1) {
			await axios.post(secretUrl(trigger), { total: '1000', data });
		}
		expect(trigger.executions.map((items) => items.length)).toEqual([1000]);
	});
});

describe('what starts the workflow', () => {
	it('answers 200 to events that nobody asked for, without starting it', async () => {
		const trigger = await waha({ triggerOn: ['participant.joined'] });
		const answer = await deliver(trigger, message());
		expect([answer.status, answer.data]).toEqual([200, { message: 'Webhook call received' }]);
		expect(trigger.executions).toEqual([]);
	});

	it('only the chosen groups', async () => {
		const trigger = await waha({ groupScope: 'chosen', groups: [group] });
		await deliver(trigger, message('other', {}, { from: '1@g.us' }));
		await deliver(trigger, message('chosen'));
		expect(trigger.executions).toMatchObject([[{ message: { text: 'chosen' } }]]);
	});

	it('own messages only when they are not ignored', async () => {
		const own = () => message('mine', { event: 'message.any' }, { fromMe: true, to: group });
		const ignoring = await waha();
		await deliver(ignoring, own());
		expect(ignoring.executions).toEqual([]);
		const taking = await waha({ options: { ignoreOwnMessages: false } });
		await deliver(taking, own());
		expect(taking.executions).toHaveLength(1);
	});

	it('statuses only with Include Message Statuses', async () => {
		const ack = () =>
			message('', { event: 'message.ack.group' }, { fromMe: true, ack: 3, participant: '9@lid' });
		const without = await waha();
		await deliver(without, ack());
		expect(without.executions).toEqual([]);
		const including = await waha({ options: { includeMessageStatuses: true } });
		await deliver(including, ack());
		expect(including.executions).toMatchObject([[{ event: 'message.read' }]]);
	});

	it('with headers and raw payload when asked for, but never with the proof of the secret', async () => {
		const trigger = await waha({ options: { includeHeaders: true, includeRawPayload: true } });
		const body = message();
		await deliver(trigger, body, { headers: { 'X-Custom': 'mine' } });
		const [[item]] = trigger.executions;
		expect(item.headers).toMatchObject({ 'x-custom': 'mine' });
		expect(item.headers).not.toHaveProperty('x-webhook-hmac');
		expect(item.rawPayload).toEqual(body);
	});
});

describe('answered means kept', () => {
	it('what n8n cannot save is answered 5xx, and runs when it comes again', async () => {
		const trigger = await waha();
		const body = message();
		trigger.failingSaves = 2;
		expect((await deliver(trigger, body)).status).toBe(500);
		expect((await deliver(trigger, body)).status).toBe(500);
		expect(trigger.executions).toEqual([]);
		expect((await deliver(trigger, body)).status).toBe(200);
		expect((await deliver(trigger, body)).status).toBe(200);
		expect(trigger.executions).toHaveLength(1);
	});

	it('a repeat waits for what becomes of the delivery under way, and runs in its place', async () => {
		const trigger = await waha();
		const body = message();
		trigger.failingSaves = 1;
		trigger.savingMs = 100;
		const answers = await Promise.all([1, 2, 3].map(async () => await deliver(trigger, body)));
		expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 500]);
		expect(trigger.executions).toHaveLength(1);
	});

	it('a provider that hangs up before the answer gets its repeat dropped, since the event ran', async () => {
		const trigger = await waha();
		const body = message();
		trigger.savingMs = 400;
		await expect(deliver(trigger, body, { timeout: 100 })).rejects.toThrow('timeout');
		expect((await deliver(trigger, body)).status).toBe(200);
		expect(trigger.executions).toHaveLength(1);
	});

	it('one that hangs up, and then is not kept, runs when it comes again', async () => {
		const trigger = await waha();
		const body = message();
		trigger.savingMs = 400;
		trigger.failingSaves = 1;
		await expect(deliver(trigger, body, { timeout: 100 })).rejects.toThrow('timeout');
		expect((await deliver(trigger, body)).status).toBe(200);
		expect(trigger.executions).toHaveLength(1);
	});

	it('events of one delivery are forgotten and remembered together', async () => {
		const trigger = await sinch();
		trigger.failingSaves = 1;
		const batch = (ids: string[]) => ({ total: ids.length, data: ids.map(sinchMessage) });
		expect((await axios.post(secretUrl(trigger), batch(['a', 'b']), anyStatus)).status).toBe(500);
		await axios.post(secretUrl(trigger), batch(['b', 'c']), anyStatus);
		await axios.post(secretUrl(trigger), batch(['a', 'b', 'c', 'a']), anyStatus);
		expect(trigger.executions.map((items) => items.map(({ deliveryId }) => deliveryId))).toEqual([
			['b', 'c'],
			['a'],
		]);
	});
});

describe('what a delivery costs', () => {
	it('the credential is decrypted once, and again when a delivery does not match', async () => {
		const trigger = await sinch();
		for (let i = 0; i < 20; i += 1) {
			await axios.post(secretUrl(trigger), { total: 1, data: [sinchMessage(`m${i}`)] });
		}
		expect(trigger.executions).toHaveLength(20);
		expect(trigger.credentialsHelper.decryptions).toBe(1);
		trigger.setup.credentials.whatsAppGroupsSinchApi.webhookSecret = 'a new one';
		const withNew = `${trigger.url}?secret=a%20new%20one`;
		const body = { total: 1, data: [sinchMessage('after the change')] };
		expect((await axios.post(withNew, body, anyStatus)).status).toBe(200);
		expect((await axios.post(secretUrl(trigger), body, anyStatus)).status).toBe(401);
		expect(trigger.executions).toHaveLength(21);
	});

	it('what was seen is saved about once a second, not with every delivery', async () => {
		const trigger = await sinch();
		const startedAt = Date.now();
		for (let i = 0; i < 100; i += 1) {
			await axios.post(secretUrl(trigger), { total: 1, data: [sinchMessage(`m${i}`)] });
		}
		const seconds = Math.ceil((Date.now() - startedAt) / 1000);
		expect(trigger.saves).toBeGreaterThan(0);
		expect(trigger.saves).toBeLessThanOrEqual(5 + seconds);
	});
});

describe('Resolve Phone Numbers', () => {
	const joined = () =>
		message(
			'',
			{ event: 'group.v2.participants' },
			{
				group: { id: group },
				type: 'join',
				participants: [{ id: '100000000000111@lid' }],
			},
		);
	const parameters = {
		triggerOn: ['participant.joined'],
		options: { resolvePhoneNumbers: true },
	};
	const silent = createServer(() => undefined);
	beforeAll(async () => await new Promise<void>((resolve) => silent.listen(0, resolve)));
	afterAll(() => {
		silent.closeAllConnections();
		silent.close();
	});

	it('an answer that does not come costs the number, not the event', async () => {
		const trigger = await waha(parameters);
		const { port } = silent.address() as AddressInfo;
		trigger.setup.credentials.whatsAppGroupsWahaApi.baseUrl = `http://127.0.0.1:${port}`;
		expect((await deliver(trigger, joined())).status).toBe(200);
		expect(trigger.executions).toMatchObject([[{ participants: [{ phone: null }] }]]);
		expect(trigger.warnings).toEqual([expect.stringContaining('could not look up')]);
	});

	it('neither does a credential that is gone', async () => {
		const trigger = await waha(parameters);
		trigger.setup.credentials = {};
		expect((await deliver(trigger, joined())).status).toBe(200);
		expect(trigger.executions).toHaveLength(1);
	});

	it('a repeat is not looked up again', async () => {
		let asked = 0;
		const counting = createServer((_request, response) => {
			asked += 1;
			response.setHeader('content-type', 'application/json');
			response.end('{"pn":"447700900111@c.us"}');
		});
		await new Promise<void>((resolve) => counting.listen(0, resolve));
		const trigger = await waha(parameters);
		const { port } = counting.address() as AddressInfo;
		trigger.setup.credentials.whatsAppGroupsWahaApi.baseUrl = `http://127.0.0.1:${port}`;
		const body = joined();
		await deliver(trigger, body);
		await deliver(trigger, body);
		counting.closeAllConnections();
		counting.close();
		expect(trigger.executions).toMatchObject([[{ participants: [{ phone: '447700900111' }] }]]);
		expect(asked).toBe(1);
	});
});

describe('duplicates', () => {
	it('the same delivery runs the workflow once, however often and parallel it comes', async () => {
		const trigger = await waha();
		const body = message();
		const answers = await Promise.all(
			Array.from({ length: 15 }, async () => await deliver(trigger, body)),
		);
		expect(answers.map(({ status }) => status)).toEqual(Array(15).fill(200));
		expect(trigger.executions).toHaveLength(1);
	});

	it('also after a restart of n8n', async () => {
		const trigger = await waha();
		const body = message();
		await deliver(trigger, body);
		let restarted: PublishedTrigger | undefined;
		jest.isolateModules(() => {
			// A fresh copy of the node has forgotten all that a process keeps in memory.
			const { WhatsAppGroupsTrigger: Fresh } = jest.requireActual<
				typeof import('../../../../nodes/WhatsAppGroups/WhatsAppGroupsTrigger.node')
			>('../../../../nodes/WhatsAppGroups/WhatsAppGroupsTrigger.node');
			restarted = new PublishedTrigger(trigger.setup, new Fresh(), trigger.workflowId);
		});
		await restarted!.listen();
		running.push(restarted!);
		restarted!.staticData = trigger.staticData;
		await deliver(restarted!, body);
		await deliver(restarted!, message('new'));
		expect(restarted!.executions).toMatchObject([[{ message: { text: 'new' } }]]);
	});

	it('of the newest 2,000 none runs again, also when n8n hands out an old copy of what was saved', async () => {
		const trigger = await sinch();
		const send = async (ids: string[]) =>
			await axios.post(secretUrl(trigger), { total: ids.length, data: ids.map(sinchMessage) });
		const ids = (from: number, count: number) =>
			Array.from({ length: count }, (_, i) => `event ${from + i}`);
		await send(ids(0, 1000));
		const old = JSON.parse(JSON.stringify(trigger.staticData)) as IDataObject;
		// A second later, so that the times of the two halves differ.
		await new Promise((resolve) => setTimeout(resolve, 1100));
		await send(ids(1000, 1000));
		await send(ids(2000, 1000));
		expect(trigger.executions).toHaveLength(3);
		for (let i = 0; i < 20; i += 1) {
			trigger.staticData = JSON.parse(JSON.stringify(old)) as IDataObject;
			await send(ids(1000 + 100 * i, 100));
		}
		expect(trigger.executions).toHaveLength(3);
		const { seen } = trigger.stored as { seen: string };
		expect(seen.length).toBeLessThan(2000 * 9);
	});

	it('events of another process, which stand in the saved data only, do not run again', async () => {
		const [one, other] = [await sinch(), await sinch()];
		await axios.post(secretUrl(one), { total: 1, data: [sinchMessage('seen there')] });
		const { seen } = one.stored;
		other.isRegisteredWith(secret);
		Object.assign(other.stored, { seen });
		await axios.post(secretUrl(other), { total: 1, data: [sinchMessage('seen there')] });
		await axios.post(secretUrl(other), { total: 1, data: [sinchMessage('new')] });
		expect(other.executions).toMatchObject([[{ deliveryId: 'new' }]]);
	});

	it('are remembered over unpublishing and publishing, whatever was saved until then', async () => {
		const trigger = await sinch();
		const ids = Array.from({ length: 30 }, (_, i) => `event ${i}`);
		const send = async (id: string) =>
			await axios.post(secretUrl(trigger), { total: 1, data: [sinchMessage(id)] });
		for (const id of ids) await send(id);
		await trigger.deactivate();
		await trigger.activate();
		for (const id of ids) await send(id);
		expect(trigger.executions).toHaveLength(30);
	});

	it.each([
		['text', 'zz:@ :: :abc ??'],
		['a list', ['abcdefgh']],
		['a number', 7],
		['an object', {}],
	])('%s where the memory should be costs nothing', async (_, seen) => {
		const trigger = await waha();
		Object.assign(trigger.stored, { seen });
		const body = message();
		await deliver(trigger, body);
		await deliver(trigger, body);
		expect(trigger.executions).toHaveLength(1);
	});

	it('start a test run all the same, which may be tried with an old delivery', async () => {
		const trigger = await waha();
		const body = message();
		await deliver(trigger, body);
		trigger.seeTestRun();
		await deliver(trigger, body, { url: trigger.testUrl });
		expect(trigger.executions).toHaveLength(2);
	});

	it('two different events never count as one', async () => {
		const trigger = await waha();
		await deliver(trigger, message('Hi'));
		await deliver(trigger, message('Hi'));
		expect(trigger.executions).toHaveLength(2);
	});

	it('lets duplicates pass when they are not skipped', async () => {
		const trigger = await waha({ options: { skipDuplicates: false } });
		const body = message();
		await deliver(trigger, body);
		await deliver(trigger, body);
		expect(trigger.executions).toHaveLength(2);
	});
});
