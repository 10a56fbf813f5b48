import type { GroupEvent } from '../../../model';
import type { Envelope } from './envelope';
import { groupOf } from './groupOf';
import { known } from './known';
import { toMessage, writerOf } from './message';
import { wholeId } from './messageId';

/**
 * The message as it reads now. `payload.id` is that of the edit, but on WEBJS; the bare id of the message
 * stands beside it, and only who wrote a message can edit it.
 */
export function edited(envelope: Envelope): GroupEvent[] {
	const { payload } = envelope;
	const group = groupOf(payload);
	const actor = writerOf(envelope);
	const message = toMessage(envelope);
	const id = wholeId(envelope, { id: payload.editedMessageId, group, writer: actor });
	return known('message.edited', envelope, {
		group,
		actor,
		message: { ...message, id: id ?? message.id },
	});
}
