import { isAtLeast } from '../releases';

/** What a webhook can be registered for (providers.md §3.8). */
const EVENTS = [
	'session.status',
	'message',
	'message.any',
	'message.reaction',
	'message.ack',
	'message.ack.group',
	'message.waiting',
	'message.revoked',
	'message.edited',
	'state.change',
	'group.join',
	'group.leave',
	'group.v2.join',
	'group.v2.leave',
	'group.v2.update',
	'group.v2.participants',
	'group.v2.participants.join-request',
	'presence.update',
	'poll.vote',
	'poll.vote.failed',
	'chat.archive',
	'call.received',
	'call.accepted',
	'call.rejected',
	'label.upsert',
	'label.deleted',
	'label.chat.added',
	'label.chat.deleted',
	'event.response',
	'event.response.failed',
	'engine.event',
	'group.v2.participants.join-request',
	'*',
];

/** From which release on (providers.md §3.11). */
const SINCE: Readonly<Record<string, string>> = {
	'group.v2.join': '2025.2.4',
	'group.v2.leave': '2025.2.4',
	'group.v2.update': '2025.2.4',
	'group.v2.participants': '2025.2.4',
	'message.edited': '2025.6.3',
	'message.ack.group': '2025.12.2',
	'group.v2.participants.join-request': '2026.8.2',
};

export function webhookEvents(release: string): string[] {
	return EVENTS.filter((event) => isAtLeast(release, SINCE[event] ?? '0'));
}
