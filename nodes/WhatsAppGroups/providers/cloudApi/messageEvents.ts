import type { EventMessage, GroupEvent } from '../../model';
import { fingerprint } from '../../contract/delivery';
import { eventMessage, groupEvent, knownPart } from '../../contract/events';
import { asIsoTime, asRecord, asText, firstOf } from '../../transport/json';
import type { Json } from '../../transport/json';
import { issuesOf, toActor } from './person';

/** Who is meant by a user id or number, of the contacts that stand beside a message or status. */
export type FindContact = (userId: string | null, number: string | null) => Json;

/** A number may be missing or empty where somebody took a username, and then is nobody's (§4.5.7). */
export function contactsIn(list: readonly unknown[]): FindContact {
	const contacts = list.map(asRecord);
	const by = (key: string) =>
		new Map(contacts.map((contact) => [asText(contact[key]), contact] as const));
	const [byUserId, byNumber] = [by('user_id'), by('wa_id')];
	return (userId, number) =>
		(userId === null ? undefined : byUserId.get(userId)) ??
		(number === null ? undefined : byNumber.get(number)) ??
		{};
}

/** Without `group_id` it is a direct message, which starts nothing. */
export function readMessage(message: Json, find: FindContact): GroupEvent[] {
	const group = asText(message.group_id);
	if (group === null) return [];
	const id = asText(message.id);
	const [userId, number] = [asText(message.from_user_id), asText(message.from)];
	const contact = find(userId, number);
	return [
		groupEvent({
			event: 'message.received',
			group: { id: group },
			actor: toActor({
				...contact,
				wa_id: firstOf(number, asText(contact.wa_id)),
				user_id: firstOf(userId, asText(contact.user_id)),
			}),
			message: toMessage(message, id),
			changes: changesOf(message),
			errors: issuesOf(message),
			timestamp: asIsoTime(message.timestamp),
			deliveryId: id ?? fingerprint(message),
		}),
	];
}

const fileTypes = ['audio', 'document', 'image', 'sticker', 'video'];

function toMessage(message: Json, id: string | null): EventMessage {
	const type = asText(message.type) ?? 'unknown';
	const own = Object.hasOwn(message, type) ? message[type] : null;
	const content = asRecord(own);
	const isFile = fileTypes.includes(type);
	const isStructure = typeof own === 'object' && own !== null;
	return eventMessage({
		id,
		type,
		text: firstOf(
			asText(asRecord(message.text).body),
			asText(content.caption),
			type === 'system' ? asText(content.body) : null,
		),
		fromMe: false,
		media: isFile
			? {
					id: asText(content.id),
					url: asText(content.url),
					mimeType: asText(content.mime_type),
					fileName: asText(content.filename),
				}
			: null,
		content: isFile || type === 'text' || !isStructure ? null : { [type]: own },
		// Beside it stands who wrote that message. Mentions are documented nowhere.
		replyTo: asText(asRecord(message.context).id),
	});
}

/** WhatsApp tells with a message that somebody's ids are others from now on. */
function changesOf({ type, system }: Json): Json | null {
	const told = asRecord(system);
	if (type !== 'system') return null;
	return knownPart({
		type: asText(told.type),
		previousUserId: asText(told.previous_user_id),
		userId: asText(told.user_id),
		phone: asText(told.wa_id),
	});
}
