import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Wanted } from '../../../../nodes/WhatsAppGroups/contract/trigger';
import type { EventName, GroupEvent } from '../../../../nodes/WhatsAppGroups/model';
import { providerOf } from '../../../../nodes/WhatsAppGroups/providers';
import { webhookEvents } from '../../../../nodes/WhatsAppGroups/providers/waha/webhookEvents';
import { toGroup } from '../../../../nodes/WhatsAppGroups/providers/waha/readGroup';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- payloads are changed freely
type Payload = Record<string, any>;

function fixture(provider: 'dialog360' | 'sinch' | 'waha', name: string): Payload {
	const file = join(__dirname, '../../../fixtures', provider, `${name}.json`);
	return JSON.parse(readFileSync(file, 'utf8')) as Payload;
}

function parse(provider: 'dialog360' | 'sinch' | 'waha', body: unknown, headers = {}) {
	const { trigger } = providerOf(provider);
	return trigger.parse({ body, headers, query: {}, rawBody: Buffer.alloc(0) }) as GroupEvent[];
}

const waha = (name: string) => parse('waha', fixture('waha', name));
const dialog360 = (name: string) => parse('dialog360', fixture('dialog360', name));

const group = '120363414984201825@g.us';
const ana = { id: '224253161005092@lid', phone: '5511999990000' };
const self = { id: '35644520837319@lid', phone: '554891972220' };

describe('groups, as the engines of WAHA tell of them', () => {
	it('GOWS: only admins may write, from its own data and without “engine”', () => {
		expect(waha('wild-gows-update-announce')).toMatchObject([
			{
				event: 'group.updated',
				group: { id: group },
				actor: ana,
				changes: { messagesAdminsOnly: true },
			},
		]);
	});

	it.each([true, false])('GOWS: the same where only the payload tells: %s', (canSend) => {
		const body = fixture('waha', 'wild-gows-update-announce');
		body.payload.group.membersCanSendMessages = canSend;
		delete body.payload._data.Announce;
		const [event] = parse('waha', body);
		expect(event.changes).toEqual({ messagesAdminsOnly: !canSend });
	});

	it('GOWS: a description that was removed is an empty one', () => {
		const [event] = waha('wild-gows-update-description-removed');
		expect(event.changes).toEqual({ description: '' });
	});

	it('GOWS: joining, with who added the number, and settings from its own data', () => {
		expect(waha('wild-gows-join')).toMatchObject([
			{
				event: 'group.joined',
				group: { id: group, subject: 'Team' },
				actor: ana,
				changes: {
					messagesAdminsOnly: true,
					infoAdminsOnly: true,
					joinApprovalMode: 'autoApprove',
				},
			},
		]);
	});

	it('GOWS: the year 0001 is no time, in a group or around an event', () => {
		const { payload, ...body } = fixture('waha', 'wild-gows-join');
		expect(toGroup(payload._data).createdAt).toBeNull();
		payload.timestamp = '0001-01-01T00:00:00Z';
		expect(parse('waha', { ...body, payload })).toMatchObject([
			{ timestamp: '2026-09-20T18:22:43.597Z' },
		]);
	});

	it('WEBJS: the invite link as a link, and who changed what', () => {
		expect(waha('wild-webjs-update')).toMatchObject([
			{
				event: 'group.updated',
				actor: { id: '5511999990000@c.us', phone: '5511999990000' },
				changes: {
					inviteLink: 'https://chat.whatsapp.com/AbCdEfGhIjK0123456789a',
					messagesAdminsOnly: true,
				},
			},
		]);
	});

	it('WEBJS: a removed description, which stands in the notification only', () => {
		const body = fixture('waha', 'wild-webjs-update');
		delete body.payload.group.description;
		Object.assign(body.payload._data, { type: 'description', body: '' });
		expect(parse('waha', body)).toMatchObject([{ changes: { description: '' } }]);
	});
});

