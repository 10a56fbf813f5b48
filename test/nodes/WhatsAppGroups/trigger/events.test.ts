import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GroupEvent } from '../../../../nodes/WhatsAppGroups/model';
import { providerOf } from '../../../../nodes/WhatsAppGroups/providers';
import type { ProviderId } from '../../../../nodes/WhatsAppGroups/contract/provider';

type Payload = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- payloads are changed freely

function fixture(provider: ProviderId, name: string): Payload {
	const file = join(__dirname, '../../../fixtures', provider, `${name}.json`);
	return JSON.parse(readFileSync(file, 'utf8')) as Payload;
}

function parse(provider: ProviderId, body: unknown): GroupEvent[] {
	const events = providerOf(provider).trigger.parse({
		body,
		headers: {},
		query: {},
		rawBody: Buffer.alloc(0),
	});
	if (typeof events === 'string') throw new Error(events);
	return events;
}

/** The group object, or the value, of a 360dialog fixture. */
const valueOf = (body: Payload): Payload => body.entry[0].changes[0].value;
const groupOf = (body: Payload): Payload => valueOf(body).groups[0];

const created = '2025-08-18T20:27:57.000Z';

describe('Sinch events (providers.md §1.5)', () => {
	it('a group message', () => {
		expect(parse('sinch', fixture('sinch', '1.5-group-message'))).toEqual([
			{
				event: 'message.received',
				group: { id: '5519900000000-1553784379', subject: null },
				account: null,
				actor: { id: '5519911112222', phone: '5519911112222', name: 'username' },
				participants: null,
				message: {
					id: 'ce425ffe-bc62-421f-9261-e6819a5eab43',
					type: 'text',
					text: 'Hello',
					fromMe: false,
					media: null,
					content: null,
					replyTo: null,
					mentions: null,
				},
				changes: null,
				joinRequest: null,
				requestId: null,
				errors: null,
				timestamp: '2017-12-18T17:09:31.473Z',
				deliveryId: 'ce425ffe-bc62-421f-9261-e6819a5eab43',
			},
		]);
	});

	it('a direct message starts nothing', () => {
		const body = fixture('sinch', '1.5-group-message');
		delete body.data[0].message.waGroupId;
		expect(parse('sinch', body)).toEqual([]);
	});

	it.each([
		[
			'an image',
			{ type: 'IMAGE', mediaUrl: 'https://host/a.jpg', mimeType: 'image/jpg', caption: 'Look' },
			{
				type: 'image',
				text: 'Look',
				media: { id: null, url: 'https://host/a.jpg', mimeType: 'image/jpg', fileName: null },
			},
		],
		[
			'an audio',
			{ type: 'AUDIO', mediaUrl: 'https://host/a.mp3', mimeType: 'audio/mp3' },
			{ type: 'audio', text: null },
		],
		['a video', { type: 'VIDEO', mediaUrl: 'https://host/a.mp4' }, { type: 'video' }],
		['a document', { type: 'DOCUMENT', mediaUrl: 'https://host/a.pdf' }, { type: 'document' }],
		[
			'a location, which has no type',
			{ location: { geoPoint: '-22.89,-47.04', name: 'Wavy' } },
			{ type: 'location', content: { location: { geoPoint: '-22.89,-47.04', name: 'Wavy' } } },
		],
		[
			'contacts, which have no type',
			{ contacts: [{ name: { first_name: 'John' } }] },
			{ type: 'contacts', content: { contacts: [{ name: { first_name: 'John' } }] } },
		],
		[
			'a list reply',
			{
				type: 'INTERACTIVE',
				interactive: { type: 'LIST_REPLY', listReply: { rowIdentifier: 'r1', rowTitle: 'Row 1' } },
			},
			{ type: 'interactive', text: 'Row 1' },
		],
		[
			'a button reply',
			{
				type: 'INTERACTIVE',
				interactive: { type: 'BUTTON_REPLY', buttonReply: { payload: 'yes', title: 'Yes' } },
			},
			{ type: 'interactive', text: 'Yes' },
		],
	])('%s', (_, message, expected) => {
		const body = fixture('sinch', '1.5-group-message');
		body.data[0].message = { ...message, waGroupId: '5519900000000-1553784379' };
		expect(parse('sinch', body)).toMatchObject([{ event: 'message.received', message: expected }]);
	});

	it.each([
		['read', {}],
		['delivered', { read: false }],
		['sent', { read: false, delivered: false, deliveredStatusCode: 0 }],
	])('a status counts by its furthest state: %s', (state, change) => {
		const body = fixture('sinch', '1.5-status');
		Object.assign(body.data[0], change);
		expect(parse('sinch', body)).toMatchObject([
			{
				event: `message.${state}`,
				group: { id: '5519900000000-1513616971' },
				timestamp: '2017-12-18T17:09:31.891Z',
				errors: null,
				changes: { correlationId: 'MyCorrelationId' },
			},
		]);
	});

	it.each([
		[
			'refused',
			{
				sent: false,
				delivered: false,
				read: false,
				sentStatusCode: 202,
				sentStatus: 'INVALID_DESTINATION_NUMBER',
			},
			{ code: 202, message: 'INVALID_DESTINATION_NUMBER' },
		],
		[
			'undelivered',
			{ delivered: false, read: false, deliveredStatusCode: 104, deliveredStatus: 'NOT_DELIVERED' },
			{ code: 104, message: 'NOT_DELIVERED' },
		],
	])('a message that was %s', (_, change, issue) => {
		const body = fixture('sinch', '1.5-status');
		Object.assign(body.data[0], change);
		expect(parse('sinch', body)).toMatchObject([{ event: 'message.failed', errors: [issue] }]);
	});

	it('a status of a direct message starts nothing', () => {
		const body = fixture('sinch', '1.5-status');
		body.data[0].destination = '5519900001111';
		expect(parse('sinch', body)).toEqual([]);
	});

	it('a bulk delivery gives one event each, and total may be text', () => {
		const body = fixture('sinch', '1.5-group-message');
		body.data.push({ ...body.data[0], id: 'another' });
		body.total = '2';
		expect(parse('sinch', body).map(({ deliveryId }) => deliveryId)).toEqual([
			body.data[0].id,
			'another',
		]);
	});
});

