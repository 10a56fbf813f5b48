import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import axios, { type AxiosInstance } from 'axios';
import express from 'express';
import { answerControlErrors } from '../../sandbox/shared/controlError';
import { routesOf } from '../../sandbox/shared/routes';
import { createWaha, SAMPLE } from '../../sandbox/waha';
import type { WahaHappening } from '../../sandbox/waha/happenings';

const { groups, phones, lids, inviteCodes } = SAMPLE;
const ENGINES = ['WEBJS', 'NOWEB', 'GOWS'] as const;
type Engine = (typeof ENGINES)[number];

const emulator = createWaha();
let server: Server;
let origin: string;

beforeAll(async () => {
	const app = express();
	app.use('/waha', emulator.api);
	app.use('/control/waha', express.json(), emulator.control, answerControlErrors);
	server = createServer(app);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => emulator.reset());

function api(engine: Engine): AxiosInstance {
	return axios.create({
		baseURL: origin + emulator.baseUrls[engine],
		headers: { 'X-Api-Key': SAMPLE.apiKey },
		validateStatus: () => true,
	});
}
const WEBJS = () => api('WEBJS');
const NOWEB = () => api('NOWEB');
const GOWS = () => api('GOWS');

const arrange = (engine: Engine, path: string, body: unknown) =>
	axios.post(`${origin}/control/waha/${engine.toLowerCase()}/${path}`, body, {
		validateStatus: () => true,
	});

const pathOf = (id: string, session = 'default') =>
	`/api/${session}/groups/${encodeURIComponent(id)}`;
const team = pathOf(groups.team);
const neighbours = pathOf(groups.neighbours);
const asked = (...keys: Array<keyof typeof phones>) => ({
	participants: keys.map((key) => ({ id: `${phones[key]}@c.us` })),
});
/** Each ends in another of the documented codes in `team`. */
const everyOutcome = asked('grace', 'eve', 'nobody', 'finn', 'ada');
const everyCode = [200, 403, 404, 408, 409];

describe('WEBJS', () => {
	it('lists chats with ids as objects and the details in groupMetadata', async () => {
		const { data } = await WEBJS().get('/api/default/groups?sortBy=subject&sortOrder=desc&limit=1');
		expect(data).toEqual([
			{
				id: { server: 'g.us', user: '120363400000000001', _serialized: groups.team },
				name: 'Support Team',
				isGroup: true,
				isReadOnly: false,
				unreadCount: 0,
				timestamp: expect.any(Number),
				archived: false,
				pinned: false,
				isMuted: false,
				muteExpiration: 0,
				lastMessage: null,
				groupMetadata: {
					id: { server: 'g.us', user: '120363400000000001', _serialized: groups.team },
					creation: expect.any(Number),
					owner: { server: 'c.us', user: phones.self, _serialized: `${phones.self}@c.us` },
					subject: 'Support Team',
					desc: expect.any(String),
					restrict: false,
					announce: false,
					membershipApprovalMode: false,
					memberAddMode: 'admin_add',
					size: 5,
					participants: expect.arrayContaining([
						{
							id: { server: 'c.us', user: phones.self, _serialized: `${phones.self}@c.us` },
							isAdmin: true,
							isSuperAdmin: true,
						},
						{
							id: { server: 'lid', user: lids.cleo, _serialized: `${lids.cleo}@lid` },
							isAdmin: false,
							isSuperAdmin: false,
						},
					]),
				},
			},
		]);
		const short = await WEBJS().get('/api/default/groups?exclude=participants');
		expect(short.data[0].groupMetadata).not.toHaveProperty('participants');
	});

	it('tells after creating what became of each participant', async () => {
		const { status, data } = await WEBJS().post('/api/default/groups', {
			name: 'Team',
			...asked('grace', 'eve'),
		});
		expect(status).toBe(201);
		expect(data.title).toBe('Team');
		expect(data.gid._serialized).toBe(`${data.gid.user}@g.us`);
		expect(data.participants).toEqual({
			[`${phones.grace}@c.us`]: {
				statusCode: 200,
				message: 'The participant was added successfully',
				isGroupCreator: false,
				isInviteV4Sent: false,
			},
			[`${phones.eve}@c.us`]: expect.objectContaining({ statusCode: 403, isInviteV4Sent: true }),
		});
	});

	it('answers a failed create with a string and a 2xx', async () => {
		for (const body of [
			{ name: '', participants: [] },
			{ name: 'X', participants: [{ id: 'nonsense' }] },
		]) {
			const { status, data, headers } = await WEBJS().post('/api/default/groups', body);
			expect(status).toBe(201);
			expect(typeof data).toBe('string');
			expect(headers['content-type']).toContain('text/html');
		}
		await arrange('WEBJS', 'failures', { on: 'create', message: 'CreateGroupError: oh no' });
		const forced = await WEBJS().post('/api/default/groups', { name: 'X', participants: [] });
		expect([forced.status, forced.data]).toEqual([201, 'CreateGroupError: oh no']);
		expect((await WEBJS().get('/api/default/groups/count')).data).toEqual({ count: 3 });
	});

	it('gives a code per added participant by id, and one status for everything else', async () => {
		const add = await WEBJS().post(`${team}/participants/add`, everyOutcome);
		expect(add.status).toBe(200);
		expect(Object.values(add.data).map((result) => (result as { code: number }).code)).toEqual(
			everyCode,
		);
		expect(Object.keys(add.data)[0]).toBe(`${phones.grace}@c.us`);
		for (const path of ['admin/promote', 'admin/demote', 'participants/remove']) {
			expect((await WEBJS().post(`${team}/${path}`, asked('ben'))).data).toEqual({ status: 200 });
		}
	});

	it('answers changes with true, and with false where it has no right', async () => {
		const put = (group: string) => WEBJS().put(`${group}/subject`, { subject: 'Hm' });
		expect([(await put(team)).status, (await put(team)).data]).toEqual([200, true]);
		expect([(await put(neighbours)).status, (await put(neighbours)).data]).toEqual([200, false]);
		const lock = await WEBJS().put(`${neighbours}/settings/security/messages-admin-only`, {
			adminsOnly: true,
		});
		expect([lock.status, lock.data]).toEqual([200, false]);
		const picture = await WEBJS().delete(`${neighbours}/picture`);
		expect([picture.status, picture.data]).toEqual([200, { success: false }]);
		const promote = await WEBJS().post(`${neighbours}/admin/promote`, asked('ben'));
		expect([promote.status, promote.data]).toEqual([200, false]);
		const add = await WEBJS().post(`${neighbours}/participants/add`, asked('grace'));
		expect([add.status, typeof add.data]).toEqual([200, 'string']);
		const state = emulator.servers.WEBJS.groups.known(groups.neighbours);
		expect(state).toMatchObject({ subject: 'Neighbourhood Watch', messagesAdminsOnly: false });
	});

	it('deletes a group', async () => {
		expect((await WEBJS().delete(team)).status).toBe(200);
		expect((await WEBJS().get('/api/default/groups/count')).data).toEqual({ count: 2 });
	});

	it('answers a sent text with the message', async () => {
		const { status, data } = await WEBJS().post('/api/sendText', {
			session: 'default',
			chatId: groups.team,
			text: 'Hi',
		});
		expect(status).toBe(201);
		expect(data).toEqual({
			id: {
				fromMe: true,
				remote: groups.team,
				id: expect.stringMatching(/^3EB0[0-9A-F]+$/),
				_serialized: `true_${groups.team}_${data.id.id}_${phones.self}@c.us`,
			},
			timestamp: expect.any(Number),
			body: 'Hi',
			ack: 1,
		});
	});
});

describe('NOWEB', () => {
	it('lists an object keyed by group id', async () => {
		const { data } = await NOWEB().get('/api/default/groups');
		expect(data[groups.team]).toMatchObject({
			id: groups.team,
			subject: 'Support Team',
			owner: `${lids.self}@lid`,
			ownerPn: `${phones.self}@s.whatsapp.net`,
			creation: expect.any(Number),
			desc: expect.any(String),
			size: 5,
			addressingMode: 'lid',
			restrict: false,
			announce: false,
			joinApprovalMode: false,
			memberAddMode: false,
		});
		expect(data[groups.team].participants).toEqual(
			expect.arrayContaining([
				{
					id: `${lids.ada}@lid`,
					phoneNumber: `${phones.ada}@s.whatsapp.net`,
					admin: 'admin',
				},
				{ id: `${lids.cleo}@lid`, admin: null },
				{ id: `${phones.ben}@s.whatsapp.net`, admin: null },
			]),
		);
		expect(data[groups.bookClub]).not.toHaveProperty('desc');
		const short = await NOWEB().get('/api/default/groups?exclude=participants');
		expect(short.data[groups.team]).not.toHaveProperty('participants');
	});

	it('answers a create with the group as it is, without those who could not be added', async () => {
		const { status, data } = await NOWEB().post('/api/default/groups', {
			name: 'Team',
			...asked('grace', 'eve'),
		});
		expect(status).toBe(201);
		expect(data).toMatchObject({ subject: 'Team', size: 2 });
		expect(data.participants.map(({ id }: { id: string }) => id)).toEqual([
			`${lids.self}@lid`,
			`${lids.grace}@lid`,
		]);
	});

	it('gives a status string per participant for every operation', async () => {
		const add = await NOWEB().post(`${team}/participants/add`, everyOutcome);
		expect(add.data.map(({ status }: { status: string }) => status)).toEqual(everyCode.map(String));
		expect(add.data[0]).toEqual({
			status: '200',
			jid: `${phones.grace}@s.whatsapp.net`,
			content: {},
		});
		const remove = await NOWEB().post(`${team}/participants/remove`, asked('ben', 'hugo'));
		expect(remove.data.map(({ status }: { status: string }) => status)).toEqual(['200', '404']);
		const promote = await NOWEB().post(`${team}/admin/promote`, {
			participants: [{ id: `${lids.cleo}@lid` }],
		});
		expect(promote.data).toEqual([{ status: '200', jid: `${lids.cleo}@lid`, content: {} }]);
	});

	it('answers changes with an empty body, and HTTP 500 where it has no right', async () => {
		const changed = await NOWEB().put(`${team}/subject`, { subject: 'Hm' });
		expect([changed.status, changed.data]).toEqual([200, '']);
		for (const refused of [
			await NOWEB().put(`${neighbours}/subject`, { subject: 'Hm' }),
			await NOWEB().post(`${neighbours}/participants/add`, asked('grace')),
			await NOWEB().get(`${neighbours}/invite-code`),
		]) {
			expect(refused.status).toBe(500);
			expect(refused.data.exception.message).toBe('not-authorized');
		}
	});

	it('answers a sent text with the protocol message', async () => {
		const { status, data } = await NOWEB().post('/api/sendText', {
			session: 'default',
			chatId: groups.team,
			text: 'Hi',
		});
		expect(status).toBe(201);
		expect(data).toEqual({
			key: { remoteJid: groups.team, fromMe: true, id: expect.stringMatching(/^3EB0/) },
			message: { extendedTextMessage: { text: 'Hi' } },
			messageTimestamp: expect.stringMatching(/^\d+$/),
			status: 'PENDING',
		});
	});
});

describe('GOWS', () => {
	it('lists groups in PascalCase with RFC 3339 dates', async () => {
		const { data } = await GOWS().get('/api/default/groups?sortBy=subject&sortOrder=desc&limit=1');
		expect(data[0]).toMatchObject({
			JID: groups.team,
			OwnerJID: `${lids.self}@lid`,
			OwnerPN: `${phones.self}@s.whatsapp.net`,
			Name: 'Support Team',
			IsLocked: false,
			IsAnnounce: false,
			IsJoinApprovalRequired: false,
			AddressingMode: 'lid',
			GroupCreated: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
			ParticipantCount: 5,
			MemberAddMode: 'admin_add',
		});
		expect(data[0].Participants).toContainEqual({
			JID: `${lids.cleo}@lid`,
			PhoneNumber: '',
			LID: `${lids.cleo}@lid`,
			IsAdmin: false,
			IsSuperAdmin: false,
			DisplayName: '',
			Error: 0,
			AddRequest: null,
		});
		const short = await GOWS().get('/api/default/groups?exclude=participants');
		expect(short.data[0]).not.toHaveProperty('Participants');
	});

	it('gives an Error number per participant, 0 for success', async () => {
		const add = await GOWS().post(`${team}/participants/add`, everyOutcome);
		expect(add.data.map(({ Error }: { Error: number }) => Error)).toEqual([0, 403, 404, 408, 409]);
		expect(add.data[0]).toMatchObject({
			JID: `${lids.grace}@lid`,
			PhoneNumber: `${phones.grace}@s.whatsapp.net`,
		});
		expect(add.data[2].JID).toBe(`${phones.nobody}@s.whatsapp.net`);
		const promote = await GOWS().post(`${team}/admin/promote`, asked('ben'));
		expect(promote.data).toEqual([expect.objectContaining({ IsAdmin: true, Error: 0 })]);
	});

	it('answers changes with an empty body, and HTTP 500 where it has no right', async () => {
		const changed = await GOWS().put(`${team}/description`, { description: 'Hm' });
		expect([changed.status, changed.data]).toEqual([200, '']);
		const refused = await GOWS().put(`${neighbours}/description`, { description: 'Hm' });
		expect(refused.status).toBe(500);
		expect(refused.data.exception.message).toContain('forbidden');
	});

	it('answers a sent text with a serialized id', async () => {
		const { status, data } = await GOWS().post('/api/sendText', {
			session: 'default',
			chatId: groups.team,
			text: 'Hi',
		});
		expect(status).toBe(201);
		expect(data).toEqual({
			id: expect.stringMatching(`^true_${groups.team}_3EB0[0-9A-F]+_${phones.self}@c.us$`),
			_data: {},
		});
	});
});

it.each(['NOWEB', 'GOWS'] as const)('%s cannot delete a group', async (engine) => {
	const { status, data } = await api(engine).delete(team);
	expect(status).toBe(501);
	expect(data).toEqual({
		message: `The method is not implemented by '${engine}' engine.`,
		error: 'Not Implemented',
		statusCode: 501,
	});
	expect((await api(engine).get(team)).status).toBe(200);
});

it.each([
	['WEBJS', 'text/html', inviteCodes.team],
	['NOWEB', 'text/html', inviteCodes.team],
	['GOWS', 'application/json', `"https://chat.whatsapp.com/${inviteCodes.team}"`],
] as const)('%s gives the invite code as %s', async (engine, type, body) => {
	const answer = await api(engine).get(`${team}/invite-code`, {
		responseType: 'text',
		transformResponse: (text: string) => text,
	});
	expect(answer.headers['content-type']).toContain(type);
	expect(answer.data).toBe(body);
});

describe.each(ENGINES)('members on %s', (engine) => {
	const group = () => emulator.servers[engine].groups.known(groups.team);

	it('are refused by a full group', async () => {
		await arrange(engine, `groups/${groups.team}/arrange`, { maxMembers: 6 });
		const { data } = await api(engine).post(`${team}/participants/add`, asked('grace', 'hugo'));
		expect(JSON.stringify(data)).toContain('419');
		expect(group()?.members.size).toBe(6);
	});

	it('may add others only where that is allowed', async () => {
		const add = () => api(engine).post(`${neighbours}/participants/add`, asked('grace'));
		await add();
		expect(emulator.servers[engine].groups.known(groups.neighbours)?.members.size).toBe(4);
		const by = phones.ada;
		await arrange(engine, `groups/${groups.neighbours}/change`, { by, membersCanAdd: true });
		await add();
		expect(emulator.servers[engine].groups.known(groups.neighbours)?.members.size).toBe(5);
	});

	it('cannot be removed or demoted when they created the group', async () => {
		await arrange(engine, `groups/${groups.team}/arrange`, {
			roles: { [phones.self]: 'admin', [phones.ada]: 'superadmin' },
		});
		await api(engine).post(`${team}/participants/remove`, asked('ada'));
		await api(engine).post(`${team}/admin/demote`, asked('ada'));
		const roles = [...(group()?.members ?? [])].map(([{ phone }, role]) => [phone, role]);
		expect(roles).toContainEqual([phones.ada, 'superadmin']);
	});
});

describe.each(ENGINES)('messages on %s', (engine) => {
	const send = (path: string, body: Record<string, unknown>) =>
		api(engine).post(path, { session: 'default', chatId: groups.team, ...body });
	const sent = () => emulator.servers[engine].messages.all();

	it('need session, chat and text', async () => {
		const { status, data } = await api(engine).post('/api/sendText', { mentions: 'all' });
		expect(status).toBe(400);
		expect(data.message).toEqual([
			'session must be a string',
			'chatId must be a string',
			'text must be a string',
			'mentions must be an array',
		]);
	});

	it('may mention members, or all of them in a group', async () => {
		const mentions = (list: string[], chatId: string = groups.team) =>
			send('/api/sendText', { text: 'Hi', mentions: list, chatId });
		expect((await mentions([`${phones.ada}@c.us`, `${lids.cleo}@lid`])).status).toBe(201);
		expect((await mentions(['all'])).status).toBe(201);
		expect((await mentions(['all'], `${phones.ada}@c.us`)).status).toBe(500);
		expect((await mentions([phones.ada])).status).toBe(500);
	});

	it('answer others only if those exist', async () => {
		await arrange(engine, `groups/${groups.team}/message`, { phone: phones.ada, text: 'Lunch?' });
		const { id } = sent()[0];
		const replyTo = `false_${groups.team}_${id}_${phones.ada}@c.us`;
		expect((await send('/api/sendText', { text: 'Yes', reply_to: replyTo })).status).toBe(201);
		expect(sent()[1].quoted?.id).toBe(id);
		expect((await send('/api/sendText', { text: 'Yes', reply_to: 'x' })).status).toBe(500);
	});

	it('go to people as well, if they are on WhatsApp', async () => {
		const to = (key: keyof typeof phones) =>
			send('/api/sendText', { chatId: `${phones[key]}@c.us`, text: 'Join us' });
		expect((await to('grace')).status).toBe(201);
		expect((await to('nobody')).status).toBe(500);
		expect((await send('/api/sendText', { chatId: phones.grace, text: 'x' })).status).toBe(500);
	});

	it('go to no group that the account is not in, nor where only admins may write', async () => {
		expect((await send('/api/sendText', { chatId: groups.salesFloor, text: 'x' })).status).toBe(
			500,
		);
		const by = phones.ada;
		const change = { by, messagesAdminsOnly: true };
		await arrange(engine, `groups/${groups.neighbours}/change`, change);
		expect((await send('/api/sendText', { chatId: groups.neighbours, text: 'x' })).status).toBe(
			500,
		);
		expect(sent()).toHaveLength(0);
	});

	it('fail when that is ordered', async () => {
		await arrange(engine, 'failures', { on: 'send', message: 'rate-overlimit' });
		const failed = await send('/api/sendText', { text: 'Hi' });
		expect(failed.status).toBe(500);
		expect(failed.data.exception.message).toContain('rate-overlimit');
		expect((await send('/api/sendText', { text: 'Hi' })).status).toBe(201);
	});

	it('can be media, polls, places and contacts', async () => {
		const data = Buffer.from('anything').toString('base64');
		const file = { data, mimetype: 'application/pdf', filename: 'a.pdf' };
		const good: Array<[string, Record<string, unknown>]> = [
			['/api/sendImage', { file, caption: 'Look' }],
			['/api/sendFile', { file }],
			['/api/sendVideo', { file, convert: true }],
			['/api/sendVoice', { file, convert: false }],
			['/api/sendPoll', { poll: { name: 'Q?', options: ['A', 'B'] } }],
			['/api/sendLocation', { latitude: 38.8, longitude: -77, title: 'Here' }],
			['/api/sendContactVcard', { contacts: [{ fullName: 'Ada', phoneNumber: '+44 1' }] }],
			['/api/sendContactVcard', { contacts: [{ vcard: 'BEGIN:VCARD' }] }],
		];
		for (const [path, body] of good) expect((await send(path, body)).status).toBe(201);
		expect(sent().map(({ kind }) => kind)).toEqual([
			'image',
			'document',
			'video',
			'audio',
			'poll',
			'location',
			'contacts',
			'contacts',
		]);
		const bad: Array<[string, Record<string, unknown>, string]> = [
			['/api/sendImage', {}, 'nested property file must be either object or array'],
			['/api/sendVoice', { file }, 'convert must be a boolean value'],
			['/api/sendPoll', { poll: { name: 'Q?' } }, 'poll.options must be an array'],
			[
				'/api/sendLocation',
				{ latitude: 38.8, longitude: '-77' },
				'longitude must be a number conforming to the specified constraints',
			],
			[
				'/api/sendContactVcard',
				{ contacts: [{ name: 'Ada' }] },
				'each value in contacts must be a contact or a vcard',
			],
		];
		for (const [path, body, message] of bad) {
			const answer = await send(path, body);
			expect([answer.status, answer.data.message]).toEqual([400, [message]]);
		}
	});

	describe('that are there', () => {
		const url = (id: string, chat: string = groups.team) =>
			`/api/default/chats/${chat}/messages/${id}`;
		const own = async () => {
			await send('/api/sendText', { text: 'Hi' });
			return sent()[sent().length - 1];
		};
		const written = async (by: keyof typeof phones) => {
			await arrange(engine, `groups/${groups.team}/message`, { phone: phones[by], text: 'Hello' });
			return sent()[sent().length - 1];
		};
		const ownId = (id: string) => `true_${groups.team}_${id}_${phones.self}@c.us`;
		const othersId = (id: string) => `false_${groups.team}_${id}_${phones.ada}@c.us`;
		const react = async (messageId: string, reaction = '👍') =>
			await api(engine).put('/api/reaction', { session: 'default', messageId, reaction });
		const unknown = othersId('3EB0FFFF');

		it('can be reacted to: WEBJS answers nothing, even of a message that it does not know', async () => {
			const message = await written('ada');
			for (const id of [othersId(message.id), unknown]) {
				const { status, data } = await react(id);
				expect(status).toBe(200);
				expect(data === '').toBe(engine === 'WEBJS');
			}
			expect([...message.reactions.values()]).toEqual(['👍']);
			await react(othersId(message.id), '');
			expect(message.reactions.size).toBe(0);
		});

		it('are not found by an ID without the sender, or with the wrong owner', async () => {
			const message = await written('ada');
			await react(`false_${groups.team}_${message.id}`);
			await react(ownId(message.id));
			expect(message.reactions.size).toBe(0);
		});

		it('that one sent oneself need no sender but in WEBJS', async () => {
			const message = await own();
			await react(`true_${groups.team}_${message.id}`);
			expect(message.reactions.size).toBe(engine === 'WEBJS' ? 0 : 1);
		});

		it('are pinned for a day, a week or 30 days, but not by GOWS', async () => {
			const message = await own();
			const path = url(ownId(message.id));
			const pin = async (duration: number) =>
				(await api(engine).post(`${path}/pin`, { duration })).status;
			if (engine === 'GOWS') {
				expect([await pin(86400), (await api(engine).post(`${path}/unpin`)).status]).toEqual([
					501, 501,
				]);
				return;
			}
			expect(await pin(5)).toBe(400);
			for (const duration of [86400, 604800, 2592000]) expect(await pin(duration)).toBe(201);
			expect(message.pinnedUntil).toBeGreaterThan(message.at + 2592000 - 1);
			expect((await api(engine).post(`${path}/unpin`)).data).toEqual({ success: true });
			expect(message.pinnedUntil).toBeNull();
		});

		if (engine !== 'GOWS') {
			it('are pinned three at most, of which the oldest is taken off', async () => {
				const all = [await own(), await own(), await own(), await own()];
				for (const { id } of all)
					await api(engine).post(`${url(ownId(id))}/pin`, { duration: 86400 });
				expect(all.map(({ pinnedUntil }) => pinnedUntil !== null)).toEqual([
					false,
					true,
					true,
					true,
				]);
			});

			it('cannot be pinned where WEBJS knows none, and NOWEB does not look', async () => {
				const { status, data } = await api(engine).post(`${url(unknown)}/pin`, { duration: 86400 });
				if (engine === 'NOWEB') expect([status, data]).toEqual([201, { success: true }]);
				else {
					expect(status).toBe(500);
					expect(data.exception.message).toBe(
						"Cannot read properties of undefined (reading 'pin')",
					);
				}
			});
		}

		it("of one's own can be edited for 15 minutes, and WEBJS answers nothing where it may not", async () => {
			const message = await own();
			const edit = async (id: string, text: string) =>
				await api(engine).put(url(id), { text, linkPreview: false });
			expect((await edit(ownId(message.id), 'First')).data).not.toBe('');
			expect(message.text).toBe('First');
			await arrange(engine, `groups/${groups.team}/age`, { messageId: message.id, seconds: 901 });
			const others = await written('ada');
			for (const id of [ownId(message.id), othersId(others.id), unknown]) {
				const { status, data } = await edit(id, 'Second');
				expect([status, data === '']).toEqual([200, engine === 'WEBJS']);
			}
			expect([message.text, others.text]).toEqual(['First', 'Hello']);
			expect((await api(engine).put(url(ownId(message.id)), {})).status).toBe(400);
		});

		it('can be deleted: those of others as admin, else WEBJS deletes them for itself alone', async () => {
			const [mine, others] = [await own(), await written('ada')];
			const deleted = async (id: string) => (await api(engine).delete(url(id))).status;
			const found = async (id: string) => (await api(engine).get(url(id))).status;
			expect([await deleted(ownId(mine.id)), await found(ownId(mine.id))]).toEqual([200, 200]);
			expect(await deleted(othersId(others.id))).toBe(200);
			expect([mine.isDeleted, others.isDeleted]).toEqual([true, true]);
			const later = await written('ada');
			await arrange(engine, `groups/${groups.team}/arrange`, {
				roles: { [phones.self]: 'participant' },
			});
			expect(await deleted(othersId(later.id))).toBe(200);
			expect(later.isDeleted).toBe(false);
			expect(await found(othersId(later.id))).toBe(engine === 'WEBJS' ? 404 : 200);
			expect(await deleted(unknown)).toBe(engine === 'WEBJS' ? 500 : 200);
		});

		it('can be forwarded: NOWEB alone tells the new ID, GOWS cannot', async () => {
			const message = await written('ada');
			const forward = async (messageId: string) =>
				await api(engine).post('/api/forwardMessage', {
					session: 'default',
					chatId: groups.neighbours,
					messageId,
				});
			const { status, data } = await forward(othersId(message.id));
			const [copy] = sent().filter(({ chat }) => chat === groups.neighbours);
			if (engine === 'GOWS') {
				expect([status, copy]).toEqual([501, undefined]);
				await arrange(engine, 'release', { release: 'older' });
				expect((await forward(othersId(message.id))).data.exception.message).toBe(
					'Method not implemented.',
				);
				return;
			}
			expect([status, copy.text]).toEqual([201, 'Hello']);
			if (engine === 'WEBJS') expect(data).toEqual({ sent: false });
			else expect(data).toMatchObject({ id: `true_${groups.neighbours}_${copy.id}` });
			expect((await forward(unknown)).status).toBe(engine === 'WEBJS' ? 500 : 422);
		});

		it('are not found where NOWEB has no store', async () => {
			const message = await own();
			if (engine !== 'NOWEB') return;
			await arrange(engine, 'store', { enabled: false });
			expect((await api(engine).get(url(ownId(message.id)))).status).toBe(400);
		});

		it('are told by an ID of three parts or four', async () => {
			await own();
			const { status, data } = await react('3EB0AAAA');
			expect(status).toBe(engine === 'WEBJS' ? 200 : 500);
			if (engine !== 'WEBJS') {
				expect(data.exception.message).toMatch(/^Message id be in format/);
			}
		});
	});
});

describe('what happens', () => {
	const heard: Array<WahaHappening & { engine: Engine }> = [];
	let stop: () => void;
	beforeEach(() => {
		heard.length = 0;
		stop = emulator.onHappening((happening, { engine }) => heard.push({ ...happening, engine }));
	});
	afterEach(() => stop());
	const types = () => heard.map(({ type }) => type);

	it('is announced once, by API or by people alike, and only on the engine it happens on', async () => {
		const inTeam = (path: string, body: unknown) =>
			arrange('NOWEB', `groups/${groups.team}/${path}`, body);
		await NOWEB().put(`${team}/subject`, { subject: 'New' });
		await NOWEB().post(`${team}/participants/add`, asked('grace', 'eve'));
		await inTeam('join', { phone: phones.hugo });
		await inTeam('promote', { phone: phones.ben, by: phones.ada });
		await inTeam('leave', { phone: phones.dan });
		await inTeam('leave', { phone: phones.grace, by: phones.ada });
		await inTeam('message', { phone: phones.ben, text: 'Hi' });
		await inTeam('request', { phone: phones.ivy });
		await inTeam('revoke-request', { phone: phones.ivy });
		expect(types()).toEqual([
			'groupChanged',
			'membersJoined',
			'membersJoined',
			'rolesChanged',
			'membersLeft',
			'membersLeft',
			'messageSent',
			'joinRequest',
			'joinRequest',
		]);
		expect(heard[1]).toMatchObject({
			how: 'added',
			by: { phone: phones.self },
			people: [{ phone: phones.grace }],
			at: expect.any(Number),
		});
		expect(new Set(heard.map(({ engine }) => engine))).toEqual(new Set(['NOWEB']));
	});

	it('includes the statuses of a session that restarts', async () => {
		await arrange('GOWS', 'timings', { startingMs: 5 });
		await GOWS().put('/api/sessions/default', { config: {} });
		await GOWS().get('/api/default/groups/count');
		const session = emulator.servers.GOWS.sessions.known('default');
		expect(types()).toEqual(['sessionStatus', 'sessionStatus', 'sessionStatus']);
		expect(session?.statuses.map(({ status }) => status)).toEqual([
			'WORKING',
			'STOPPED',
			'STARTING',
			'WORKING',
		]);
	});

	it('is nothing when nothing changed', async () => {
		await WEBJS().put(`${neighbours}/subject`, { subject: 'No right' });
		await WEBJS().post(`${team}/participants/add`, asked('ada', 'nobody'));
		expect(types()).toEqual([]);
	});
});

describe('the control side', () => {
	it('refuses what WhatsApp would refuse and what makes no sense', async () => {
		const inTeam = (path: string, body: unknown) =>
			arrange('WEBJS', `groups/${groups.team}/${path}`, body);
		expect((await inTeam('join', { phone: phones.ada })).status).toBe(409);
		expect((await inTeam('join', { phone: phones.eve, by: phones.self })).status).toBe(409);
		expect((await inTeam('message', { phone: phones.grace, text: 'Hi' })).status).toBe(409);
		expect((await inTeam('promote', { phone: phones.ben, by: phones.dan })).status).toBe(409);
		expect((await inTeam('join', { phone: '+44 7700' })).status).toBe(400);
		expect((await arrange('WEBJS', 'groups/1@g.us/join', { phone: phones.ada })).status).toBe(404);
		expect((await arrange('WPP' as Engine, 'release', { release: 'older' })).status).toBe(404);
		expect((await arrange('WEBJS', 'release', { release: 'new' })).status).toBe(400);
	});

	it('sets the status of a session, WORKING only with an account', async () => {
		const set = (session: string, status: string) =>
			arrange('NOWEB', `sessions/${session}/status`, { status });
		expect((await set('default', 'FAILED')).status).toBe(200);
		expect((await NOWEB().get('/api/sessions/default')).data).toMatchObject({
			status: 'FAILED',
			me: null,
		});
		expect((await set('scan', 'WORKING')).status).toBe(409);
	});

	it('makes groups of other people, the session being in them or not', async () => {
		const made = await arrange('GOWS', 'groups', {
			subject: 'Surprise',
			createdBy: phones.ada,
			members: [phones.self],
		});
		expect(made.status).toBe(201);
		const { id } = made.data.group;
		expect((await GOWS().get(pathOf(id))).data).toMatchObject({ Name: 'Surprise' });
		expect((await GOWS().get(pathOf(id, 'sales'))).status).toBe(500);
	});

	it('keeps the engines apart and can set all back', async () => {
		await WEBJS().post(`${team}/leave`);
		expect((await NOWEB().get(team)).status).toBe(200);
		emulator.reset();
		expect((await WEBJS().get(team)).status).toBe(200);
	});
});

it('declares every endpoint of the documents on each engine', () => {
	const group = '/api/:session/groups/:id';
	for (const engine of ENGINES) {
		const routes = routesOf(emulator.apis[engine]).map(({ method, path }) => `${method} ${path}`);
		expect(routes).toEqual(
			expect.arrayContaining([
				'GET /api/sessions',
				'PUT /api/sessions/:session',
				'POST /api/:session/groups',
				'GET /api/:session/groups',
				'GET /api/:session/groups/count',
				'GET /api/:session/groups/join-info',
				'POST /api/:session/groups/join',
				'POST /api/:session/groups/refresh',
				`DELETE ${group}`,
				`PUT ${group}/picture`,
				`PUT ${group}/settings/security/membership-approval`,
				`POST ${group}/invite-code/revoke`,
				`GET ${group}/participants/v2`,
				`POST ${group}/participants/join-requests/approve`,
				'POST /api/sendText',
			]),
		);
	}
});
