import type { Envelope } from './envelope';
import { idOf } from '../readGroup';
import { groupIdOf } from './known';

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

/**
 * The id of an own message as Send of the same engine gave it: NOWEB gives none of the sender, GOWS the
 * number, while events end in the number, its lid, or even the reader's.
 */
export function messageIdOf({ payload, engine, me, myLid }: Envelope): string | null {
	const parts = readMessageId(payload.id);
	if (!parts?.isOwn || parts.sender === null) return idOf(payload.id);
	const { group, id, sender } = parts;
	const bare = `true_${group}_${id}`;
	if (engine === 'NOWEB') return bare;
	const isKept = engine !== 'GOWS' && [me?.id, myLid?.id].includes(sender);
	return isKept || !me ? idOf(payload.id) : `${bare}_${me.id}`;
}
