import type { TriggerSupport } from '../../contract/trigger';
import { sameSecret } from '../../contract/delivery';
import { parseEnvelope } from '../cloudApi/events';
import { registration, secretHeader } from './registration';

export const dialog360Trigger: TriggerSupport = {
	events: {
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
	},
	notice:
		'A 360dialog number has one webhook URL. While this workflow is published, and during a test run, its trigger has that place; afterwards the URL that was there before is put back. Only one published workflow can have a number: the last one published takes it over, and says so in the log of n8n.',
	registration,
	verify: ({ headers }, secret) =>
		sameSecret(headers[secretHeader.toLowerCase()], secret)
			? undefined
			: `the header ${secretHeader} is missing or not the one that was registered`,
	parse: ({ body }) => parseEnvelope(body),
};
