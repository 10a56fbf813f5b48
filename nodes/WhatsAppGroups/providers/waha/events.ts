import { createHmac } from 'node:crypto';
import type { Actor, EventMessage, EventName, GroupEvent, Participant } from '../../model';
import type { Api } from '../../transport/api';
import { path } from '../../transport/connection';
import { fingerprint, sameSecret } from '../../contract/delivery';
import type { Delivery } from '../../contract/delivery';
import { groupEvent } from '../../contract/events';
import type { TriggerSupport } from '../../contract/trigger';
import {
	asBoolean,
	asIsoTime,
	asList,
	asNumber,
	asRecord,
	asText,
	firstOf,
} from '../../transport/json';
import type { Json } from '../../transport/json';
import { phoneOf } from './ids';
import { idOf, toParticipant } from './readGroup';
import { registration } from './registration';

/** WAHA gives up within minutes: what is signed but much older was recorded, and is sent again by somebody. */
const oldestMs = 3 * 24 * 3600 * 1000;
/** WAHA did not exist before: an earlier time is none. */
const firstYear = '2020';

function isOld(sentAt: string | null): boolean {
	if (sentAt === null || sentAt < firstYear) return false;
	return Date.now() - Date.parse(sentAt) > oldestMs;
}

export const wahaTrigger: TriggerSupport = {
	events: {
		'group.joined': 'The number of the session joined a group or was added to one',
		'group.left': 'The number of the session left a group or was removed from one',
		'group.updated': 'Subject, description or settings changed',
		'joinRequest.created': 'Somebody asks to join; needs WAHA 2026.8.2 or newer',
		'joinRequest.rejected':
			'An admin turned a request down; needs WAHA 2026.8.2 or newer, not reported by WEBJS',
		'joinRequest.revoked':
			'Somebody takes back the request to join; needs WAHA 2026.8.2 or newer, not reported by WEBJS',
		'message.received': 'Somebody writes in the group',
		'message.sent': 'WhatsApp took a message of yours',
		'message.delivered': 'A message of yours arrived at a participant',
		'message.read': 'A participant read a message of yours',
		'message.failed': 'A message of yours could not be sent',
		'participant.demoted': 'An admin became a plain participant',
		'participant.joined': 'Somebody joined or was added',
		'participant.left': 'Somebody left or was removed; WAHA does not tell which',
		'participant.promoted': 'A participant became an admin',
	},
	notice:
		'WAHA restarts the session for a moment when its webhooks change, so publishing and test runs interrupt it briefly. Other webhooks of the session are kept. Events of groups and participants need WAHA 2025.2.4 or newer, join requests 2026.8.2: what your server is too old for is left out when you publish, and the log of n8n names it. For statuses on WEBJS its setting tagsEventsOn is turned on, and put back afterwards.',
	registration,

	verify({ body, headers, rawBody }, secret) {
		const given = headers['x-webhook-hmac'];
		if (given === undefined) return 'the header X-Webhook-Hmac is missing';
		if (secret === '') return 'no secret is registered: publish the workflow again';
		const expected = createHmac('sha512', secret).update(rawBody).digest('hex');
		if (!sameSecret(given.toLowerCase(), expected)) {
			return 'the header X-Webhook-Hmac does not fit the body';
		}
		return isOld(asIsoTime(asRecord(body).timestamp))
			? 'the delivery is more than three days old'
			: undefined;
	},

	parse: ({ body }: Delivery) => {
		const envelope = asRecord(body);
		const name = asText(envelope.event);
		if (name === null || typeof envelope.payload !== 'object' || envelope.payload === null) {
			return 'the body is no event of WAHA with “event” and “payload”';
		}
		const event = readers.get(name)?.(asRecord(envelope.payload), envelope);
		if (!event) return [];
		// Not by X-Webhook-Request-Id, which is not signed: a recorded delivery would run again with another.
		return [{ ...event, deliveryId: asText(envelope.id) ?? fingerprint(envelope) }];
	},

	async resolvePhone(api: Api, id: string) {
		if (!id.endsWith('@lid')) return null;
		const { body } = await api.request({
			method: 'GET',
			path: path`/api/${api.account}/lids/${id}`,
		});
		return phoneOf(asText(asRecord(body).pn));
	},
};

