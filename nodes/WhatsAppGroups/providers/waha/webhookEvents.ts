import type { EventName } from '../../model';
import type { Wanted } from '../../contract/trigger';
import { isAtLeast } from './server';
import type { WahaServer } from './server';

interface WahaEvent {
	name: string;
	/** The release that brought it; an older one refuses the whole registration for an unknown name. */
	since?: string;
}

const v2 = (name: string): WahaEvent => ({ name: `group.v2.${name}`, since: '2025.2.4' });
const joinRequest: WahaEvent = {
	name: 'group.v2.participants.join-request',
	since: '2026.8.2',
};
const groupAck: WahaEvent = { name: 'message.ack.group', since: '2025.12.2' };
/** Until `message.ack.group` came, and on NOWEB still for what the server itself acknowledges. */
const ack: WahaEvent = { name: 'message.ack' };

/** The events of WAHA in which each of ours is reported (providers.md §3.8). */
const sources: Readonly<Partial<Record<EventName, readonly WahaEvent[]>>> = {
	// In groups that list the number by its lid, only the change of participants tells of itself.
	'group.joined': [v2('join'), v2('participants')],
	'group.left': [v2('leave'), v2('participants')],
	'group.updated': [v2('update')],
	'joinRequest.created': [joinRequest],
	'joinRequest.rejected': [joinRequest],
	'joinRequest.revoked': [joinRequest],
	'message.deleted': [{ name: 'message.revoked' }],
	'message.edited': [{ name: 'message.edited', since: '2025.6.3' }],
	'message.reaction': [{ name: 'message.reaction' }],
	'message.received': [{ name: 'message' }],
	'message.sent': [groupAck],
	'message.delivered': [groupAck],
	'message.read': [groupAck],
	'message.failed': [groupAck],
	'participant.demoted': [v2('participants')],
	'participant.joined': [v2('participants')],
	'participant.left': [v2('participants')],
	'participant.promoted': [v2('participants')],
	'participant.removed': [v2('participants')],
	'poll.voted': [{ name: 'poll.vote' }],
};

/** What to register on a server, and what that server is too old for. */
export function webhookEvents(
	{ events, ownMessages }: Wanted,
	server: WahaServer,
): { names: string[]; missing: Array<{ event: EventName; since: string }> } {
	const names = new Set<string>();
	const missing = new Map<EventName, string>();
	const wanted = events.flatMap((event) =>
		(sources[event] ?? []).map((source) => ({ event, ...source })),
	);
	for (const { event, name, since } of wanted) {
		const isKnown = since === undefined || isAtLeast(server.release, since);
		if (isKnown) names.add(name === 'message' && ownMessages ? 'message.any' : name);
		else if (name !== groupAck.name) missing.set(event, since);
		const mayComeOtherwise = server.engine === null || server.engine === 'NOWEB';
		if (name === groupAck.name && (!isKnown || mayComeOtherwise)) names.add(ack.name);
	}
	return {
		names: [...names],
		missing: [...missing].map(([event, since]) => ({ event, since })),
	};
}

/** Whether any of the names is about what became of a message. */
export function hasStatuses(names: readonly unknown[]): boolean {
	return names.includes(groupAck.name) || names.includes(ack.name);
}
