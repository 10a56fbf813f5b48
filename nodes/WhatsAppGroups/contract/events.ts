import type { EventMessage, GroupEvent } from '../model';
import { asList, asRecord } from '../transport/json';
import type { Json } from '../transport/json';

/** An event of which only what is given is known. */
export function groupEvent(
	known: Pick<GroupEvent, 'event' | 'deliveryId' | 'timestamp'> &
		Partial<Omit<GroupEvent, 'group'>> & {
			group: Pick<GroupEvent['group'], 'id'> & Partial<GroupEvent['group']>;
		},
): GroupEvent {
	return {
		account: null,
		actor: null,
		participants: null,
		message: null,
		changes: null,
		joinRequest: null,
		requestId: null,
		errors: null,
		...known,
		group: { id: known.group.id, subject: known.group.subject ?? null },
	};
}

/** A message of which only what is given is known. */
export function eventMessage(
	known: Pick<EventMessage, 'id' | 'type' | 'fromMe'> & Partial<EventMessage>,
): EventMessage {
	return { text: null, media: null, content: null, replyTo: null, mentions: null, ...known };
}

/**
 * The events of each element of a delivery. One that is not what the provider documents costs itself
 * only: a failure would make the provider send the whole delivery again and again, for nothing.
 */
export function readEach(elements: unknown, read: (element: Json) => GroupEvent[]): GroupEvent[] {
	return asList(elements)
		.map(asRecord)
		.flatMap((element) => {
			try {
				return read(element);
			} catch {
				return [];
			}
		});
}

/** The record without what is unknown; `null` when nothing is known. */
export function knownPart(record: Json): Json | null {
	const known = Object.entries(record).filter(([, value]) => value !== undefined && value !== null);
	return known.length === 0 ? null : Object.fromEntries(known);
}
