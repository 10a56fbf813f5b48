import type { GroupEvent } from '../model';

/** What a webhook told of a request for a group. */
export interface Creation {
	/** Nothing when it was not created. */
	groupId: string | null;
	/** Why not, in the provider's words. */
	reason: string | null;
}

const mostRemembered = 1000;

/** By the id of the request, the oldest first. */
const creations = new Map<string, Creation>();

/**
 * Notes what deliveries tell of groups that were asked for: the one sure way to know which request a
 * group comes from. It reaches an action node in the same process only, as n8n without queue mode has it.
 */
export function noteCreations(events: readonly GroupEvent[]): void {
	for (const { event, errors, group, requestId } of events) {
		const isCreated = event === 'group.created';
		if (requestId === null || (!isCreated && event !== 'group.createFailed')) continue;
		const [issue] = errors ?? [];
		const reason = issue?.details ?? issue?.message ?? null;
		creations.set(requestId, { groupId: isCreated ? group.id : null, reason });
		const [oldest] = creations.keys();
		if (creations.size > mostRemembered) creations.delete(oldest);
	}
}

/** Nothing while no webhook has told of the request. */
export function creationOf(requestId: string | null): Creation | undefined {
	return requestId === null ? undefined : creations.get(requestId);
}

/** The request that a group comes from, where a webhook has told it. */
export function requestOf(groupId: string): string | undefined {
	return [...creations].find(([, creation]) => creation.groupId === groupId)?.[0];
}
