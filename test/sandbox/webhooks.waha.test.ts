import { createHmac } from 'node:crypto';
import axios from 'axios';
import { SAMPLE } from '../../sandbox/waha';
import { pause, receiving } from './receiver';

const { groups, lids, phones } = SAMPLE;
const engines = ['WEBJS', 'NOWEB', 'GOWS'] as const;
type Engine = (typeof engines)[number];

const on = receiving();

async function call(engine: Engine, method: string, path: string, data?: object) {
	const { baseUrls, credentials } = on.sandbox().accounts.waha;
	const headers = { 'X-Api-Key': credentials.apiKey };
	return (await axios.request({ method, url: `${baseUrls[engine]}${path}`, data, headers })).data;
}

async function hook(engine: Engine, events: string[], webhook: object = {}, config: object = {}) {
	await on.control('post', `/waha/${engine.toLowerCase()}/timings`, { startingMs: 0 });
	const webhooks = [{ url: on.url(), events, ...webhook }];
	await call(engine, 'PUT', '/api/sessions/default', { config: { ...config, webhooks } });
	while ((await call(engine, 'GET', '/api/sessions/default')).status !== 'WORKING') await pause(10);
	on.received.length = 0;
}

const act = async (engine: Engine, path: string, data: object) =>
	await on.control('post', `/waha/${engine.toLowerCase()}/groups/${path}`, data);
const payloads = async (count: number) => (await on.arrived(count)).map(({ body }) => body.payload);

