import { createHmac, randomUUID } from 'node:crypto';
import axios from 'axios';
import type { IBinaryData, IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { ProviderId } from '../../../../nodes/WhatsAppGroups/contract/provider';
import { jpeg } from '../../../support/images';
import { startOtherHost } from '../../../support/otherHost';
import type { OtherHost } from '../../../support/otherHost';
import { byId, stage } from '../../../support/sandbox';
import { PublishedTrigger } from '../../../support/trigger';

const secret = 'a long random text';
const inquiry = 'Y2FwaV9ncm91cDoxNTU1MDc4Mzg4MToxMjAzNjM0MDQ2OTQyMzM4MjAZD';
const team = '120363400000000001@g.us';
const picture = jpeg(64, 48);
const running: PublishedTrigger[] = [];
const hosts: OtherHost[] = [];

afterEach(async () => {
	await Promise.all(running.splice(0).map(async (trigger) => await trigger.close()));
	await Promise.all(hosts.splice(0).map(async (host) => await host.close()));
});

/** A server that is no provider, which has a file for everybody. */
async function otherHost(): Promise<OtherHost> {
	const host = await startOtherHost((_request, response) => response.end(picture));
	hosts.push(host);
	return host;
}

const places: ReadonlyArray<[ProviderId, string | undefined, string, string]> = [
	['dialog360', undefined, `dialog360/groups/${inquiry}`, '16505551234'],
	['meta', undefined, `meta/groups/${inquiry}`, '16505551234'],
	['sinch', undefined, 'sinch/groups/5519900000000-1513616971', '5519911112222'],
	['waha', 'WEBJS', `waha/webjs/groups/${team}`, '447700900111'],
	['waha', 'NOWEB', `waha/noweb/groups/${team}`, '447700900111'],
	['waha', 'GOWS', `waha/gows/groups/${team}`, '447700900111'],
];

type Stage = ReturnType<typeof stage>;

/** A published trigger with Download Files, to which the provider sends. */
async function publish(on: Stage, options: IDataObject = {}): Promise<PublishedTrigger> {
	const setup = on.setup({
		session: byId('default'),
		phoneNumber: byId('106540352242922'),
		triggerOn: ['message.received'],
		options: { downloadFiles: true, ...options },
	} as never);
	Object.values(setup.credentials)[0].webhookSecret = secret;
	const trigger = await new PublishedTrigger(setup).listen();
	running.push(trigger);
	await trigger.activate();
	const messagesUrl = `${trigger.url}?secret=${encodeURIComponent(secret)}`;
	await on.control('put', '/sinch/webhooks', { messagesUrl });
	await on.control('delete', '/requests');
	return trigger;
}

async function started(trigger: PublishedTrigger, count = 1): Promise<INodeExecutionData[]> {
	for (let tries = 0; trigger.items.length < count && tries < 400; tries += 1) {
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
	expect(trigger.items).toHaveLength(count);
	return trigger.items;
}

const bytesOf = ({ data }: IBinaryData) => Buffer.from(data, 'base64');
const mediaOf = ({ json }: INodeExecutionData) =>
	(json.message as IDataObject).media as IDataObject;

describe.each(places)('Download Files at %s %s', (provider, engine, group, phone) => {
	const on = stage(provider, engine);
	const send = async (more: object = {}) =>
		await on.control('post', `/${group}/message`, {
			phone,
			type: 'image',
			mimeType: 'image/jpeg',
			caption: 'Look',
			data: picture.toString('base64'),
			...more,
		});

	it('puts the same bytes beside the event', async () => {
		const trigger = await publish(on);
		await send();
		const [item] = await started(trigger);
		expect(Object.keys(item.binary!)).toEqual(['data']);
		expect(bytesOf(item.binary!.data).equals(picture)).toBe(true);
		expect(item.binary!.data).toMatchObject({ mimeType: 'image/jpeg', fileName: 'image.jpg' });
		expect(item.json).toMatchObject({ message: { type: 'image', text: 'Look' } });
		expect(mediaOf(item)).not.toHaveProperty('error');
	});

	it('names the field as it is told, and keeps the name of a document', async () => {
		const trigger = await publish(on, { binaryPropertyName: 'file' });
		const document = { type: 'document', mimeType: 'application/pdf', fileName: '../a/report.pdf' };
		await send(document);
		const [item] = await started(trigger);
		const file = item.binary!.file;
		expect(bytesOf(file).equals(picture)).toBe(true);
		expect(file.mimeType).toBe('application/pdf');
		// Sinch tells no name of a file.
		expect(file.fileName).toBe(provider === 'sinch' ? 'file.pdf' : 'report.pdf');
	});

	it('a file that is too large is left out, and the event tells so', async () => {
		const trigger = await publish(on, { maxFileSize: 1 });
		await send({ data: Buffer.alloc(1024 * 1024 + 1).toString('base64') });
		const [item] = await started(trigger);
		expect(item).not.toHaveProperty('binary');
		expect(mediaOf(item).error).toBe('The file could not be downloaded. It is larger than 1 MB.');
	});

	it('a message without a file asks for nothing', async () => {
		const trigger = await publish(on);
		await on.control('post', `/${group}/message`, { phone, text: 'Hi' });
		const [item] = await started(trigger);
		expect(item).not.toHaveProperty('binary');
		expect((item.json.message as IDataObject).media).toBeNull();
		expect(await on.seen()).toEqual([]);
		expect(await on.requestsOf('cdn')).toEqual([]);
	});

	it.each(['hang', 'drip', 'endless'] as const)(
		'a host that does not send all of it (%s) costs the event seconds at most',
		async (kind) => {
			const trigger = await publish(on);
			const fault = provider === 'sinch' ? { provider: 'cdn' } : { provider, method: 'GET' };
			await on.control('post', '/faults', { ...fault, kind, times: 'always' });
			const since = Date.now();
			await send();
			const [item] = await started(trigger);
			// Providers give up after 5 s: this bounds what the node itself waits.
			expect(Date.now() - since).toBeLessThan(7000);
			expect(item).not.toHaveProperty('binary');
			expect(mediaOf(item).error).toEqual(
				expect.stringMatching(/in time|larger than|cannot be read|not start/),
			);
			expect(trigger.warnings).toEqual(['WhatsApp Groups Trigger could not download a file']);
		},
	);

	it('a file that is gone costs the event nothing', async () => {
		const trigger = await publish(on);
		const where = provider === 'sinch' ? { provider: 'cdn' } : { provider, method: 'GET' };
		const body = { message: 'Not Found' };
		await on.control('post', '/faults', {
			...where,
			kind: 'answer',
			status: 404,
			body,
			times: 'always',
		});
		await send();
		const [item] = await started(trigger);
		expect(item).not.toHaveProperty('binary');
		expect(mediaOf(item).error).toEqual(expect.stringMatching(/\./));
		expect(item.json.message).toMatchObject({ text: 'Look' });
	});

	it('what is delivered again is not downloaded again', async () => {
		const trigger = await publish(on);
		await send();
		await started(trigger);
		const { length } = [...(await on.seen()), ...(await on.requestsOf('cdn'))];
		expect(length).toBeGreaterThan(0);
		await on.control('post', '/webhooks/replay', { times: 2, connections: 2 });
		const now = [...(await on.seen()), ...(await on.requestsOf('cdn'))];
		expect(now).toHaveLength(length);
		expect(trigger.items).toHaveLength(1);
	});
});

describe('the credential', () => {
	const waha = stage('waha', 'GOWS');
	const meta = stage('meta');
	const dialog360 = stage('dialog360');
	const sinch = stage('sinch');

	it.each([
		['WAHA', () => waha, `waha/gows/groups/${team}`, '447700900111'],
		['Sinch', () => sinch, 'sinch/groups/5519900000000-1513616971', '5519911112222'],
	] as const)('of %s is shown to no other host that has the file', async (_, of, group, phone) => {
		const on = of();
		const host = await otherHost();
		const trigger = await publish(on);
		const image = { phone, type: 'image', mimeType: 'image/jpeg' };
		await on.control('post', `/${group}/message`, { ...image, url: `${host.url}/a.jpg` });
		const [item] = await started(trigger);
		expect(bytesOf(item.binary!.data).equals(picture)).toBe(true);
		const shown = JSON.stringify(host.requests);
		const secrets = Object.values(on.setup({}).credentials).flatMap(Object.values) as string[];
		for (const hidden of secrets.filter((value) => !value.startsWith('http'))) {
			expect(shown).not.toContain(hidden);
		}
		expect(host.requests).toHaveLength(1);
	});

	it.each([
		['Meta', () => meta, 'meta', 'none of Meta'],
		['360dialog', () => dialog360, 'dialog360', 'could not be downloaded'],
	] as const)(
		'of %s is shown to no other host, which is not even asked',
		async (_, of, provider, reason) => {
			const on = of();
			const host = await otherHost();
			const trigger = await publish(on);
			await on.control('post', '/faults', {
				provider,
				method: 'GET',
				kind: 'answer',
				status: 200,
				body: { url: `${host.url}/whatsapp_business/attachments/?mid=1`, id: '1' },
			});
			await on.control('post', `/${provider}/groups/${inquiry}/message`, {
				phone: '16505551234',
				type: 'image',
				data: picture.toString('base64'),
			});
			const [item] = await started(trigger);
			expect(mediaOf(item).error).toContain(reason);
			expect(host.requests).toEqual([]);
		},
	);

	it.each([
		['meta', () => meta],
		['dialog360', () => dialog360],
	] as const)('of %s does not help where the address has expired', async (provider, of) => {
		const on = of();
		await on.control('put', `/${provider}/settings`, { mediaLinkSeconds: 0 });
		const trigger = await publish(on);
		await on.control('post', `/${provider}/groups/${inquiry}/message`, {
			phone: '16505551234',
			type: 'image',
			data: picture.toString('base64'),
		});
		const [item] = await started(trigger);
		expect(mediaOf(item).error).toContain('may have expired');
		// Failed reads are counted: 20 of them block the number for half an hour (providers.md §2.4).
		expect((await on.seen()).map(({ status }) => status)).toEqual([200, 404]);
	});
});

describe('WAHA', () => {
	const on = stage('waha', 'NOWEB');
	const send = async () =>
		await on.control('post', `/waha/noweb/groups/${team}/message`, {
			phone: '447700900111',
			type: 'image',
			data: picture.toString('base64'),
		});

	it('is asked for a file by its message where the address has expired', async () => {
		const trigger = await publish(on);
		await on.control('post', '/faults', {
			provider: 'waha',
			path: 'api/files',
			kind: 'answer',
			status: 404,
			body: {},
		});
		await send();
		const [item] = await started(trigger);
		expect(bytesOf(item.binary!.data).equals(picture)).toBe(true);
		expect((await on.calls()).map((call) => call.split('/').at(-2))).toEqual([
			'default',
			'messages',
			'default',
		]);
	});

	it('a delivery that n8n cannot save is repeated with its file', async () => {
		const trigger = await publish(on);
		trigger.failingSaves = 1;
		await on.control('put', '/webhooks', { retryDelayMs: 50 });
		await send();
		const [item] = await started(trigger);
		expect(bytesOf(item.binary!.data).equals(picture)).toBe(true);
	});

	it('repeats that come while the file is downloaded wait, and download nothing', async () => {
		const trigger = await publish(on);
		const body = JSON.stringify({
			id: `evt_${randomUUID()}`,
			event: 'message',
			payload: {
				id: `false_${team}_A_447700900111@c.us`,
				from: team,
				participant: '447700900111@c.us',
				hasMedia: true,
				media: { url: `${(await otherHost()).url}/a.jpg`, mimetype: 'image/jpeg' },
			},
		});
		const key = String(trigger.stored.secret);
		const hmac = createHmac('sha512', key).update(body).digest('hex');
		const headers = { 'content-type': 'application/json', 'X-Webhook-Hmac': hmac };
		await Promise.all(
			Array.from({ length: 5 }, async () => await axios.post(trigger.url, body, { headers })),
		);
		await started(trigger, 1);
		expect(hosts[0].requests).toHaveLength(1);
	});

	it('all files of messages that nobody can give are told apart from those that come', async () => {
		const trigger = await publish(on);
		await on.control('post', `/waha/noweb/groups/${team}/message`, {
			phone: '447700900111',
			type: 'image',
		});
		await send();
		const items = await started(trigger, 2);
		expect(items.map((item) => item.binary !== undefined).sort()).toEqual([false, true]);
		const without = items.find((item) => item.binary === undefined)!;
		expect(mediaOf(without).error).toContain('WAHA has no file of the message');
	});

	it('the log holds neither bytes nor addresses', async () => {
		const trigger = await publish(on);
		await send();
		const [item] = await started(trigger);
		expect(trigger.warnings).toEqual([]);
		expect(JSON.stringify(item.json)).not.toContain(picture.toString('base64').slice(0, 40));
	});
});
