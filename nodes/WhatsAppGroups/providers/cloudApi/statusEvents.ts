import type { EventName, GroupEvent, Participant } from '../../model';
import { eventMessage, groupEvent, knownPart } from '../../contract/events';
import { asIsoTime, asRecord, asText, firstOf } from '../../transport/json';
import type { Json } from '../../transport/json';
import type { FindContact } from './messageEvents';
import { issuesOf, phoneOf } from './person';

const events: ReadonlyMap<unknown, EventName> = new Map<unknown, EventName>([
	['sent', 'message.sent'],
	['delivered', 'message.delivered'],
	['read', 'message.read'],
	['failed', 'message.failed'],
]);

/** Statuses of messages to a group; those of one participant name them (providers.md §4.5.6). */
export function readStatus(status: Json, find: FindContact): GroupEvent[] {
	const event = events.get(status.status);
	const id = asText(status.id);
	const group = groupOf(status);
	if (event === undefined || id === null || group === null) return [];
	const participant = readerIn(status, find);
	return [
		groupEvent({
			event,
			group: { id: group },
			participants: participant && [participant],
			message: eventMessage({ id, type: 'status', fromMe: true }),
			changes: knownPart({ pricing: pricingIn(status) }),
			errors: issuesOf(status),
			timestamp: asIsoTime(status.timestamp),
			deliveryId: [id, event, participant?.id ?? ''].join(' '),
		}),
	];
}

/** The documents mark a group by `recipient_type`, the OpenAPI has a `group_id`. */
function groupOf(status: Json): string | null {
	const group = asText(status.group_id);
	if (group !== null) return group;
	return status.recipient_type === 'group' ? asText(status.recipient_id) : null;
}

function readerIn(status: Json, find: FindContact): Participant | null {
	// Both spellings stand in the documents (§6.4).
	const number = firstOf(
		asText(status.recipient_participant_id),
		asText(status.participant_recipient_id),
	);
	const userId = firstOf(
		asText(status.recipient_participant_user_id),
		asText(status.participant_recipient_user_id),
	);
	const id = firstOf(number, userId);
	if (id === null) return null;
	const contact = find(userId, number);
	return { id, phone: firstOf(phoneOf(number), phoneOf(asText(contact.wa_id))), role: null };
}

/** Beside the conversation, or in it. */
function pricingIn({ pricing, conversation }: Json): Json | null {
	return knownPart(asRecord(pricing)) ?? knownPart(asRecord(asRecord(conversation).pricing));
}