type Reader = (payload: Json, envelope: Json) => GroupEvent | undefined;

/** By WAHA's name of the event (providers.md §3.8–3.10). */
const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
	['group.join', (payload, envelope) => ownMembership('group.joined', payload, envelope)],
	['group.leave', (payload, envelope) => ownMembership('group.left', payload, envelope)],
	['group.v2.join', (payload, envelope) => ownMembership('group.joined', payload, envelope)],
	['group.v2.leave', (payload, envelope) => ownMembership('group.left', payload, envelope)],
	['group.v2.participants', participantsChanged],
	['group.v2.participants.join-request', joinRequestChanged],
	['group.v2.update', groupChanged],
	['message', messageReceived],
	['message.any', messageReceived],
	['message.ack', statusChanged],
	// The enum and the sample of the documents disagree on the name (§6.10).
	['message.ack.group', statusChanged],
]);

function groupChanged(payload: Json, envelope: Json): GroupEvent {
	return known('group.updated', payload, envelope, { changes: changesOf(payload, envelope) });
}

function known(
	event: EventName,
	payload: Json,
	envelope: Json,
	more: Partial<GroupEvent> = {},
): GroupEvent {
	const group = asRecord(payload.group);
	return groupEvent({
		event,
		timestamp: firstOf(asIsoTime(payload.timestamp), asIsoTime(envelope.timestamp)),
		...more,
		group: {
			id: legacyGroupId(payload, group),
			subject: firstOf(asText(group.subject), asText(payload.subject)),
		},
		deliveryId: '',
	});
}

/** The older events carry what the engine has: an id, a `chatId`, or an id object with `remote` (§3.8). */
function legacyGroupId(payload: Json, group: Json): string | null {
	return firstOf(
		asText(group.id),
		idOf(payload.chatId),
		idOf(asRecord(payload.id).remote),
		idOf(payload.id),
		asText(payload.JID),
	);
}

function ownMembership(event: EventName, payload: Json, envelope: Json): GroupEvent {
	const changes = event === 'group.joined' ? changesOf(payload, envelope) : null;
	return known(event, payload, envelope, { changes });
}

const participantEvents: ReadonlyMap<unknown, EventName> = new Map<unknown, EventName>([
	['join', 'participant.joined'],
	['leave', 'participant.left'],
	['promote', 'participant.promoted'],
	['demote', 'participant.demoted'],
]);

function participantsChanged(payload: Json, envelope: Json): GroupEvent | undefined {
	const event = participantEvents.get(payload.type);
	if (!event) return undefined;
	const inData = asList(asRecord(payload._data).participants).map(asRecord);
	const participants = asList(payload.participants)
		.map(asRecord)
		.map((raw): Participant => {
			const participant = toParticipant(raw);
			const details = inData.find((entry) => idOf(entry.id) === participant.id) ?? {};
			return {
				...participant,
				phone: participant.phone ?? toParticipant({ ...details, id: participant.id }).phone,
				// NOWEB still calls a demoted participant an admin (§3.9): the type is right.
				role: event === 'participant.demoted' ? 'participant' : participant.role,
			};
		});
	const author = idOf(asRecord(payload._data).author);
	return known(event, payload, envelope, { participants, actor: toActor(author) });
}

function joinRequestChanged(payload: Json, envelope: Json): GroupEvent | undefined {
	const action = asText(payload.action) ?? '';
	if (!['created', 'rejected', 'revoked'].includes(action)) return undefined;
	const id = idOf(payload.requesterId);
	return known(`joinRequest.${action}` as EventName, payload, envelope, {
		joinRequest: id,
		actor: toActor(id, asText(payload.requesterPn)),
		changes: { requestMethod: asText(payload.requestMethod) },
	});
}

