import type { EventIssue, EventMessage, EventName, GroupEvent } from '../../model';
import { sameSecret } from '../../contract/delivery';
import type { Delivery } from '../../contract/delivery';
import { groupEvent } from '../../contract/events';
import type { TriggerSupport } from '../../contract/trigger';
import { asIsoTime, asList, asNumber, asRecord, asText, firstOf } from '../../transport/json';
import type { Json } from '../../transport/json';
import { webhookSecret } from './secret';

/** Incoming messages and statuses, in bulk; there are no callbacks about members (providers.md §1.5). */
export const sinchTrigger: TriggerSupport = {
	events: {
		'message.received': 'Somebody writes in the group',
		'message.sent': 'WhatsApp took a message of yours',
		'message.delivered': 'A message of yours arrived',
		'message.read': 'A message of yours was read',
		'message.failed': 'A message of yours could not be delivered',
	},
	notice:
		'Sinch reports messages only, not who joins or leaves, and takes the webhook URL through its support team:<br>1. Publish the workflow.<br>2. Copy the Production URL above, and add the URL Ending below to it: that is the complete URL, with its secret.<br>3. Give it to Sinch support, for messages (MO) and for statuses.<br>Sinch sends to this URL only, so a test run gets nothing: let something happen in a group, and copy the execution into the editor.',
	manualSecret: webhookSecret,

	verify({ query }: Delivery, secret: string) {
		return sameSecret(query.secret, secret)
			? undefined
			: "the URL does not end with the ?secret= that the node shows as 'URL Ending'";
	},

	parse({ body }: Delivery) {
		const { data } = asRecord(body);
		if (!Array.isArray(data)) return 'the body has no list “data”';
		return asList(data).map(asRecord).flatMap(toEvents);
	},
};

function toEvents(entry: Json): GroupEvent[] {
	const group = asText(asRecord(entry.message).waGroupId);
	if (group !== null) return [toMessageEvent(entry, group)];
	const destination = asText(entry.destination) ?? '';
	return /^\d+-\d+$/.test(destination) ? [toStatusEvent(entry, destination)] : [];
}

function toMessageEvent(entry: Json, group: string): GroupEvent {
	const source = asText(entry.source) ?? '';
	return groupEvent({
		event: 'message.received',
		group: { id: group },
		actor: { id: source, phone: source, name: asText(asRecord(entry.userProfile).name) },
		message: toMessage(entry),
		timestamp: firstOf(asIsoTime(entry.receivedAt), asIsoTime(entry.receivedDate)),
		deliveryId: asText(entry.id) ?? JSON.stringify(entry),
	});
}

/** Locations and contacts come without `type` in the documents' samples: the key tells. */
function toMessage(entry: Json): EventMessage {
	const message = asRecord(entry.message);
	const interactive = asRecord(message.interactive);
	const reply = { ...asRecord(interactive.listReply), ...asRecord(interactive.buttonReply) };
	const key = ['location', 'contacts', 'interactive'].find((name) => message[name] !== undefined);
	const mediaUrl = asText(message.mediaUrl);
	return {
		id: asText(entry.id) ?? '',
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
	};
}

/** One state of several flags: read counts above delivered, that above sent (§1.5). */
function toStatusEvent(entry: Json, group: string): GroupEvent {
	const state = stateOf(entry);
	const id = asText(entry.id) ?? '';
	return groupEvent({
		event: `message.${state}` as EventName,
		group: { id: group },
		message: { id, type: 'status', text: null, fromMe: true, media: null, content: null },
		changes: { correlationId: asText(entry.correlationId) },
		errors: state === 'failed' ? [issueOf(entry)] : null,
		timestamp: firstOf(
			asIsoTime(entry[`${state}At`]),
			asIsoTime(entry.updatedAt),
			asIsoTime(entry.sentAt),
		),
		deliveryId: [id, state, asText(entry.updatedAt) ?? asText(entry.updatedDate) ?? ''].join(' '),
	});
}

function stateOf(entry: Json): 'sent' | 'delivered' | 'read' | 'failed' {
	const failedCode = asNumber(entry.deliveredStatusCode) ?? 0;
	if (entry.read === true) return 'read';
	if (entry.delivered === true) return 'delivered';
	return entry.sent === true && failedCode < 100 ? 'sent' : 'failed';
}

function issueOf(entry: Json): EventIssue {
	const undelivered = entry.sent === true;
	return {
		code: asNumber(undelivered ? entry.deliveredStatusCode : entry.sentStatusCode),
		message: asText(undelivered ? entry.deliveredStatus : entry.sentStatus),
		details: null,
	};
}
