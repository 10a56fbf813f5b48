import type { Person } from '../../../model';
import { idOf } from '../readGroup';
import type { Envelope } from './envelope';
import { groupIdOf } from './known';
import { isSame } from './person';

/** The parts of `<own>_<chat>_<id>_<sender>`, of which the last may be missing. */
interface MessageId {
	isOwn: boolean;
	group: string;
	id: string;
	sender: string | null;
}

export function readMessageId(value: unknown): MessageId | null {
	const [, own, chat, id, sender] =
		/^(true|false)_([^_]+)_([^_]+)(?:_([^_]+))?$/.exec(idOf(value) ?? '') ?? [];
	const group = groupIdOf(chat);
	return group === null ? null : { isOwn: own === 'true', group, id, sender: sender ?? null };
}

/** The id of the message of an event, as `knownId` has it. */
export function messageIdOf(envelope: Envelope): string | null {
	return knownId(envelope, envelope.payload.id);
}

/**
 * The id of an own message as Send of the same engine gave it: NOWEB gives none of the sender, GOWS the
 * number, while events end in the number, its lid, or even the reader's.
 */
export function knownId({ engine, me, myLid }: Envelope, given: unknown): string | null {
	const parts = readMessageId(given);
	if (!parts?.isOwn || parts.sender === null) return idOf(given);
	const { group, id, sender } = parts;
	const bare = `true_${group}_${id}`;
	if (engine === 'NOWEB') return bare;
	const isKept = engine !== 'GOWS' && [me?.id, myLid?.id].includes(sender);
	return isKept || !me ? idOf(given) : `${bare}_${me.id}`;
}

/**
 * The whole id of a message of which an event tells the bare one and who wrote it; the bare one where
 * nobody tells that.
 */
export function wholeId(
	envelope: Envelope,
	{ id, group, writer }: { id: unknown; group: string | null; writer: Person | null },
): string | null {
	const bare = idOf(id);
	if (bare === null || readMessageId(bare) !== null) return knownId(envelope, bare);
	if (group === null || writer === null) return bare;
	const isOwn = isSame(writer, envelope.me) || isSame(writer, envelope.myLid);
	return knownId(envelope, `${isOwn}_${group}_${bare}_${writer.id}`);
}