describe('360dialog events (providers.md §4.5)', () => {
	const known = { timestamp: created, group: { id: 'GROUP_ID' } };

	it('a group was created (§4.5.1)', () => {
		expect(parse('dialog360', fixture('dialog360', '4.5.1-create-succeeded'))).toMatchObject([
			{
				event: 'group.created',
				group: { id: 'Y2FwaV9ncm91cDox...ZD', subject: 'test invite link' },
				requestId: 'AbCdEf123',
				changes: {
					inviteLink: 'https://chat.whatsapp.com/LINK_ID',
					joinApprovalMode: 'autoApprove',
				},
				errors: null,
				timestamp: created,
			},
		]);
	});

	it('a group could not be created (§4.5.1)', () => {
		expect(parse('dialog360', fixture('dialog360', '4.5.1-create-failed'))).toMatchObject([
			{
				event: 'group.createFailed',
				requestId: 'AbCdEf123',
				errors: [{ code: 131211, message: 'ERROR_TITLE', details: 'ERROR_DETAILS' }],
			},
		]);
	});

	it('a group was deleted, or could not be (§4.5.1)', () => {
		const body = fixture('dialog360', '4.5.1-delete-succeeded');
		expect(parse('dialog360', body)).toMatchObject([
			{ ...known, event: 'group.deleted', requestId: 'AbCdEf124' },
		]);
		groupOf(body).errors = [{ code: 131041, message: 'm' }];
		expect(parse('dialog360', body)).toMatchObject([
			{ event: 'group.deleteFailed', errors: [{ code: 131041 }] },
		]);
	});

	it.each(['group_participants_update', 'group_participant_update'])(
		'somebody joined (§4.5.2), field %s',
		(field) => {
			const body = fixture('dialog360', '4.5.2-joined');
			body.entry[0].changes[0].field = field;
			expect(parse('dialog360', body)).toMatchObject([
				{
					...known,
					event: 'participant.joined',
					participants: [{ id: '16505551234', phone: '16505551234' }],
					changes: { reason: 'invite_link' },
				},
			]);
		},
	);

	it.each([
		['4.5.2-joined', 'group_add_participants', 'participant.joined'],
		['4.5.2-left', 'group_remove_participants', 'participant.left'],
	])('%s in the spelling of the OpenAPI (§8), with a number as time', (name, type, event) => {
		const body = fixture('dialog360', name);
		Object.assign(groupOf(body), { type, timestamp: 1755548877 });
		expect(parse('dialog360', body)).toMatchObject([{ event, timestamp: created }]);
	});

	it.each([
		['created', 'joinRequest.created'],
		['revoked', 'joinRequest.revoked'],
	])('a join request was %s (§4.5.2)', (word, event) => {
		const body = fixture('dialog360', '4.5.2-join-request-created');
		groupOf(body).type = `group_join_request_${word}`;
		expect(parse('dialog360', body)).toMatchObject([
			{
				...known,
				event,
				joinRequest: 'MTY0NjcwNDM1OTU6MTIwMzYzNDA0Njk0MjMzODIw',
				actor: { id: '16505551234', phone: '16505551234' },
			},
		]);
	});

	it('a removal that worked for some only is two events (§4.5.2)', () => {
		expect(parse('dialog360', fixture('dialog360', '4.5.2-removed-partial-failure'))).toMatchObject(
			[
				{
					event: 'participant.removed',
					participants: [{ id: '+17865347866', phone: '17865347866' }],
					errors: null,
					requestId: 'AbCdEf125',
				},
				{
					event: 'participant.removeFailed',
					participants: [{ phone: '7669992245' }],
					errors: [{ code: 131212 }],
				},
			],
		);
	});

	it('a removal that worked for nobody, whose entries have no errors of their own (§4.5.2)', () => {
		const body = fixture('dialog360', '4.5.2-removed-partial-failure');
		delete groupOf(body).removed_participants;
		delete groupOf(body).failed_participants[0].errors;
		expect(parse('dialog360', body)).toMatchObject([
			{ event: 'participant.removeFailed', errors: [{ code: 131201 }] },
		]);
	});

	it.each(['inside the group', 'beside the group', 'nowhere'])(
		'somebody left, initiated_by %s (§6.5)',
		(place) => {
			const body = fixture('dialog360', '4.5.2-left');
			if (place !== 'inside the group') delete groupOf(body).initiated_by;
			if (place === 'beside the group') valueOf(body).initiated_by = 'participant';
			expect(parse('dialog360', body)).toMatchObject([
				{ ...known, event: 'participant.left', participants: [{ id: '16505551234' }] },
			]);
		},
	);

	it('a removal without initiated_by is known by its input (§4.5.2)', () => {
		const body = fixture('dialog360', '4.5.2-removed-partial-failure');
		delete groupOf(body).initiated_by;
		expect(parse('dialog360', body)[0].event).toBe('participant.removed');
	});

	it('an update that worked for some parts only is two events (§4.5.3)', () => {
		expect(
			parse('dialog360', fixture('dialog360', '4.5.3-settings-partial-failure')),
		).toMatchObject([
			{
				event: 'group.updated',
				changes: {
					subject: 'Test Subject',
					picture: { mimeType: 'image/jpeg', sha256: 'PHOTO_HASH' },
				},
				errors: null,
				requestId: 'AbCdEf126',
			},
			{
				event: 'group.updateFailed',
				changes: { description: 'Test Description' },
				errors: [{ code: 131009 }],
			},
		]);
	});

	it.each([
		['group_suspend', 'group.suspended'],
		['group_suspend_cleared', 'group.unsuspended'],
	])('%s (§4.5.4)', (type, event) => {
		const body = fixture('dialog360', '4.5.4-suspend');
		groupOf(body).type = type;
		expect(parse('dialog360', body)).toMatchObject([{ ...known, event }]);
	});

	it('a message to the group (§4.5.5)', () => {
		expect(parse('dialog360', fixture('dialog360', '4.5.5-message'))).toMatchObject([
			{
				event: 'message.received',
				group: { id: 'GROUP_ID' },
				actor: { id: '16505551234', phone: '16505551234', name: 'Sheena Nelson' },
				message: { id: 'wamid.HBgLMTY1', type: 'text', text: 'Does it come in another color?' },
				timestamp: '2025-06-08T20:59:43.000Z',
				deliveryId: 'wamid.HBgLMTY1',
			},
		]);
	});

	it('a file in the group (§4.5.5)', () => {
		const body = fixture('dialog360', '4.5.5-message');
		const [message] = valueOf(body).messages;
		Object.assign(message, {
			type: 'document',
			document: { id: 'M1', mime_type: 'application/pdf', filename: 'a.pdf', caption: 'Read' },
		});
		expect(parse('dialog360', body)).toMatchObject([
			{
				message: {
					type: 'document',
					text: 'Does it come in another color?',
					media: { id: 'M1', mimeType: 'application/pdf', fileName: 'a.pdf' },
				},
			},
		]);
	});

	it('a message that WhatsApp does not pass on (§4.5.5)', () => {
		expect(parse('dialog360', fixture('dialog360', '4.5.5-unsupported'))).toMatchObject([
			{
				event: 'message.received',
				message: { type: 'unsupported', text: null },
				errors: [{ code: 130501 }],
			},
		]);
	});

	it('a direct message, and a status of one, start nothing', () => {
		const body = fixture('dialog360', '4.5.5-message');
		delete valueOf(body).messages[0].group_id;
		expect(parse('dialog360', body)).toEqual([]);
		const status = fixture('dialog360', '4.5.6-status-failed');
		valueOf(status).statuses[0].recipient_type = 'individual';
		expect(parse('dialog360', status)).toEqual([]);
	});

	it('a failed message (§4.5.6)', () => {
		expect(parse('dialog360', fixture('dialog360', '4.5.6-status-failed'))).toMatchObject([
			{
				...known,
				event: 'message.failed',
				message: { id: 'wamid.HBgLM' },
				participants: null,
				errors: [{ code: 131041 }],
			},
		]);
	});

	it.each(['recipient_participant_id', 'participant_recipient_id'])(
		'aggregated statuses, spelled %s (§4.5.6, §6.4)',
		(spelling) => {
			const body = fixture('dialog360', '4.5.6-status-read-aggregated');
			for (const status of valueOf(body).statuses) {
				const { recipient_participant_id: id, ...rest } = status;
				for (const name of Object.keys(status)) delete status[name];
				Object.assign(status, rest, { [spelling]: id });
			}
			const events = parse('dialog360', body);
			expect(events).toMatchObject([
				{
					event: 'message.read',
					participants: [{ id: '16505551234' }],
					changes: { pricing: { category: 'group_service' } },
				},
				{ event: 'message.read', participants: [{ id: '16505555678' }] },
			]);
			expect(new Set(events.map(({ deliveryId }) => deliveryId)).size).toBe(2);
		},
	);

	it('a person without phone number (§4.5.7)', () => {
		expect(parse('dialog360', fixture('dialog360', '4.5.7-message-without-phone'))).toMatchObject([
			{ actor: { id: 'US.13491208655302741918', phone: null, name: 'Sheena Nelson' } },
		]);
	});
});