describe.each(engines)('WAHA with %s tells by webhook', (engine) => {
	const isSeconds = (timestamp: number) => timestamp < 1e11;

	it('an envelope with all around the event (§3.8), and its headers (§3.7)', async () => {
		await hook(
			engine,
			['message'],
			{ hmac: { key: 'k' }, customHeaders: [{ name: 'X-Mine', value: '1' }] },
			{ metadata: { 'user.id': '123' } },
		);
		await act(engine, `${groups.team}/message`, { phone: phones.ada, text: 'Grüße' });
		const [{ body, headers, raw }] = await on.arrived(1);
		expect(body).toMatchObject({
			id: expect.stringMatching(/^evt_/),
			event: 'message',
			session: 'default',
			metadata: { 'user.id': '123' },
			me: { id: `${phones.self}@c.us` },
			engine,
			environment: { version: '2026.8.2', engine },
		});
		expect(headers).toMatchObject({
			'user-agent': 'WAHA/2026.8.2',
			'x-webhook-timestamp': String(body.timestamp),
			'x-webhook-request-id': expect.any(String),
			'x-webhook-hmac': createHmac('sha512', 'k').update(raw).digest('hex'),
			'x-webhook-hmac-algorithm': 'sha512',
			'x-mine': '1',
		});
	});

	it('who joined, was promoted, demoted and left', async () => {
		await hook(engine, ['group.v2.participants']);
		const member = { phone: phones.grace, by: phones.self };
		for (const [index, action] of ['join', 'promote', 'demote', 'leave'].entries()) {
			await act(engine, `${groups.team}/${action}`, member);
			await on.arrived(index + 1);
		}
		const told = await payloads(4);
		expect(told.map(({ type }) => type)).toEqual(['join', 'promote', 'demote', 'leave']);
		expect(told.map(({ participants }) => participants[0].role)).toEqual([
			'participant',
			'admin',
			// NOWEB's quirk.
			engine === 'NOWEB' ? 'admin' : 'participant',
			'participant',
		]);
		expect(told[0].participants[0].id).toBe(`${lids.grace}@lid`);
		expect(told[0].participants[0].pn).toBe(
			engine === 'NOWEB' ? undefined : `${phones.grace}@c.us`,
		);
		expect(isSeconds(told[0].timestamp)).toBe(engine === 'WEBJS');
		if (engine === 'NOWEB') {
			expect(told[0]._data).toMatchObject({
				action: 'add',
				participants: [{ phoneNumber: `${phones.grace}@s.whatsapp.net` }],
			});
		}
	});

	it('its own joining and leaving, also by the older names where the engine has them', async () => {
		const events = ['group.v2.join', 'group.v2.leave', 'group.join', 'group.leave'];
		await hook(engine, events);
		const own = { phone: phones.self, by: phones.sales };
		await act(engine, `${groups.salesFloor}/join`, own);
		await act(engine, `${groups.salesFloor}/leave`, own);
		const told = { WEBJS: events, NOWEB: events.slice(0, 3), GOWS: events.slice(0, 2) }[engine];
		const arrived = await on.arrived(told.length);
		expect(arrived.map(({ body }) => body.event).sort()).toEqual([...told].sort());
		const joined = arrived.find(({ body }) => body.event === 'group.v2.join')?.body.payload;
		expect(joined.group).toMatchObject({ id: groups.salesFloor, subject: 'Sales Floor' });
		expect(joined.group.membersCanSendMessages).toBe(false);
	});

	it('a group somebody else made with it', async () => {
		await hook(engine, ['group.v2.join']);
		const made = { subject: 'Surprise', createdBy: phones.ada };
		await act(engine, '', { ...made, members: [phones.self] });
		await act(engine, '', { ...made, members: [phones.ben] });
		expect((await payloads(1))[0].group.subject).toBe('Surprise');
	});

	it('changes, with “members can send” upside down but on GOWS', async () => {
		await hook(engine, ['group.v2.update']);
		await act(engine, `${groups.team}/change`, { by: phones.self, messagesAdminsOnly: true });
		const [{ group }] = await payloads(1);
		expect(group.membersCanSendMessages).toBe(engine !== 'GOWS');
		// GOWS tells the changed fields only.
		expect('subject' in group).toBe(engine !== 'GOWS');
	});

	it('requests to join, from the release that has them', async () => {
		await hook(engine, ['group.v2.participants.join-request']);
		const ask = { phone: phones.grace };
		await act(engine, `${groups.bookClub}/request`, ask);
		await on.arrived(1);
		await act(engine, `${groups.bookClub}/revoke-request`, ask);
		const told = await payloads(engine === 'WEBJS' ? 1 : 2);
		expect(told[0]).toMatchObject({
			action: 'created',
			requesterId: `${lids.grace}@lid`,
			requesterPn: `${phones.grace}@c.us`,
			requestMethod: 'invite_link',
		});
		await on.control('post', `/waha/${engine.toLowerCase()}/release`, { release: '2026.7.1' });
		await act(engine, `${groups.bookClub}/request`, ask);
		await on.arrived(told.length);
	});

	it('messages of others, and own ones to who wants any', async () => {
		await hook(engine, ['message', 'message.any']);
		await act(engine, `${groups.team}/message`, { phone: phones.cleo, text: 'Hi' });
		const [first] = await payloads(2);
		expect(first).toMatchObject({
			from: groups.team,
			participant: `${lids.cleo}@lid`,
			to: {
				WEBJS: `${phones.self}@c.us`,
				NOWEB: groups.team,
				GOWS: `${lids.cleo}@lid`,
			}[engine],
			body: 'Hi',
			hasMedia: false,
			timestamp: expect.any(Number),
		});
		expect(isSeconds(first.timestamp)).toBe(true);
		await call(engine, 'POST', '/api/sendText', {
			session: 'default',
			chatId: groups.team,
			text: 'Own',
		});
		const { body } = (await on.arrived(3))[2];
		expect(body).toMatchObject({
			event: 'message.any',
			payload: { fromMe: true, source: 'api', [engine === 'WEBJS' ? 'to' : 'from']: groups.team },
		});
	});

	it('media, contacts and places', async () => {
		await hook(engine, ['message']);
		const from = { phone: phones.ada };
		const image = { type: 'image', url: 'http://localhost/x.png', mimeType: 'image/png' };
		await act(engine, `${groups.team}/message`, { ...from, ...image, caption: 'See' });
		await on.arrived(1);
		const contacts = [{ name: 'Bo', phone: '+1' }];
		await act(engine, `${groups.team}/message`, { ...from, type: 'contacts', contacts });
		await on.arrived(2);
		const place = { type: 'location', latitude: 1, longitude: 2 };
		await act(engine, `${groups.team}/message`, { ...from, ...place });
		expect(await payloads(3)).toMatchObject([
			{ body: 'See', hasMedia: true, media: { url: image.url, mimetype: 'image/png' } },
			{ hasMedia: false, vCards: [expect.stringContaining('FN:Bo')] },
			{ hasMedia: false, location: { latitude: 1, longitude: 2 } },
		]);
	});

	it('direct messages, which come from no group', async () => {
		await hook(engine, ['message'], {}, { ignore: { groups: true } });
		await act(engine, `${groups.team}/message`, { phone: phones.ada, text: 'ignored' });
		const path = `/waha/${engine.toLowerCase()}/sessions/default/message`;
		await on.control('post', path, { phone: phones.ada, text: 'Only you' });
		expect(await payloads(1)).toMatchObject([
			{ from: `${phones.ada}@c.us`, to: `${phones.self}@c.us`, participant: null },
		]);
	});

	it('receipts of own messages, under either name (§3.10), and reactions', async () => {
		const config = { webjs: { tagsEventsOn: true } };
		await hook(engine, ['message.ack.group', 'message.reaction'], {}, config);
		const target = { session: 'default', chatId: groups.team, text: 'Own' };
		await call(engine, 'POST', '/api/sendText', target);
		const { messages } = await on.control('get', `/waha/${engine.toLowerCase()}/state`);
		const messageId = messages[0].serializedId;
		await act(engine, `${groups.team}/ack`, { messageId, phone: phones.cleo, ack: 'READ' });
		await on.arrived(1);
		await on.control('put', '/waha/webhooks', { ackName: 'message.ack' });
		await act(engine, `${groups.team}/ack`, { messageId, phone: phones.ada, ack: 'DEVICE' });
		await on.arrived(2);
		const reaction = { phone: phones.ada, messageId: messages[0].id, reaction: '👍' };
		await act(engine, `${groups.team}/reaction`, reaction);
		const told = await on.arrived(3);
		expect(told.map(({ body }) => body)).toMatchObject([
			{
				event: 'message.ack.group',
				payload: { participant: `${lids.cleo}@lid`, fromMe: true, ack: 3, ackName: 'READ' },
			},
			{ event: 'message.ack', payload: { participant: `${lids.ada}@lid`, ack: 2 } },
			{ event: 'message.reaction', payload: { reaction: { text: '👍', messageId } } },
		]);
	});

	it('receipts only with webjs.tagsEventsOn where the engine is WEBJS', async () => {
		await hook(engine, ['message.ack.group', 'message.reaction']);
		const target = { session: 'default', chatId: groups.team, text: 'Own' };
		await call(engine, 'POST', '/api/sendText', target);
		const { messages } = await on.control('get', `/waha/${engine.toLowerCase()}/state`);
		const [{ id, serializedId: messageId }] = messages;
		await act(engine, `${groups.team}/ack`, { messageId, phone: phones.cleo, ack: 'READ' });
		const reaction = { phone: phones.ada, messageId: id, reaction: '👍' };
		await act(engine, `${groups.team}/reaction`, reaction);
		const told = await on.arrived(engine === 'WEBJS' ? 1 : 2);
		expect(told.map(({ body }) => body.event).sort()).toEqual([
			...(engine === 'WEBJS' ? [] : ['message.ack.group']),
			'message.reaction',
		]);
	});

	it.each([
		['2025.1.1', 'group.v2.join'],
		['2025.11.1', 'message.ack.group'],
		['2026.7.1', 'group.v2.participants.join-request'],
	])('nothing to a webhook that release %s refuses for one unknown name', async (release, name) => {
		await on.control('post', `/waha/${engine.toLowerCase()}/release`, { release });
		const webhooks = [{ url: on.url(), events: ['message', name] }];
		const refused = await call(engine, 'PUT', '/api/sessions/default', {
			config: { webhooks },
		}).catch((error: unknown) => error);
		const { status, data } = (refused as { response: { status: number; data: object } }).response;
		expect(status).toBe(400);
		expect(JSON.stringify(data)).toMatch(/must be one of the following values: .*message\.any/);
	});

	it('each of many messages by itself', async () => {
		await hook(engine, ['message']);
		const { messageIds } = await act(engine, `${groups.team}/messages`, { count: 40 });
		expect(new Set(messageIds).size).toBe(40);
		await on.arrived(40);
	});
});