describe('members, as the engines of WAHA tell of them', () => {
	it.each([
		['wild-webjs-participants-remove', 'participant.removed', '5511999990000@c.us'],
		['wild-webjs-participants-leave', 'participant.left', '5511999991111@c.us'],
		['wild-noweb-participants-removed', 'participant.removed', self.id],
		['wild-noweb-participants-left', 'participant.left', ana.id],
		['wild-gows-participants-removed', 'participant.removed', ana.id],
		['wild-gows-participants-left', 'participant.left', ana.id],
	])('%s is %s, by whom', (name, event, actor) => {
		expect(waha(name)).toMatchObject([{ event, group: { id: group }, actor: { id: actor } }]);
	});

	it('whoever removes several and leaves is told apart, each event with an id of its own', () => {
		const body = fixture('waha', 'wild-gows-participants-removed');
		body.payload.participants.push({ id: ana.id, role: 'left' });
		const events = parse('waha', body);
		expect(events).toMatchObject([
			{ event: 'participant.removed', participants: [{ id: '99887766554433@lid', role: null }] },
			{ event: 'participant.left', participants: [ana] },
		]);
		expect(events[0].deliveryId).toBe(body.id);
		expect(events[1].deliveryId).not.toBe(body.id);
	});

	it('without an author nobody is said to have been removed', () => {
		const body = fixture('waha', 'wild-noweb-participants-left');
		Object.assign(body.payload._data, { author: null, authorPn: null });
		expect(parse('waha', body)).toMatchObject([{ event: 'participant.left', actor: null }]);
	});

	it('phones from the data of the engine', () => {
		expect(waha('wild-noweb-participants-left')[0].participants).toMatchObject([ana]);
		expect(waha('wild-gows-participants-left')[0].participants).toMatchObject([ana]);
	});

	it.each([
		['leave', 'group.left'],
		['join', 'group.joined'],
	])('the own number, listed by lid: %s is %s, and nothing of a participant', (type, event) => {
		const body = fixture('waha', 'wild-gows-participants-own-lid');
		body.payload.type = type;
		expect(parse('waha', body)).toMatchObject([{ event, group: { id: group }, actor: ana }]);
	});

	it('the own number among others', () => {
		const body = fixture('waha', 'wild-gows-participants-own-lid');
		body.payload.participants.push({ id: '99887766554433@lid', role: 'left' });
		const events = parse('waha', body);
		expect(events).toMatchObject([
			{ event: 'participant.removed', participants: [{ id: '99887766554433@lid' }] },
			{ event: 'group.left' },
		]);
		expect(events[0].participants).toHaveLength(1);
		expect(new Set(events.map(({ deliveryId }) => deliveryId)).size).toBe(2);
	});

	it('the own number is left to group.v2.join and leave where these come: NOWEB, or by phone', () => {
		const body = fixture('waha', 'wild-gows-participants-own-lid');
		body.environment.engine = 'NOWEB';
		expect(parse('waha', body)).toEqual([]);
		const byPhone = fixture('waha', 'wild-gows-participants-own-lid');
		byPhone.payload.participants[0].id = byPhone.me.id;
		expect(parse('waha', byPhone)).toEqual([]);
	});

	it('the own number is promoted and demoted as everybody', () => {
		const body = fixture('waha', 'wild-gows-participants-own-lid');
		body.payload.type = 'promote';
		expect(parse('waha', body)).toMatchObject([{ event: 'participant.promoted' }]);
	});

	it('a request to join: WEBJS knows the id only, GOWS has the number in its data', () => {
		expect(waha('wild-webjs-join-request')).toMatchObject([
			{
				event: 'joinRequest.created',
				joinRequest: ana.id,
				actor: { ...ana, phone: null },
				changes: null,
			},
		]);
		expect(waha('wild-gows-join-request-rejected')).toMatchObject([
			{ event: 'joinRequest.rejected', joinRequest: ana.id, actor: ana },
		]);
	});

	// Other work on the machine can fall into one of the two measurements only.
	jest.retryTimes(2, { logErrorsBeforeRetry: true });
	it('takes ten times as long for ten times as many, not a hundred times', () => {
		const delivery = (count: number) => {
			const body = fixture('waha', '3.9-v2-participants-noweb');
			const numbers = Array.from({ length: count }, (_, i) => 100_000_000 + i);
			body.payload.participants = numbers.map((id) => ({ id: `${id}@lid`, role: 'participant' }));
			body.payload._data.participants = numbers.map((id) => ({
				id: `${id}@lid`,
				phoneNumber: `44${id}@s.whatsapp.net`,
			}));
			return body;
		};
		const [few, many] = [delivery(800), delivery(8000)];
		const timeOf = (body: Payload) => {
			const times = Array.from({ length: 7 }, () => {
				const start = process.hrtime.bigint();
				parse('waha', body);
				return Number(process.hrtime.bigint() - start);
			});
			return Math.min(...times);
		};
		expect(parse('waha', many)[0].participants?.[7999].phone).toBe('44100007999');
		timeOf(many);
		expect(timeOf(many) / timeOf(few)).toBeLessThan(40);
	});
});

