import { defineProvider } from '../../contract/provider';
import { sinchCredentialTest } from './credentialTest';
import { sinchErrors } from './errors';
import { sinchTrigger } from './events';
import { createGroup, getGroup, leaveGroup, listGroups, updateGroup } from './group';
import { groupId, participantId } from './ids';
import { getInviteLink, resetInviteLink, revokeInviteLink } from './inviteLink';
import { sendMessage } from './message';
import { sendInvite } from './sendInvite';
import { sinchLacksMessages, sinchMessages } from './messages';
import { getMedia } from './media';
import {
	demoteParticipants,
	listParticipants,
	promoteParticipants,
	removeParticipants,
} from './participant';
import { getPicture, removePicture, setPicture } from './picture';

const groups = '/v1/whatsapp/groups';
const group = `${groups}/{groupId}`;

/** Sinch Messaging, formerly Wavy (providers.md §1). */
export const sinch = defineProvider({
	id: 'sinch',
	name: 'Sinch (Wavy)',
	credentialName: 'whatsAppGroupsSinchApi',
	credentialTest: sinchCredentialTest,
	limits: {
		subject: 25,
		// Sinch documents neither size nor types (§1.2); these are WhatsApp's own for group pictures.
		picture: { size: 5 * 1024 * 1024, mimeTypes: ['image/jpeg', 'image/png'] },
	},
	operations: {
		'group.create': { run: createGroup, endpoints: [`POST ${groups}`] },
		'group.get': { run: getGroup, endpoints: [`GET ${group}`] },
		'group.getAll': { run: listGroups, endpoints: [`GET ${groups}`] },
		'group.leave': { run: leaveGroup, endpoints: [`POST ${group}/leave`] },
		'group.update': { run: updateGroup, endpoints: [`PUT ${group}`] },
		'groupPicture.get': { run: getPicture, endpoints: [`GET ${group}/icon`] },
		'groupPicture.remove': { run: removePicture, endpoints: [`DELETE ${group}/icon`] },
		'groupPicture.set': { run: setPicture, endpoints: [`POST ${group}/icon`] },
		'inviteLink.get': { run: getInviteLink, endpoints: [`GET ${group}/invite`] },
		'inviteLink.reset': {
			run: resetInviteLink,
			endpoints: [`DELETE ${group}/invite`, `GET ${group}/invite`],
		},
		'inviteLink.revoke': { run: revokeInviteLink, endpoints: [`DELETE ${group}/invite`] },
		'inviteLink.send': {
			run: sendInvite,
			endpoints: [`GET ${group}/invite`, 'POST /v1/whatsapp/send'],
		},
		'message.send': { run: sendMessage, endpoints: ['POST /v1/whatsapp/send'] },
		'message.getMedia': { run: getMedia, endpoints: ['GET {mediaUrl}'] },
		'participant.demote': {
			run: demoteParticipants,
			endpoints: [`DELETE ${group}/admins`],
			isPlain: true,
		},
		'participant.getAll': { run: listParticipants, endpoints: [`GET ${group}`], isPlain: true },
		'participant.promote': {
			run: promoteParticipants,
			endpoints: [`PATCH ${group}/admins`],
			isPlain: true,
		},
		'participant.remove': {
			run: removeParticipants,
			endpoints: [`DELETE ${group}/participants`],
			isPlain: true,
		},
	},
	messages: sinchMessages,
	unsupportedMessages: sinchLacksMessages,
	features: [
		'group.getAll.loadDetails',
		'inviteLink.send.text',
		'message.send.correlationId',
		'message.send.templateByName',
	],
	unsupported: {
		'group.delete':
			'Sinch cannot delete a group: use Leave, and the group lives on for the others.',
		'group.getCount':
			'Sinch does not count groups: use Get Many with Return All, and count the items.',
		'group.getInvitePreview':
			'Sinch cannot look at an invite link: open it in WhatsApp to see the group.',
		'group.join':
			'Sinch cannot join a group by its link: the number is in the groups that it creates itself.',
		'group.refresh': 'Sinch always gives the groups as they are: nothing has to be refreshed.',
		'groupSetting.get': 'Sinch has no group settings to read.',
		'groupSetting.update': 'Sinch has no group settings: admins change them in WhatsApp itself.',
		'joinRequest.approve': 'Sinch has no join requests: whoever has the invite link joins at once.',
		'joinRequest.getAll': 'Sinch has no join requests: whoever has the invite link joins at once.',
		'joinRequest.reject': 'Sinch has no join requests: use Invite Link: Revoke to keep people out.',
		'message.delete': 'Sinch cannot delete a message: send a correction with Message: Send.',
		'message.edit': 'Sinch cannot edit a message: send the corrected one with Message: Send.',
		'message.forward': 'Sinch cannot forward a message: send its text anew with Message: Send.',
		'message.pin': 'Sinch cannot pin a message: an admin of the group does it in WhatsApp itself.',
		'message.react': 'Sinch has no reactions in groups: answer with Message: Send.',
		'message.unpin':
			'Sinch cannot unpin a message: an admin of the group does it in WhatsApp itself.',
		'participant.add':
			'Sinch cannot add participants: send them the invite link with Invite Link: Send.',
		'participant.checkNumber':
			'Sinch cannot check a number: a message to one that is not on WhatsApp fails.',
		'template.createInvite':
			'Sinch has no invite template: send the invite link with Invite Link: Send.',
	},
	groupIdExample: '5519900000000-1513616971',
	groupId,
	participantId,
	emptyListHint: 'The account is in no group: create one first.',
	errors: sinchErrors,
	trigger: sinchTrigger,
});
