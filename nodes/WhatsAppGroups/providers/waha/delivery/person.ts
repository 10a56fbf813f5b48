import type { Actor, Person } from '../../../model';
import { asRecord, asText, firstOf } from '../../../transport/json';
import type { Json } from '../../../transport/json';
import { phoneOf } from '../ids';
import { idOf } from '../readGroup';

/**
 * Somebody by the first of several ids of theirs, with the number that one of them holds: in groups
 * that hide numbers the engines give it beside the id.
 */
export function toPerson(...ids: unknown[]): Person | null {
	const known = ids.map(personId).filter((id): id is string => id !== null);
	if (known.length === 0) return null;
	const phone = known.map(phoneOf).find((found) => found !== null);
	return { id: known[0], phone: phone ?? null };
}

/** Who did something in a group, by the data of NOWEB and WEBJS (`author`) or GOWS (`Sender`). */
export function authorOf({ author, authorPn, Sender, SenderPN }: Json): Actor | null {
	const person = toPerson(author, Sender, authorPn, SenderPN);
	return person && { ...person, name: null };
}

export function isSame(one: Person | null, other: Person | null): boolean {
	if (!one || !other) return false;
	return one.id === other.id || (one.phone !== null && one.phone === other.phone);
}

/**
 * In WAHA's own form: the engines' data have `@s.whatsapp.net` for `@c.us`, and a device such as `:12`
 * before the host.
 */
export function personId(value: unknown): string | null {
	const id = idOf(value) ?? '';
	const [, user, host] = /^([\w.-]+)(?::\d+)?@([a-z.]+)$/.exec(id) ?? [];
	if (host === undefined || host === 'g.us') return null;
	return `${user}@${host === 's.whatsapp.net' ? 'c.us' : host}`;
}

/** The name that somebody shows, as each engine calls it. */
export function nameOf({ notifyName, pushName, Info }: Json): string | null {
	return firstOf(asText(notifyName), asText(pushName), asText(asRecord(Info).PushName));
}
