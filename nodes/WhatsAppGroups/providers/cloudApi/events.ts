import type {
	Actor,
	EventIssue,
	EventMessage,
	EventName,
	GroupEvent,
	Participant,
} from '../../model';
import { fingerprint } from '../../contract/delivery';
import { groupEvent } from '../../contract/events';
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

/**
 * The group events in an envelope of Meta's webhooks (providers.md §4.5), which 360dialog forwards as
 * they are; a text with the reason when the body is no such envelope.
 */
export function parseEnvelope(body: unknown): GroupEvent[] | string {
	const { object, entry } = asRecord(body);
	if (object !== 'whatsapp_business_account' || !Array.isArray(entry)) {
		return 'the body is no envelope of object “whatsapp_business_account”';
	}
	return entry
		.flatMap((account) => asList(asRecord(account).changes))
		.map(asRecord)
		.flatMap((change) => parseChange(String(change.field), asRecord(change.value)));
}

function parseChange(field: string, value: Json): GroupEvent[] {
	if (field === 'messages') {
		const contacts = asList(value.contacts).map(asRecord);
		return [
			...asList(value.messages)
				.map(asRecord)
				.flatMap((message) => toMessageEvent(message, contacts)),
			...asList(value.statuses).map(asRecord).flatMap(toStatusEvent),
		];
	}
	// The OpenAPI spells the fields in the singular, the documents in the plural (§8).
	if (!/^group_(lifecycle|participants?|settings|status)_update$/.test(field)) return [];
	return asList(value.groups)
		.map(asRecord)
		.flatMap((group) => toGroupEvents(group, value));
}

function toGroupEvents(group: Json, value: Json): GroupEvent[] {
	const type = String(group.type);
	const known = {
		group: { id: asText(group.group_id), subject: asText(group.subject) },
		requestId: asText(group.request_id),
		timestamp: asIsoTime(group.timestamp),
		errors: issuesOf(group),
	};
	const event = (name: EventName, more: Partial<GroupEvent> = {}) =>
		groupEvent({ ...known, ...more, event: name, deliveryId: fingerprint(name, group) });

	if (type === 'group_create') {
		const { invite_link: inviteLink, join_approval_mode: mode, description } = group;
		const changes = without({ inviteLink, joinApprovalMode: joinApprovalMode(mode), description });
		return [event(known.errors ? 'group.createFailed' : 'group.created', { changes })];
	}
	if (type === 'group_delete')
		return [event(known.errors ? 'group.deleteFailed' : 'group.deleted')];
	if (type === 'group_suspend') return [event('group.suspended')];
	if (type === 'group_suspend_cleared') return [event('group.unsuspended')];
	if (type === 'group_settings_update') return toUpdateEvents(group, event);
	if (type === 'group_join_request_created' || type === 'group_join_request_revoked') {
		const name = type.endsWith('created') ? 'joinRequest.created' : 'joinRequest.revoked';
		return [event(name, { joinRequest: asText(group.join_request_id), actor: toActor(group) })];
	}
	if (/^group_(participants_add|add_participants)$/.test(type)) {
		const participants = asList(group.added_participants).map(asRecord).map(toParticipant);
		return [
			event('participant.joined', { participants, changes: without({ reason: group.reason }) }),
		];
	}
	if (/^group_(participants_remove|remove_participants)$/.test(type)) {
		return toRemovalEvents(group, value, event);
	}
	return [];
}

type EventMaker = (name: EventName, more?: Partial<GroupEvent>) => GroupEvent;

const settingNames = {
	group_subject: 'subject',
	group_description: 'description',
	profile_picture: 'picture',
} as const;

/** What was changed, and what could not be, as one event each (§4.5.3). */
function toUpdateEvents(group: Json, event: EventMaker): GroupEvent[] {
	const parts = Object.entries(settingNames)
		.filter(([key]) => group[key] !== undefined)
		.map(([key, name]) => ({ name, part: asRecord(group[key]) }));
	const failed = parts.filter(({ part }) => asBoolean(part.update_successful) === false);
	const done = parts.filter((entry) => !failed.includes(entry));
	const changes = (entries: typeof parts) =>
		Object.fromEntries(
			entries.map(({ name, part }) => [
				name,
				name === 'picture'
					? without({ mimeType: part.mime_type, sha256: part.sha256 })
					: asText(part.text),
			]),
		);
	const errors = failed.flatMap(({ part }) => issuesOf(part) ?? []);
	return [
		...(done.length > 0 ? [event('group.updated', { changes: changes(done), errors: null })] : []),
		...(failed.length > 0 || (done.length === 0 && group.errors !== undefined)
			? [
					event('group.updateFailed', {
						changes: changes(failed),
						errors: errors.length > 0 ? errors : issuesOf(group),
					}),
				]
			: []),
	];
}

