import type { TriggerSupport } from '../../contract/trigger';

/** What WhatsApp's Cloud API reports (providers.md §4.5). */
export const cloudApiEvents: TriggerSupport['events'] = {
	'group.created': 'A group that was asked for is there, with its invite link',
	'group.createFailed': 'A group that was asked for could not be created',
	'group.deleted': 'A group was deleted',
	'group.deleteFailed': 'A group could not be deleted',
	'group.updated': 'Subject, description or picture was changed through the API',
	'group.updateFailed': 'Subject, description or picture could not be changed',
	'group.suspended': 'WhatsApp suspended a group',
	'group.unsuspended': 'WhatsApp lifted the suspension of a group',
	'participant.joined': 'Somebody joined by the invite link, or was approved',
	'participant.left': 'Somebody left the group',
	'participant.removed': 'Somebody was removed through the API',
	'participant.removeFailed': 'Somebody could not be removed',
	'joinRequest.created': 'Somebody asks to join a group that needs approval',
	'joinRequest.revoked': 'Somebody takes back the request to join',
	'message.received': 'Somebody writes in the group',
	'message.sent': 'WhatsApp took a message of yours',
	'message.delivered': 'A message of yours arrived at a participant',
	'message.read': 'A participant read a message of yours',
	'message.failed': 'A message of yours could not be delivered',
};
