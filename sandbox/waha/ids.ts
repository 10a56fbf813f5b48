import { randomBytes } from 'node:crypto';
import { newInviteLink } from '../shared/inviteCode';
import type { Message, Person } from './model';

/** Who a request means: `<phone>@c.us`, `<phone>@s.whatsapp.net` or `<n>@lid` (providers.md §3.3). */
export interface ParticipantId {
	readonly kind: 'phone' | 'lid';
	readonly digits: string;
}

/** Null for anything else, bare digits included: WAHA adds no suffix to participants. */
export function parseParticipantId(id: unknown): ParticipantId | null {
	const found =
		typeof id === 'string' ? /^(\d{1,20})@(c\.us|s\.whatsapp\.net|lid)$/.exec(id) : null;
	return found ? { kind: found[2] === 'lid' ? 'lid' : 'phone', digits: found[1] } : null;
}

export const isGroupId = (id: string): boolean => /^\d+(-\d+)?@g\.us$/.test(id);

/** Code of an invite given as code or as link, the latter with or without a query. */
export const inviteCodeOf = (codeOrLink: string): string =>
	codeOrLink.trim().split(/[?#]/)[0].replace(/\/+$/, '').split('/').pop() ?? '';

export const inviteLinkOf = (code: string): string => `https://chat.whatsapp.com/${code}`;

/** `<phone>@c.us`, the form of WAHA's own fields. */
export const phoneId = (person: Person): string => `${person.phone}@c.us`;

/** `<phone>@s.whatsapp.net`, the form of the engines NOWEB and GOWS. */
export const phoneJid = (person: Person): string => `${person.phone}@s.whatsapp.net`;

export const lidId = (person: Person): string | null => (person.lid ? `${person.lid}@lid` : null);

/** The phone in WAHA's form if the sessions know it. */
export const knownPhoneId = (person: Person): string | null =>
	person.phoneHidden ? null : phoneId(person);

/** The phone in the engines' form if the sessions know it. */
export const knownPhoneJid = (person: Person): string | null =>
	person.phoneHidden ? null : phoneJid(person);

/** `<fromMe>_<chat>_<id>_<sender>`; messages to one person have no sender part. */
export function serializedMessageId(message: Message, viewer: Person | null): string {
	const start = `${message.from === viewer}_${message.chat}_${message.id}`;
	if (!isGroupId(message.chat)) return start;
	return `${start}_${knownPhoneId(message.from) ?? lidId(message.from)}`;
}

/** The bare id inside a serialized one; null if it is not one. */
export function bareMessageId(serialized: string): string | null {
	const found = /^(?:true|false)_[^_]+@[a-z.]+_([0-9A-Za-z]+)(?:_[^_]+)?$/.exec(serialized);
	return found ? found[1] : null;
}

let lastGroupNumber = 0;

/** A new group's id: 18 digits that begin with 120363, unique however fast they are asked for. */
export function newGroupId(): string {
	lastGroupNumber = Math.max(lastGroupNumber + 1, Date.now() % 1e12);
	return `120363${String(lastGroupNumber).padStart(12, '0')}@g.us`;
}

export const newInviteCode = (): string => inviteCodeOf(newInviteLink());

export const newMessageId = (): string => `3EB0${randomBytes(9).toString('hex').toUpperCase()}`;

export const newRevisionId = (): string => randomBytes(4).toString('hex').toUpperCase();
