import { eventMessage } from '../../../contract/events';
import type { GroupEvent } from '../../../model';
import { asRecord, asText, firstOf } from '../../../transport/json';
import type { Json } from '../../../transport/json';
import { timeOf } from '../time';
import type { Envelope } from './envelope';
import { groupOf } from './groupOf';
import { known } from './known';
import { writerOf } from './message';
import { readMessageId, wholeId } from './messageId';
import { toPerson } from './person';

/**
 * A message that was deleted for everybody, by its writer or an admin. `after` is the deletion itself, on
 * WEBJS what is left of the message.
 */
export function deleted(envelope: Envelope): GroupEvent[] {
	const { payload } = envelope;
	const after = asRecord(payload.after);
	const about = { ...envelope, payload: after, data: asRecord(after._data) };
	const group = groupOf(after);
	const actor = writerOf(about);
	const key = keyIn(about.data);
	const id = wholeId(about, {
		id: firstOf(asText(payload.revokedMessageId), readMessageId(after.id)?.id),
		group,
		// Whoever deletes a message of their own need not be named in its key.
		writer: toPerson(key.participant) ?? actor,
	});
	if (id === null) return [];
	return known('message.deleted', about, {
		group,
		actor,
		message: eventMessage({ id, type: 'deletion', fromMe: after.fromMe === true }),
		timestamp: firstOf(timeOf(after.timestamp), envelope.timestamp),
	});
}

/** The key of the deleted message, as NOWEB and GOWS have it. */
function keyIn({ message, Message }: Json): Json {
	return asRecord(asRecord(asRecord(message ?? Message).protocolMessage).key);
}