describe('WAHA events (providers.md §3.9, §3.10)', () => {
	it('you joined a group', () => {
		expect(parse('waha', fixture('waha', '3.9-v2-join'))).toMatchObject([
			{
				event: 'group.joined',
				group: { id: '1231231232@g.us', subject: 'Work Group' },
				changes: {
					inviteLink: 'https://chat.whatsapp.com/invitecode',
					joinApprovalMode: 'approvalRequired',
				},
				deliveryId: 'evt_01aaaaaaaaaaaaaaaaaaaaaaaa',
			},
		]);
	});

	it('you left a group', () => {
		expect(parse('waha', fixture('waha', '3.9-v2-leave'))).toMatchObject([
			{
				event: 'group.left',
				group: { id: '1231231232@g.us' },
				timestamp: '1995-01-07T05:22:03.000Z',
			},
		]);
	});

	it.each([
		['NOWEB', { id: '1203@g.us', subject: 'Team' }],
		[
			'WEBJS',
			{
				id: { fromMe: false, remote: '1203@g.us', id: '1', participant: '1@c.us' },
				chatId: '1203@g.us',
				type: 'add',
			},
		],
		[
			'WEBJS',
			{ id: { fromMe: false, remote: { server: 'g.us', user: '1203', _serialized: '1203@g.us' } } },
		],
	])('the older group.join and group.leave of %s', (engine, payload) => {
		const envelope = { ...fixture('waha', '3.9-v2-leave'), engine, payload };
		expect(parse('waha', { ...envelope, event: 'group.join' })).toMatchObject([
			{ event: 'group.joined', group: { id: '1203@g.us' } },
		]);
		expect(parse('waha', { ...envelope, event: 'group.leave' })).toMatchObject([
			{ event: 'group.left', group: { id: '1203@g.us' } },
		]);
	});

	it('a group changed, in milliseconds on NOWEB', () => {
		expect(parse('waha', fixture('waha', '3.9-v2-update-noweb'))).toMatchObject([
			{
				event: 'group.updated',
				group: { id: '120363414984201825@g.us', subject: 'CAPTURA CRM' },
				changes: { subject: 'CAPTURA CRM', messagesAdminsOnly: false },
				timestamp: '2026-09-20T18:22:43.597Z',
			},
		]);
	});

	it.each([
		['NOWEB', 'group.v2.update', true, true],
		['WEBJS', 'group.v2.update', true, true],
		['GOWS', 'group.v2.join', true, true],
		['GOWS', 'group.v2.update', true, false],
	])(
		'membersCanSendMessages of %s in %s is read as the engine means it',
		(engine, event, value, expected) => {
			const body: Payload = { ...fixture('waha', '3.9-v2-update-noweb'), engine, event };
			body.payload = { group: { id: '1@g.us', membersCanSendMessages: value }, timestamp: 1 };
			expect(parse('waha', body)).toMatchObject([{ changes: { messagesAdminsOnly: expected } }]);
		},
	);

	it.each([
		['join', 'participant.joined'],
		['leave', 'participant.left'],
		['promote', 'participant.promoted'],
		['demote', 'participant.demoted'],
	])('participants: %s, with the phone number from the data of the engine', (type, event) => {
		const body = fixture('waha', '3.9-v2-participants-noweb');
		body.payload.type = type;
		expect(parse('waha', body)).toMatchObject([
			{
				event,
				group: { id: '120363414984201825@g.us' },
				participants: [{ id: '224253161005092@lid', phone: '5511999990000', role: 'participant' }],
				timestamp: '2026-09-20T18:23:28.579Z',
			},
		]);
	});

	it('somebody is demoted although NOWEB still calls them admin (§3.9)', () => {
		const body = fixture('waha', '3.9-v2-participants-noweb');
		Object.assign(body.payload, {
			type: 'demote',
			participants: [{ id: '1@c.us', role: 'admin' }],
		});
		expect(parse('waha', body)).toMatchObject([{ participants: [{ role: 'participant' }] }]);
	});

	it.each(['created', 'rejected', 'revoked'])('a join request was %s', (action) => {
		const body = fixture('waha', '3.9-v2-join-request');
		body.payload.action = action;
		expect(parse('waha', body)).toMatchObject([
			{
				event: `joinRequest.${action}`,
				group: { id: '1231231232@g.us' },
				joinRequest: '123@lid',
				actor: { id: '123@lid', phone: '123' },
				timestamp: created,
			},
		]);
	});

	it('a message to the group', () => {
		expect(parse('waha', fixture('waha', '3.10-message'))).toMatchObject([
			{
				event: 'message.received',
				group: { id: '120363414984201825@g.us' },
				actor: { id: '5511999990000@c.us', phone: '5511999990000' },
				message: {
					id: 'false_120363414984201825@g.us_3EB0AAAA_5511999990000@c.us',
					type: 'text',
					text: 'Hello group',
					fromMe: false,
				},
				timestamp: '2025-03-06T08:28:20.000Z',
			},
		]);
	});

	it.each([
		['the own number', '71111111111@c.us'],
		['the group', '120363414984201825@g.us'],
		['the sender', '5511999990000@c.us'],
	])('a message whose “to” is %s', (_, to) => {
		const body = fixture('waha', '3.10-message');
		body.payload.to = to;
		expect(parse('waha', body)).toMatchObject([{ group: { id: '120363414984201825@g.us' } }]);
	});

	it('an own message, a file, and an id that is an object', () => {
		const body = fixture('waha', '3.10-message');
		Object.assign(body.payload, {
			from: '71111111111@c.us',
			to: '120363414984201825@g.us',
			fromMe: true,
			id: { _serialized: 'true_120363414984201825@g.us_3EB0AAAA' },
			hasMedia: true,
			media: {
				url: 'http://localhost:3000/api/files/a.ogg',
				mimetype: 'audio/ogg',
				filename: null,
			},
		});
		expect(parse('waha', { ...body, event: 'message.any' })).toMatchObject([
			{
				group: { id: '120363414984201825@g.us' },
				message: {
					id: 'true_120363414984201825@g.us_3EB0AAAA',
					fromMe: true,
					type: 'audio',
					media: { mimeType: 'audio/ogg' },
				},
			},
		]);
	});

	it('a direct message starts nothing', () => {
		const body = fixture('waha', '3.10-message');
		Object.assign(body.payload, { from: '5511999990000@c.us', id: 'false_5511999990000@c.us_1' });
		expect(parse('waha', body)).toEqual([]);
	});

	it.each([
		['message.ack.group', -1, 'message.failed'],
		['message.ack.group', 1, 'message.sent'],
		['message.ack', 2, 'message.delivered'],
		['message.ack.group', 3, 'message.read'],
		['message.ack', 4, 'message.read'],
	])('%s with ack %i', (name, ack, event) => {
		const body = fixture('waha', '3.10-message-ack-group');
		body.event = name;
		body.payload.ack = ack;
		expect(parse('waha', body)).toMatchObject([
			{
				event,
				group: { id: '120363414984201825@g.us' },
				participants: [{ id: '9999@lid', phone: null }],
			},
		]);
	});

	it('events about something else start nothing', () => {
		const body = fixture('waha', '3.10-message');
		expect(
			parse('waha', { ...body, event: 'session.status', payload: { name: 'default' } }),
		).toEqual([]);
		expect(parse('waha', { ...body, event: 'toString' })).toEqual([]);
	});
});
