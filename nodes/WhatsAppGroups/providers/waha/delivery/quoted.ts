import { asList, asRecord } from '../../../transport/json';
import type { Json } from '../../../transport/json';
import type { Envelope } from './envelope';
import { groupOf } from './groupOf';
import { wholeId } from './messageId';
import { personId, toPerson } from './person';

/** The message that is answered: every engine tells the bare id, and who wrote it (providers.md §3.14). */
export function quotedIdOf(envelope: Envelope): string | null {
	const { id, participant } = asRecord(envelope.payload.replyTo);
	const writer = toPerson(participant);
	return wholeId(envelope, { id, group: groupOf(envelope.payload), writer });
}

/** WEBJS has a list of its own; the others what WhatsApp says of the context of a message. */
export function mentionsIn({ data }: Envelope): string[] {
	const { mentionedJid, mentionedJID } = contextIn(asRecord(data.message ?? data.Message));
	const lists = [data.mentionedJidList, mentionedJid, mentionedJID];
	return lists.flatMap(asList).flatMap((id) => personId(id) ?? []);
}

/** Layers that a message may be wrapped in, as one that disappears is. */
const deepest = 3;

function contextIn(message: Json, depth = 0): Json {
	for (const content of Object.values(message).map(asRecord)) {
		const context = asRecord(content.contextInfo);
		if (Object.keys(context).length > 0) return context;
		const inner = depth < deepest ? contextIn(asRecord(content.message), depth + 1) : {};
		if (Object.keys(inner).length > 0) return inner;
	}
	return {};
}
