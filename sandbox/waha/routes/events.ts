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
	'*',
];

export function webhookEvents(release: string): string[] {
	const joinRequests = isAtLeast(release, '2026.8.2');
	return joinRequests ? [...EVENTS, 'group.v2.participants.join-request'] : EVENTS;
}
