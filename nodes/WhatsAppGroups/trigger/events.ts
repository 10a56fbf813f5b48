import type { EventName } from '../model';

/** How the editor names each event, in the order in which it lists them. */
export const eventLabels: Readonly<Record<EventName, string>> = {
	'group.created': 'Group Created',
	'group.createFailed': 'Group Creation Failed',
	'group.deleted': 'Group Deleted',
	'group.deleteFailed': 'Group Deletion Failed',
	'group.suspended': 'Group Suspended',
	'group.unsuspended': 'Group Suspension Cleared',
	'group.updateFailed': 'Group Update Failed',
	'group.updated': 'Group Updated',
	'joinRequest.created': 'Join Request Created',
	'joinRequest.rejected': 'Join Request Rejected',
	'joinRequest.revoked': 'Join Request Revoked',
	'message.deleted': 'Message Deleted',
	'message.delivered': 'Message Delivered',
	'message.edited': 'Message Edited',
	'message.failed': 'Message Failed',
	'message.reaction': 'Message Reaction',
	'message.read': 'Message Read',
	'message.received': 'Message Received',
	'message.sent': 'Message Sent',
	'participant.demoted': 'Participant Demoted From Admin',
	'participant.joined': 'Participant Joined',
	'participant.left': 'Participant Left',
	'participant.promoted': 'Participant Promoted to Admin',
	'participant.removeFailed': 'Participant Removal Failed',
	'participant.removed': 'Participant Removed',
	'poll.voted': 'Poll Voted',
	'group.joined': 'You Joined a Group',
	'group.left': 'You Left a Group',
};

/** Statuses of messages that the account sent: the option Include Message Statuses asks for them. */
export const statusEvents: readonly EventName[] = [
	'message.sent',
	'message.delivered',
	'message.read',
	'message.failed',
];

/** What the account may do itself as well: the option Ignore Own Messages leaves that out. */
export const ownableEvents: readonly EventName[] = [
	'message.received',
	'message.reaction',
	'message.edited',
	'message.deleted',
	'poll.voted',
];