describe('messages, as the engines of WAHA tell of them', () => {
	it.each(['wild-gows-message-lid', 'wild-noweb-message-lid'])(
		'%s: the number of somebody whose id hides it, and the name',
		(name) => {
			expect(waha(name)).toMatchObject([
				{
					event: 'message.received',
					actor: { ...ana, name: 'Ana' },
					message: { text: 'Hello group' },
				},
			]);
		},
	);

	it('a contact card, without its text as if somebody had written it', () => {
		expect(waha('wild-webjs-message-contact')).toMatchObject([
			{
				message: {
					type: 'contacts',
					text: null,
					content: { vCards: [expect.stringContaining('FN:Bo')] },
				},
			},
		]);
	});

	it('a location, in numbers and without the picture of the map', () => {
		const [{ message }] = waha('wild-gows-message-location');
		expect(message).toMatchObject({ type: 'location', text: null, media: null });
		expect(message?.content).toEqual({
			location: {
				latitude: -22.8915,
				longitude: -47.0455,
				name: 'Office',
				address: '1 High Street',
				live: false,
			},
		});
	});

	it.each([
		['application/pdf', 'document'],
		['image/webp', 'sticker'],
		['audio/ogg; codecs=opus', 'audio'],
		[null, 'file'],
	])('a file of type %s is a %s', (mimetype, type) => {
		const body = fixture('waha', '3.10-message');
		Object.assign(body.payload, { hasMedia: true, media: mimetype && { url: 'u', mimetype } });
		expect(parse('waha', body)).toMatchObject([{ message: { type } }]);
	});

	it('an own message is written by the own number', () => {
		const body = fixture('waha', '3.10-message');
		Object.assign(body.payload, { fromMe: true, participant: null });
		expect(parse('waha', body)).toMatchObject([
			{ actor: { id: '71111111111@c.us', phone: '71111111111' }, message: { fromMe: true } },
		]);
	});
});