describe('WAHA', () => {
	it('delivers to every webhook that asks, and the session’s status too', async () => {
		const path = '/api/sessions/default';
		await on.control('post', '/waha/noweb/timings', { startingMs: 0 });
		await call('NOWEB', 'PUT', path, {
			config: {
				webhooks: [
					{ url: `${on.url()}/all`, events: ['*'] },
					{ url: `${on.url()}/status`, events: ['session.status'] },
					{ url: `${on.url()}/other`, events: ['message'] },
				],
			},
		});
		const arrived = await on.arrived(6);
		expect(arrived.filter(({ url }) => url === '/hook/all')).toHaveLength(3);
		const told = arrived.filter(({ url }) => url === '/hook/status');
		expect(told.map(({ body }) => body.payload.status).sort()).toEqual([
			'STARTING',
			'STOPPED',
			'WORKING',
		]);
	});

	it('waits as long as the receiver asks for', async () => {
		await hook('NOWEB', ['message'], { retries: { policy: 'constant', delaySeconds: 60 } });
		on.answers.push({ status: 503, headers: { 'Retry-After': '0' } });
		await act('NOWEB', `${groups.team}/message`, { phone: phones.ada, text: 'Hi' });
		await on.arrived(2);
		const [first, second] = on.received.map(({ headers }) => headers['x-webhook-request-id']);
		expect(second).toBe(first);
	});

	it('delivers what is ordered to who asks for such events, signed for each', async () => {
		await call('GOWS', 'PUT', '/api/sessions/default', {
			config: {
				webhooks: [
					{ url: `${on.url()}/a`, events: ['message'], hmac: { key: 'a' } },
					{ url: `${on.url()}/b`, events: ['group.v2.join'], hmac: { key: 'b' } },
				],
			},
		});
		const body = { event: 'group.v2.join', session: 'default', engine: 'GOWS' };
		await on.control('post', '/webhooks/send', { provider: 'waha', engine: 'gows', body });
		const [{ headers, raw, url }] = await on.arrived(1);
		expect(url).toBe('/hook/b');
		expect(headers['x-webhook-hmac']).toBe(createHmac('sha512', 'b').update(raw).digest('hex'));
	});
});
