import type { EventIssue, EventMessage, GroupEvent } from '../../model';
import { fingerprint } from '../../contract/delivery';
import { eventMessage, groupEvent, knownPart, readEach } from '../../contract/events';
import { asBoolean, asIsoTime, asNumber, asRecord, asText, firstOf } from '../../transport/json';
import type { Json } from '../../transport/json';

/** The group events in a delivery, which holds several callbacks (providers.md §1.5). */
export function parseCallbacks(body: unknown): GroupEvent[] | string {
	const { data } = asRecord(body);
	if (!Array.isArray(data)) return 'the body has no list “data”';
	return readEach(data, (entry) => {
		const group = asText(asRecord(entry.message).waGroupId);
		return group === null ? readStatus(entry) : [readMessage(entry, group)];
	});
}

function readMessage(entry: Json, group: string): GroupEvent {
	const source = asText(entry.source);
	const id = asText(entry.id);
	return groupEvent({
		event: 'message.received',
		group: { id: group },
		actor:
			source === null
				? null
				: {
						id: source,
						phone: /^\d{7,15}$/.test(source) ? source : null,
						name: asText(asRecord(entry.userProfile).name),
					},
		message: toMessage(asRecord(entry.message), id),
		timestamp: firstOf(asIsoTime(entry.receivedAt), asIsoTime(entry.receivedDate)),
		deliveryId: id ?? fingerprint(entry),
	});
}

/** Locations and contacts come without `type` in the documents' samples: the key tells. */
function toMessage(message: Json, id: string | null): EventMessage {
	const interactive = asRecord(message.interactive);
	const reply = { ...asRecord(interactive.listReply), ...asRecord(interactive.buttonReply) };
	const key = ['location', 'contacts', 'interactive'].find(
		(name) => typeof message[name] === 'object' && message[name] !== null,
	);
	const mediaUrl = asText(message.mediaUrl);
	return eventMessage({
		id,
		type: (asText(message.type) ?? key ?? 'unknown').toLowerCase(),
		text: firstOf(
			asText(message.messageText),
			asText(message.caption),
			asText(reply.rowTitle),
			asText(reply.title),
		),
		fromMe: false,
		media:
			mediaUrl === null
				? null
				: {
						id: null,
						url: mediaUrl,
						mimeType: asText(message.mimeType),
						fileName: asText(message.fileName),
					},
		content: key === undefined ? null : { [key]: message[key] },
	});
}

/** Of a message to a group, whose id has two parts; one to a person starts nothing. */
function readStatus(entry: Json): GroupEvent[] {
	const group = asText(entry.destination);
	const id = asText(entry.id);
	const state = stateOf(entry);
	if (group === null || !/^\d+-\d+$/.test(group) || id === null || !state) return [];
	const updated = firstOf(asText(entry.updatedAt), asText(entry.updatedDate));
	return [
		groupEvent({
			event: `message.${state}`,
			group: { id: group },
			message: eventMessage({ id, type: 'status', fromMe: true }),
			changes: knownPart({ correlationId: asText(entry.correlationId) }),
			errors: state === 'failed' ? [issueOf(entry)] : null,
			timestamp: firstOf(
				asIsoTime(entry[`${state}At`]),
				asIsoTime(entry.updatedAt),
				asIsoTime(entry.sentAt),
			),
			deliveryId: [id, state, updated ?? ''].join(' '),
		}),
	];
}

/** From here on the codes are failures (§1.5). */
const firstFailure = 100;

/** One state of several flags: read counts above delivered, that above sent (§1.5). */
function stateOf(entry: Json): 'sent' | 'delivered' | 'read' | 'failed' | undefined {
	if (asBoolean(entry.read) === true) return 'read';
	if (asBoolean(entry.delivered) === true) return 'delivered';
	const sent = asBoolean(entry.sent);
	const codes = [entry.sentStatusCode, entry.deliveredStatusCode].map(asNumber);
	if (sent === false || codes.some((code) => (code ?? 0) >= firstFailure)) return 'failed';
	return sent === true ? 'sent' : undefined;
}

function issueOf(entry: Json): EventIssue {
	const undelivered = asBoolean(entry.sent) === true;
	return {
		code: asNumber(undelivered ? entry.deliveredStatusCode : entry.sentStatusCode),
		message: asText(undelivered ? entry.deliveredStatus : entry.sentStatus),
		details: null,
	};
}
