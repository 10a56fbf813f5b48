import type { EventName } from '../../model';

/** The events of WAHA in which each of ours is reported (providers.md §3.8). */
export const eventNames: Readonly<Partial<Record<EventName, readonly string[]>>> = {
	// In groups that list the number by its lid, only the change of participants tells of itself.
	'group.joined': ['group.v2.join', 'group.v2.participants'],
	'group.left': ['group.v2.leave', 'group.v2.participants'],
	'group.updated': ['group.v2.update'],
	'joinRequest.created': ['group.v2.participants.join-request'],
	'joinRequest.rejected': ['group.v2.participants.join-request'],
	'joinRequest.revoked': ['group.v2.participants.join-request'],
	'message.received': ['message'],
	// What the server of WhatsApp says of a message to a group comes on NOWEB as `message.ack`.
	'message.sent': ['message.ack.group', 'message.ack'],
	'message.delivered': ['message.ack.group'],
	'message.read': ['message.ack.group'],
	'message.failed': ['message.ack.group', 'message.ack'],
	'participant.demoted': ['group.v2.participants'],
	'participant.joined': ['group.v2.participants'],
	'participant.left': ['group.v2.participants'],
	'participant.promoted': ['group.v2.participants'],
	'participant.removed': ['group.v2.participants'],
};
