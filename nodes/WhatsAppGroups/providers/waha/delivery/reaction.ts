import { eventMessage } from '../../../contract/events';
import type { GroupEvent } from '../../../model';
import { asRecord, asText } from '../../../transport/json';
import type { Envelope } from './envelope';
import { groupOf } from './groupOf';
import { known } from './known';
import { writerOf } from './message';
import { knownId } from './messageId';

/** An emoji that somebody put to a message; none when they took it back. No engine tells their name. */
export function reacted(envelope: Envelope): GroupEvent[] {
	const { payload } = envelope;
	const { text, messageId } = asRecord(payload.reaction);
	const id = knownId(envelope, messageId);
	if (id === null) return [];
	return known('message.reaction', envelope, {
		group: groupOf(payload),
		actor: writerOf(envelope),
		message: eventMessage({
			id,
			type: 'reaction',
			text: asText(text),
			fromMe: payload.fromMe === true,
		}),
	});
}
