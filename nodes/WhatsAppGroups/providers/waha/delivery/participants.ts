import type { EventName, GroupEvent, Participant, Person } from '../../../model';
import { asList, asRecord } from '../../../transport/json';
import type { Json } from '../../../transport/json';
import { phoneOf } from '../ids';
import { toRole } from '../readGroup';
import type { Envelope } from './envelope';
import { known } from './known';
import { authorOf, isSame, personId, toPerson } from './person';

/** Members who joined, left, were promoted or demoted (providers.md §3.9). */
export function participantsChanged(envelope: Envelope): GroupEvent[] {
	const { payload, data, me, myLid } = envelope;
	const all = participantsIn(envelope);
	// That the number of the session came or went is an event of its own: it may be the workflow's doing.
	const people = all.filter((person) => !isSame(person, me) && !isSame(person, myLid));
	const actor = authorOf(data);
	const tell = (event: EventName, participants: Participant[]) =>
		participants.length === 0 ? [] : known(event, envelope, { participants, actor });

	switch (payload.type) {
		case 'join':
			return [...tell('participant.joined', people), ...ownLid('group.joined', all, envelope)];
		case 'leave': {
			const isRemoved = (person: Person) => wasRemoved(person, actor, data);
			return [
				...tell('participant.removed', people.filter(isRemoved)),
				...tell(
					'participant.left',
					people.filter((person) => !isRemoved(person)),
				),
				...ownLid('group.left', all, envelope),
			];
		}
		case 'promote':
			return tell('participant.promoted', all);
		case 'demote':
			// NOWEB still calls somebody who was demoted an admin: the type is right.
			return tell(
				'participant.demoted',
				all.map((person) => ({ ...person, role: 'participant' })),
			);
		default:
			return [];
	}
}

/** WEBJS says which of the two; on the others somebody who did it to themselves has left. */
function wasRemoved(person: Person, actor: Person | null, { type }: Json): boolean {
	if (type === 'remove' || type === 'leave') return type === 'remove';
	return actor !== null && !isSame(person, actor);
}

/**
 * WEBJS and GOWS look for the number of the session by phone before they send `group.v2.join` and
 * `group.v2.leave`, and so miss it in groups that list it by lid.
 */
function ownLid(
	event: 'group.joined' | 'group.left',
	people: readonly Person[],
	envelope: Envelope,
): GroupEvent[] {
	const { engine, myLid, data } = envelope;
	const isMissed = engine !== 'NOWEB' && people.some(({ id }) => id === myLid?.id);
	return isMissed ? known(event, envelope, { actor: authorOf(data) }) : [];
}

/** The phones stand in the data of NOWEB; that of who left by themselves also in that of GOWS. */
function participantsIn({ payload, data }: Envelope): Participant[] {
	const author = authorOf(data);
	const phones = new Map(
		asList(data.participants)
			.map(asRecord)
			.map(({ id, phoneNumber }) => [personId(id), phoneNumber]),
	);
	return asList(payload.participants)
		.map(asRecord)
		.flatMap((raw) => {
			const id = personId(raw.id ?? raw.pn);
			if (id === null) return [];
			const numbers = phoneOf(id) === null ? [raw.pn, phones.get(id)] : [];
			const { phone } = toPerson(id, ...numbers) ?? { phone: null };
			const known = phone ?? (id === author?.id ? author.phone : null);
			return [{ id, phone: known, role: toRole(raw) }];
		});
}
