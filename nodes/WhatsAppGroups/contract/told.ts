import type { GroupEvent } from '../model';

const mostRemembered = 1000;

/** By the id of the request, the oldest first. */
const events = new Map<string, GroupEvent[]>();

/**
 * Notes what deliveries tell of requests: the one sure way to know what became of one. It reaches an
 * action node in the same process only, as n8n without queue mode has it.
 */
export function noteTold(delivered: readonly GroupEvent[]): void {
	for (const event of delivered) {
		const known = toldOf(event.requestId);
		const isKnown = known.some(({ deliveryId }) => deliveryId === event.deliveryId);
		if (event.requestId === null || isKnown) continue;
		events.set(event.requestId, [...known, event]);
		const [oldest] = events.keys();
		if (events.size > mostRemembered) events.delete(oldest);
	}
}

/** Nothing while no webhook has told of the request. */
export function toldOf(requestId: string | null): readonly GroupEvent[] {
	return (requestId === null ? undefined : events.get(requestId)) ?? [];
}

/** The request that a group comes from, where a webhook has told it. */
export function requestOf(groupId: string): string | undefined {
	return [...events].find(([, told]) =>
		told.some(({ event, group }) => event === 'group.created' && group.id === groupId),
	)?.[0];
}

/** Why the provider did not do it, in its own words. */
export function reasonIn({ errors }: GroupEvent): string | null {
	const [issue] = errors ?? [];
	return issue?.details ?? issue?.message ?? null;
}