describe('statuses, as the engines of WAHA tell of them', () => {
	const at = '2026-09-20T18:22:43.000Z';

	it.each([
		['wild-noweb-ack-delivered', 'message.delivered', [{ id: ana.id }], at],
		['wild-noweb-ack-read', 'message.read', [{ id: '5511999990000@c.us' }], at],
		['wild-noweb-ack-server', 'message.sent', null, '2026-09-20T18:22:43.597Z'],
		['wild-gows-ack-read', 'message.read', [ana], at],
		['wild-webjs-ack-delivered', 'message.delivered', [{ id: ana.id }], '2026-09-20T18:22:43.597Z'],
	])('%s is %s, by whom and when', (name, event, participants, timestamp) => {
		const [read] = waha(name);
		expect(read).toMatchObject({ event, group: { id: group }, timestamp });
		if (participants === null) expect(read.participants).toBeNull();
		else expect(read.participants).toMatchObject(participants);
	});

	it('NOWEB: played is read, and a message that failed comes as an ack too', () => {
		const played = fixture('waha', 'wild-noweb-ack-read');
		played.payload._data.receipt = {
			userJid: ana.id,
			playedTimestamp: { low: 1789928563, high: 0 },
		};
		expect(parse('waha', played)).toMatchObject([{ event: 'message.read' }]);
		const failed = fixture('waha', 'wild-noweb-ack-server');
		failed.payload.ack = -1;
		expect(parse('waha', failed)).toMatchObject([{ event: 'message.failed', participants: null }]);
	});

	it('somebody else’s message has no status', () => {
		const body = fixture('waha', 'wild-webjs-ack-delivered');
		body.payload.id = body.payload.id.replace('true', 'false');
		expect(parse('waha', { ...body, payload: { ...body.payload, fromMe: true } })).toEqual([]);
	});

	it.each([
		['NOWEB', 'wild-noweb-ack-delivered', `true_${group}_3EB0AAAA`],
		['GOWS', 'wild-gows-ack-read', `true_${group}_3EB0AAAA_554891972220@c.us`],
		['WEBJS', 'wild-webjs-ack-delivered', `true_${group}_3EB0AAAA_554891972220@c.us`],
	])('%s: the id is the one that Send gave (§3.6)', (_, name, id) => {
		expect(waha(name)).toMatchObject([{ message: { id } }]);
	});

	it('the documents’ sample, whose id ends in the reader', () => {
		const body = fixture('waha', '3.10-message-ack-group');
		expect(parse('waha', body)).toMatchObject([{ message: { id: `true_${group}_3EB0AAAA` } }]);
		expect(parse('waha', { ...body, engine: 'GOWS' })).toMatchObject([
			{ message: { id: `true_${group}_3EB0AAAA_71111111111@c.us` } },
		]);
	});
});

describe('a delivery of WAHA', () => {
	it('without an id is known by all that it says, and not by a header, which nobody signs', () => {
		const { id, ...body } = fixture('waha', '3.10-message');
		const first = parse('waha', body, { 'x-webhook-request-id': 'a' });
		expect(parse('waha', body, { 'x-webhook-request-id': 'b' })).toEqual(first);
		expect(first[0].deliveryId).not.toBe(id);
		const other = { ...body, payload: { ...body.payload, body: 'Hello' } };
		expect(parse('waha', other)[0].deliveryId).not.toBe(first[0].deliveryId);
	});

	it('is asked for, whatever the event', () => {
		const server = { release: '2026.8.2', engine: 'NOWEB' };
		for (const event of Object.keys(providerOf('waha').trigger.events) as EventName[]) {
			const wanted = { events: [event], ownMessages: false } as unknown as Wanted;
			expect(webhookEvents(wanted, server)).toMatchObject({ missing: [] });
			expect(webhookEvents(wanted, server).names).not.toEqual([]);
		}
	});

	it('without a group is none of ours', () => {
		const body = fixture('waha', 'wild-gows-update-announce');
		body.payload.group = {};
		expect(parse('waha', body)).toEqual([]);
	});
});

