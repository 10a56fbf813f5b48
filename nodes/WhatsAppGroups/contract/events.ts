import type { GroupEvent } from '../model';

/** An event of which only what is given is known. */
export function groupEvent(
	known: Pick<GroupEvent, 'event' | 'deliveryId' | 'timestamp'> &
		Partial<Omit<GroupEvent, 'group'>> & { group: Partial<GroupEvent['group']> },
): GroupEvent {
	return {
		actor: null,
		participants: null,
		message: null,
		changes: null,
		joinRequest: null,
		requestId: null,
		errors: null,
		...known,
		group: { id: null, subject: null, ...known.group },
	};
}
