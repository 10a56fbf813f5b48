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
			'left',
		]);
		expect(told[0].participants[0].id).toBe(`${lids.grace}@lid`);
		expect(told[0].participants[0].pn).toBe(engine === 'NOWEB' ? undefined : null);
		expect(isSeconds(told[0].timestamp)).toBe(engine === 'WEBJS');
		const [by, grace] = [`${lids.self}@lid`, `${lids.grace}@lid`];
		expect(told.map(({ _data }) => _data)).toMatchObject(
			{
				WEBJS: [
					{ type: 'add', author: by, recipientIds: [grace] },
					{ type: 'promote' },
					{ type: 'demote' },
					{ type: 'remove' },
				],
				NOWEB: [
					{
						action: 'add',
						author: by,
						authorPn: `${phones.self}@s.whatsapp.net`,
						participants: [{ phoneNumber: `${phones.grace}@s.whatsapp.net` }],
					},
					{ action: 'promote' },
					{ action: 'demote' },
					{ action: 'remove' },
				],
				GOWS: [
					{ Sender: by, SenderPN: `${phones.self}@s.whatsapp.net`, Join: [grace], Leave: null },
					{ Promote: [grace] },
					{ Demote: [grace] },
					{ Leave: [grace] },
				],
			}[engine],
		);
	});

	it('who left by themselves', async () => {
		await hook(engine, ['group.v2.participants']);
		await act(engine, `${groups.team}/leave`, { phone: phones.dan });
		const [{ _data }] = await payloads(1);
		const dan = `${lids.dan}@lid`;
		expect(_data).toMatchObject(
			{ WEBJS: { type: 'leave' }, NOWEB: { author: dan }, GOWS: { Sender: dan } }[engine],
		);
	});

	it('its own joining and leaving where the group lists it by lid: as NOWEB only, or of a member', async () => {
		await hook(engine, ['group.v2.participants', 'group.v2.join', 'group.v2.leave']);
		const own = { phone: phones.self, by: phones.sales };
		await act(engine, `${groups.salesFloor}/join`, own);
		await act(engine, `${groups.salesFloor}/leave`, own);
		const told = {
			WEBJS: ['group.v2.participants', 'group.v2.participants'],
			NOWEB: ['group.v2.join', 'group.v2.participants', 'group.v2.leave', 'group.v2.participants'],
			GOWS: ['group.v2.join', 'group.v2.participants'],
		}[engine];
		const arrived = await on.arrived(told.length);
		expect(arrived.map(({ body }) => body.event).sort()).toEqual([...told].sort());
		expect(arrived[0].body.me.lid).toBe(`${lids.self}@lid`);
		const changes = arrived.filter(({ body }) => body.event === 'group.v2.participants');
		const { payload } = changes[changes.length - 1].body;
		expect(payload.participants).toMatchObject([{ id: `${lids.self}@lid` }]);
	});

	it('its own joining and leaving, also by the older names where the engine has them', async () => {
		const events = ['group.v2.join', 'group.v2.leave', 'group.join', 'group.leave'];
		await hook(engine, events);
		await act(engine, `${groups.salesFloor}/arrange`, { addressing: 'phone' });
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
		expect(told[0]).toMatchObject({ action: 'created', requesterId: `${lids.grace}@lid` });
		const { requesterPn, requestMethod } = told[0];
		expect([requesterPn, requestMethod]).toEqual(
			engine === 'WEBJS' ? [undefined, undefined] : [`${phones.grace}@c.us`, 'invite_link'],
		);
		expect(isSeconds(told[0].timestamp)).toBe(engine === 'WEBJS');
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
			{ hasMedia: false, location: { latitude: '1', longitude: '2', live: false } },
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

	it('receipts of own messages as each engine has them (§3.11), and reactions', async () => {
		const events = ['message.ack.group', 'message.ack', 'message.reaction'];
		await hook(engine, events, {}, { webjs: { tagsEventsOn: true } });
		const messageId = await send();
		const cleo = { messageId, phone: phones.cleo };
		await act(engine, `${groups.team}/ack`, { messageId, ack: 'SERVER' });
		await act(engine, `${groups.team}/ack`, { ...cleo, ack: 'DEVICE' });
		const ofServer = engine === 'NOWEB' ? 1 : 0;
		await on.arrived(ofServer + 1);
		await act(engine, `${groups.team}/ack`, { ...cleo, ack: 'READ' });
		await on.arrived(ofServer + 2);
		const reader = `${lids.cleo}@lid`;
		const data = (time: string) => ({
			receipt: { userJid: reader, [time]: expect.any(Number) },
		});
		const own = `${phones.self}@c.us`;
		const told = (await on.arrived(ofServer + 2)).map(({ body }) => body);
		expect(told).toMatchObject(
			{
				NOWEB: [
					{ event: 'message.ack', payload: { ack: 1, participant: own } },
					{ event: 'message.ack.group', payload: { ack: 1, _data: data('receiptTimestamp') } },
					{ event: 'message.ack.group', payload: { ack: 3, _data: data('readTimestamp') } },
				],
				WEBJS: [
					{ payload: { ack: 2, participant: reader, fromMe: false, _data: { tag: 'receipt' } } },
					{ payload: { ack: 3, participant: reader, to: groups.team } },
				],
				GOWS: [
					{
						payload: {
							ack: 2,
							participant: reader,
							_data: { Type: '', Sender: expect.any(String) },
						},
					},
					{ payload: { ack: 3, fromMe: true, _data: { Type: 'read' } } },
				],
			}[engine],
		);
		const ends = { NOWEB: own, WEBJS: own, GOWS: `${lids.self}@lid` }[engine];
		expect(told.at(-1).payload.id).toMatch(new RegExp(`^true_${groups.team}_[^_]+_${ends}$`));
		if (engine === 'NOWEB') expect(told.at(-1).payload).not.toHaveProperty('participant');
		const bare = messageId.split('_')[2];
		const reaction = { phone: phones.ada, messageId: bare, reaction: '👍' };
		await act(engine, `${groups.team}/reaction`, reaction);
		const [last] = (await on.arrived(ofServer + 3)).slice(-1);
		expect(last.body).toMatchObject({
			event: 'message.reaction',
			payload: { reaction: { text: '👍', messageId } },
		});
	});

	it('receipts under the other name, where the documents’ sample has it (§3.10)', async () => {
		await hook(engine, ['message.ack.group'], {}, { webjs: { tagsEventsOn: true } });
		const messageId = await send();
		await on.control('put', '/waha/webhooks', { ackName: 'message.ack' });
		await act(engine, `${groups.team}/ack`, { messageId, phone: phones.ada, ack: 'READ' });
		expect((await on.arrived(1))[0].body.event).toBe('message.ack');
	});

	async function send(): Promise<string> {
		const target = { session: 'default', chatId: groups.team, text: 'Own' };
		await call(engine, 'POST', '/api/sendText', target);
		const { messages } = await on.control('get', `/waha/${engine.toLowerCase()}/state`);
		return messages.at(-1).serializedId as string;
	}

	it('the number of somebody whom a group lists by lid, in its own data', async () => {
		await hook(engine, ['message']);
		await act(engine, `${groups.team}/message`, { phone: phones.ada, text: 'Hi' });
		const [{ participant, _data }] = await payloads(1);
		const jid = `${phones.ada}@s.whatsapp.net`;
		const told = {
			WEBJS: [`${phones.ada}@c.us`, { notifyName: 'Ada' }],
			NOWEB: [`${lids.ada}@lid`, { key: { participantAlt: jid } }],
			GOWS: [`${lids.ada}@lid`, { Info: { SenderAlt: jid.replace('@', ':7@') } }],
		}[engine];
		expect([participant, _data]).toMatchObject(told);
	});

	it('who changed a group and what, in its own data', async () => {
		await hook(engine, ['group.v2.update']);
		await act(engine, `${groups.team}/change`, { by: phones.self, description: '' });
		const [{ group, _data }] = await payloads(1);
		expect(group.description).toBe(engine === 'GOWS' ? '' : undefined);
		const by = `${lids.self}@lid`;
		expect(_data).toMatchObject(
			{
				WEBJS: { type: 'description', body: '', author: by },
				NOWEB: { author: by },
				GOWS: { Sender: by, Topic: { Topic: '', TopicDeleted: true }, Name: null },
			}[engine],
		);
		// The bare code on WEBJS.
		expect(group.invite).toBe(engine === 'WEBJS' ? SAMPLE.inviteCodes.team : undefined);
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

describe('WAHA by release', () => {
	it.each([
		['GOWS', '2026.1.4', false],
		['NOWEB', '2026.1.4', true],
		['NOWEB', '2025.12.3', false],
		['GOWS', '2026.7.1', true],
	] as const)('%s %s names its engine at the top: %s', async (engine, release, isNamed) => {
		await on.control('post', `/waha/${engine.toLowerCase()}/release`, { release });
		await hook(engine, ['message']);
		await act(engine, `${groups.team}/message`, { phone: phones.ada, text: 'Hi' });
		const [{ body }] = await on.arrived(1);
		expect('engine' in body).toBe(isNamed);
		expect(body.environment).toMatchObject({ engine, version: release });
	});

	it.each([
		['2025.1.1', 'group.v2.participants'],
		['2025.11.1', 'message.ack.group'],
		['2026.7.1', 'group.v2.participants.join-request'],
	])('%s refuses a registration that names %s, and lists what it knows', async (release, event) => {
		await on.control('post', '/waha/gows/release', { release });
		const config = { webhooks: [{ url: on.url(), events: ['message', event] }] };
		const refused = call('GOWS', 'PUT', '/api/sessions/default', { config });
		await expect(refused).rejects.toMatchObject({
			response: {
				status: 400,
				data: { message: [expect.stringMatching(/must be one of the following.*group\.join/)] },
			},
		});
	});

	it('WEBJS tells of receipts only where its session was told to listen', async () => {
		await hook('WEBJS', ['message.ack.group', 'message.reaction']);
		const target = { session: 'default', chatId: groups.team, text: 'Own' };
		await call('WEBJS', 'POST', '/api/sendText', target);
		const { messages } = await on.control('get', '/waha/webjs/state');
		const { id, serializedId: messageId } = messages[0];
		await act('WEBJS', `${groups.team}/ack`, { messageId, phone: phones.ada, ack: 'READ' });
		const reaction = { phone: phones.ada, messageId: id, reaction: '👍' };
		await act('WEBJS', `${groups.team}/reaction`, reaction);
		expect((await on.arrived(1))[0].body.event).toBe('message.reaction');
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