/** People who left, who were removed, and who could not be (§4.5.2). */
function toRemovalEvents(group: Json, value: Json, event: EventMaker): GroupEvent[] {
	const removed = asList(group.removed_participants).map(asRecord);
	const failed = asList(group.failed_participants).map(asRecord);
	// The samples print `initiated_by` beside the group, inside it, or not at all (§6.5).
	const initiator =
		firstOf(asText(group.initiated_by), asText(value.initiated_by)) ??
		(removed.some(({ input }) => input !== undefined) ? 'business' : 'participant');
	const errors = failed.flatMap((entry) => issuesOf(entry) ?? []);
	return [
		...(removed.length > 0
			? [
					event(initiator === 'participant' ? 'participant.left' : 'participant.removed', {
						participants: removed.map(toParticipant),
						errors: null,
					}),
				]
			: []),
		...(failed.length > 0 || (removed.length === 0 && group.errors !== undefined)
			? [
					event('participant.removeFailed', {
						participants: failed.map(toParticipant),
						errors: errors.length > 0 ? errors : issuesOf(group),
					}),
				]
			: []),
	];
}

/** Without `group_id` it is a direct message, which starts nothing. */
function toMessageEvent(message: Json, contacts: Json[]): GroupEvent[] {
	const group = asText(message.group_id);
	if (group === null) return [];
	const id = asText(message.id) ?? fingerprint(message);
	const contact =
		contacts.find(({ wa_id, user_id }) =>
			[wa_id, user_id].some(
				(value) =>
					value !== undefined && (value === message.from || value === message.from_user_id),
			),
		) ?? {};
	return [
		groupEvent({
			event: 'message.received',
			group: { id: group },
			actor: toActor({ ...contact, wa_id: message.from, user_id: message.from_user_id }),
			message: toMessage(message, id),
			errors: issuesOf(message),
			timestamp: asIsoTime(message.timestamp),
			deliveryId: id,
		}),
	];
}

const fileTypes = ['audio', 'document', 'image', 'sticker', 'video'];

function toMessage(message: Json, id: string): EventMessage {
	const type = asText(message.type) ?? 'unknown';
	const content = asRecord(message[type]);
	const isFile = fileTypes.includes(type);
	return {
		id,
		type,
		text: firstOf(asText(asRecord(message.text).body), asText(content.caption)),
		fromMe: false,
		media: isFile
			? {
					id: asText(content.id),
					url: asText(content.url),
					mimeType: asText(content.mime_type),
					fileName: asText(content.filename),
				}
			: null,
		content:
			isFile || type === 'text' || message[type] === undefined ? null : { [type]: message[type] },
	};
}

/** Statuses of messages to a group; those of one participant name them (§4.5.6). */
function toStatusEvent(status: Json): GroupEvent[] {
	const name = `message.${String(status.status)}`;
	const isKnown = /^message\.(sent|delivered|read|failed)$/.test(name);
	if (!isKnown || status.recipient_type !== 'group') return [];
	// Both spellings stand in the documents (§6.4).
	const phone = firstOf(
		asText(status.recipient_participant_id),
		asText(status.participant_recipient_id),
	);
	const id = firstOf(phone, asText(status.recipient_participant_user_id));
	const messageId = asText(status.id) ?? '';
	const conversation = asRecord(status.conversation);
	return [
		groupEvent({
			event: name as EventName,
			group: { id: asText(status.recipient_id) },
			participants: id === null ? null : [{ id, phone, role: null }],
			message: {
				id: messageId,
				type: 'status',
				text: null,
				fromMe: true,
				media: null,
				content: null,
			},
			changes: without({ pricing: status.pricing ?? conversation.pricing }),
			errors: issuesOf(status),
			timestamp: asIsoTime(status.timestamp),
			deliveryId: [messageId, name, id ?? ''].join(' '),
		}),
	];
}

/** The phone number is absent where somebody took a username (§4.5.7). */
function toParticipant(entry: Json): Participant {
	const input = asText(entry.input);
	const phone = firstOf(asText(entry.wa_id), phoneOf(input));
	return {
		id: firstOf(asText(entry.wa_id), asText(entry.user_id), input) ?? '',
		phone,
		role: null,
	};
}

function toActor(entry: Json): Actor {
	const { id, phone } = toParticipant(entry);
	const profile = asRecord(entry.profile);
	const name = firstOf(asText(profile.name), asText(profile.username), asText(entry.username));
	return { id, phone, name };
}

function phoneOf(input: string | null): string | null {
	const digits = input?.replace(/^\+/, '') ?? '';
	return /^\d{7,15}$/.test(digits) ? digits : null;
}

function issuesOf(entry: Json): EventIssue[] | null {
	const errors = asList(entry.errors).map(asRecord);
	if (errors.length === 0) return null;
	return errors.map(({ code, message, title, error_data: data }) => ({
		code: asNumber(code),
		message: firstOf(asText(title), asText(message)),
		details: firstOf(asText(asRecord(data).details), asText(message)),
	}));
}

function joinApprovalMode(mode: unknown): string | undefined {
	if (mode === undefined) return undefined;
	return mode === 'approval_required' || asBoolean(mode) === true
		? 'approvalRequired'
		: 'autoApprove';
}

/** The record without what is unknown; nothing at all when nothing is known. */
function without(record: Json): Json | null {
	const known = Object.entries(record).filter(([, value]) => value !== undefined && value !== null);
	return known.length === 0 ? null : Object.fromEntries(known);
}