describe('360dialog, as Meta’s OpenAPI has it (providers.md §8)', () => {
	it('a group was created, with people added to it', () => {
		expect(dialog360('8-created-with-participants')).toMatchObject([
			{
				event: 'group.created',
				group: { id: 'GROUP_ID', subject: 'Team' },
				participants: [{ id: '16505551234', phone: '16505551234' }, { id: '16505551235' }],
				changes: { description: 'About us' },
			},
		]);
	});

	it('people were removed, although its sample calls that a creation', () => {
		expect(dialog360('8-removed-as-create')).toMatchObject([
			{
				event: 'participant.removed',
				participants: [{ id: '16505551234' }, { id: '16505551235' }],
			},
		]);
	});

	it('flat settings, of which an empty description was removed', () => {
		expect(dialog360('8-settings-flat')).toMatchObject([
			{
				event: 'group.updated',
				group: { id: 'GROUP_ID', subject: 'New subject' },
				changes: { subject: 'New subject', description: '' },
			},
		]);
	});

	it('flat settings that were refused', () => {
		const body = fixture('dialog360', '8-settings-flat');
		body.entry[0].changes[0].value.groups[0].errors = [{ code: 131009 }];
		expect(parse('dialog360', body)).toMatchObject([
			{
				event: 'group.updateFailed',
				group: { subject: null },
				changes: { subject: 'New subject' },
				errors: [{ code: 131009 }],
			},
		]);
	});

	it('a picture without a word on whether it worked', () => {
		expect(dialog360('8-settings-picture')).toMatchObject([
			{ event: 'group.updated', changes: { picture: { mimeType: 'image/jpeg' } } },
		]);
	});

	it('a status with group_id and without recipient_type', () => {
		expect(dialog360('8-status-group-id')).toMatchObject([
			{
				event: 'message.delivered',
				group: { id: 'GROUP_ID' },
				participants: [{ id: '16505551234', phone: '16505551234' }],
			},
		]);
	});

	it.each([
		['8-settings-flat', 'group_settings_update', 'group_setting_update'],
		['8-created-with-participants', 'group_lifecycle_update', 'group_lifecycle_updates'],
		['4.5.4-suspend', 'group_status_update', 'group_statuses_update'],
		['4.5.5-message', 'messages', 'message'],
	])('%s under either name of its field', (name, plural, singular) => {
		const body = fixture('dialog360', name);
		expect(body.entry[0].changes[0].field).toBe(plural);
		body.entry[0].changes[0].field = singular;
		expect(parse('dialog360', body)).toHaveLength(1);
	});
});

describe('360dialog', () => {
	it('nobody is taken for another because the number of both is empty', () => {
		expect(dialog360('wild-contacts-without-number')).toMatchObject([
			{ actor: { id: 'US.13491208655302741918', phone: null, name: 'Sheena Nelson' } },
		]);
	});

	it('tells by a message that somebody has another id from now on', () => {
		expect(dialog360('wild-user-id-changed')).toMatchObject([
			{
				event: 'message.received',
				actor: { id: 'US.2' },
				message: { type: 'system', text: 'Sheena Nelson has a new user id' },
				changes: { type: 'user_changed_user_id', previousUserId: 'US.1', userId: 'US.2' },
			},
		]);
	});

	it.each<[string, (body: Payload) => void]>([
		['the request', ({ entry }) => (entry[0].changes[0].value.groups[0].request_id = 'other')],
		['who did it, beside it', ({ entry }) => (entry[0].changes[0].value.initiated_by = 'business')],
		[
			'the number that was told',
			({ entry }) => (entry[0].changes[0].value.metadata.phone_number_id = '1'),
		],
		['the field', ({ entry }) => (entry[0].changes[0].field = 'group_participant_update')],
	])('two equal events within a second are two when %s differs', (_, change) => {
		const body = fixture('dialog360', '4.5.2-left');
		const [before] = parse('dialog360', body);
		expect(parse('dialog360', body)[0].deliveryId).toBe(before.deliveryId);
		change(body);
		expect(parse('dialog360', body)[0].deliveryId).not.toBe(before.deliveryId);
	});

	it('without a group there is no event', () => {
		for (const name of ['4.5.4-suspend', '4.5.2-left', '4.5.1-create-failed']) {
			const body = fixture('dialog360', name);
			delete body.entry[0].changes[0].value.groups[0].group_id;
			expect(parse('dialog360', body)).toEqual([]);
		}
	});
});

describe('Sinch', () => {
	it('a status that says nothing of the message is none', () => {
		const body = fixture('sinch', '1.5-status');
		for (const flag of ['sent', 'delivered', 'read']) delete body.data[0][flag];
		expect(parse('sinch', body)).toEqual([]);
	});

	it('flags in quotes are flags', () => {
		const body = fixture('sinch', '1.5-status');
		Object.assign(body.data[0], { sent: 'true', delivered: 'true', read: 'false' });
		expect(parse('sinch', body)).toMatchObject([{ event: 'message.delivered' }]);
	});
});
