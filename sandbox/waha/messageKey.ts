import { isGroupId, lidId, parseParticipantId, phoneId } from './ids';
import type { Message, Person } from './model';

/** The parts of `<own>_<chat>_<id>_<sender>`; what one sent oneself may lack the last. */
export interface MessageKey {
	isOwn: boolean;
	chat: string;
	id: string;
	sender: string | null;
}

/** Null unless it has three parts or four. */
export function parseMessageKey(text: string): MessageKey | null {
	const parts = text.split('_');
	if (parts.length !== 3 && parts.length !== 4) return null;
	const [own, chat, id, sender = null] = parts;
	return { isOwn: own === 'true', chat, id, sender };
}

/**
 * Whether the parts are all those of the message, as WhatsApp's apps compare them.
 * @param isWhole also the sender of what one sent oneself to a group
 */
export function isMeant(
	message: Message,
	{ isOwn, chat, id, sender }: MessageKey,
	{ viewer, isWhole }: { viewer: Person; isWhole: boolean },
): boolean {
	if (message.id !== id || message.chat !== chat) return false;
	if ((message.from === viewer) !== isOwn) return false;
	if (!isGroupId(chat) || (isOwn && sender === null && !isWhole)) return true;
	const { digits, kind } = parseParticipantId(sender) ?? {};
	return (
		`${digits}@${kind === 'lid' ? 'lid' : 'c.us'}` ===
		(kind === 'lid' ? lidId(message.from) : phoneId(message.from))
	);
}
