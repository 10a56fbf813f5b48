import { createHmac, randomUUID } from 'node:crypto';
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
	{ key = secret, headers = {} } = {},
) {
	const raw = Buffer.isBuffer(body)
		? body
		: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
	const hmac = createHmac('sha512', key).update(raw).digest('hex');
	return await axios.post<IDataObject>(trigger.url, raw, {
		headers: { 'content-type': 'application/json', 'X-Webhook-Hmac': hmac, ...headers },
		validateStatus: () => true,
	});
}

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
		const trigger = await new PublishedTrigger({
			parameters: { provider: 'sinch', triggerOn: ['message.received'] },
			credentials: {
				whatsAppGroupsSinchApi: { baseUrl: 'http://127.0.0.1:9', webhookSecret: secret },
			},
		}).listen();
		running.push(trigger);
		const data = Array.from({ length: 1000 }, (_, i) => ({
			id: `m${i}`,
			source: '5519911112222',
			message: { type: 'TEXT', messageText: `${i}`, waGroupId: '55-1' },
		}));
		for (let times = 0; times < 2; times += 1) {
			await axios.post(`${trigger.url}?secret=${secret}`, { total: '1000', data });
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