function messageReceived(payload: Json, envelope: Json): GroupEvent | undefined {
	const group = chatOf(payload);
	if (group === null) return undefined;
	const data = asRecord(payload._data);
	const author = firstOf(idOf(payload.participant), idOf(payload.author));
	const name = firstOf(
		asText(data.notifyName),
		asText(data.pushName),
		asText(asRecord(data.Info).PushName),
	);
	const actor = toActor(author);
	return known('message.received', { ...payload, group: { id: group } }, envelope, {
		actor: actor && { ...actor, name },
		message: toMessage(payload),
	});
}

function statusChanged(payload: Json, envelope: Json): GroupEvent | undefined {
	const group = chatOf(payload);
	const ack = asNumber(payload.ack);
	const state = ack === null ? undefined : statusOf(ack);
	if (group === null || state === undefined || payload.fromMe === false) return undefined;
	const person = idOf(payload.participant);
	return known(`message.${state}` as EventName, { ...payload, group: { id: group } }, envelope, {
		message: { ...toMessage(payload), type: 'status' },
		participants: person === null ? null : [{ id: person, phone: phoneOf(person), role: null }],
	});
}

/** -1 error, 0 pending, 1 server, 2 device, 3 read, 4 played (§3.10). */
function statusOf(ack: number): string | undefined {
	return (
		{ [-1]: 'failed', 1: 'sent', 2: 'delivered', 3: 'read', 4: 'read' } as Record<number, string>
	)[ack];
}

/** The group of a message. `to` is trusted for own messages only: engines put different things there. */
function chatOf(payload: Json): string | null {
	const inId = /^(?:true|false)_([\d-]+@g\.us)_/.exec(idOf(payload.id) ?? '')?.[1] ?? null;
	const own = payload.fromMe === true ? idOf(payload.to) : null;
	return [idOf(payload.from), own, inId].find((id) => id?.endsWith('@g.us')) ?? null;
}

function toMessage(payload: Json): EventMessage {
	const media = asRecord(payload.media);
	const hasMedia = payload.hasMedia === true;
	const location = payload.location;
	return {
		id: idOf(payload.id) ?? '',
		type: hasMedia
			? (asText(media.mimetype)?.split('/')[0] ?? 'file')
			: location
				? 'location'
				: 'text',
		text: asText(payload.body),
		fromMe: payload.fromMe === true,
		media: hasMedia
			? {
					id: null,
					url: asText(media.url),
					mimeType: asText(media.mimetype),
					fileName: asText(media.filename),
				}
			: null,
		content: location ? { location } : null,
	};
}

function toActor(id: string | null, number: string | null = null): Actor | null {
	return id === null ? null : { id, phone: firstOf(phoneOf(number), phoneOf(id)), name: null };
}

/** What is known of a group that was joined, or what changed in one. */
function changesOf(payload: Json, envelope: Json): Record<string, unknown> | null {
	const group = asRecord(payload.group);
	const approval = asBoolean(group.newMembersApprovalRequired);
	const all: Json = {
		subject: asText(group.subject),
		description: asText(group.description),
		inviteLink: asText(group.invite),
		messagesAdminsOnly: messagesAdminsOnly(payload, envelope),
		membersCanAddNewMember: asBoolean(group.membersCanAddNewMember),
		joinApprovalMode: approval === null ? null : approval ? 'approvalRequired' : 'autoApprove',
	};
	const changes = Object.entries(all).filter(([, value]) => value !== null);
	return changes.length === 0 ? null : Object.fromEntries(changes);
}

/**
 * `membersCanSendMessages` is the engine's “announce” unchanged, and so upside down, everywhere but in
 * the update event of GOWS (§3.9); the engine's own data is preferred.
 */
function messagesAdminsOnly(payload: Json, { engine, event }: Json): boolean | null {
	const data = asRecord(payload._data);
	const own = firstOf(asBoolean(data.announce), asBoolean(data.IsAnnounce));
	const copied = asBoolean(asRecord(payload.group).membersCanSendMessages);
	if (own !== null || copied === null) return own;
	return engine === 'GOWS' && event === 'group.v2.update' ? !copied : copied;
}
