import { defineProvider } from '../../contract/provider';
import { dialog360CredentialTest } from './credentialTest';
import { createGroup, deleteGroup, getGroup, listGroups, updateGroup } from './group';
import { dialog360Errors } from './errors';
import { dialog360Trigger } from './events';
import { groupId, participantId } from './ids';
import { getInviteLink, resetInviteLink } from './inviteLink';
import { approveJoinRequests, listJoinRequests, rejectJoinRequests } from './joinRequest';
import { sendText } from './message';
import { listParticipants, removeParticipants } from './participant';
import { setPicture } from './picture';
import { createInviteTemplate } from './template';

const group = '/groups/{group_id}';
const noPictureAccess =
	'360dialog can only set the picture of a group, not read or remove it: use Group Picture: Set.';
const noSettings =
	'360dialog has no such settings: Join Approval Mode is chosen when a group is created, and Group: Get shows it.';
const noRoles =
	'360dialog has no admins beside the business itself: nobody can be promoted or demoted.';

/** 360dialog, which passes Meta's groups API through (providers.md §2). */
export const dialog360 = defineProvider({
	id: 'dialog360',
	name: '360dialog',
	credentialName: 'whatsAppGroups360DialogApi',
	credentialTest: dialog360CredentialTest,
	limits: {
		subject: 128,
		description: 2048,
		picture: { size: 5 * 1024 * 1024, mimeTypes: ['image/jpeg'] },
	},
	operations: {
		'group.create': { run: createGroup, endpoints: ['POST /groups'] },
		'group.delete': { run: deleteGroup, endpoints: [`DELETE ${group}`] },
		'group.get': { run: getGroup, endpoints: [`GET ${group}?fields=…`] },
		'group.getAll': { run: listGroups, endpoints: ['GET /groups'] },
		'group.update': { run: updateGroup, endpoints: [`POST ${group}`] },
		'groupPicture.set': { run: setPicture, endpoints: [`POST ${group}`] },
		'inviteLink.get': { run: getInviteLink, endpoints: [`GET ${group}/invite_link`] },
		'inviteLink.reset': { run: resetInviteLink, endpoints: [`POST ${group}/invite_link`] },
		'joinRequest.approve': {
			run: approveJoinRequests,
			endpoints: [`POST ${group}/join_requests`],
		},
		'joinRequest.getAll': { run: listJoinRequests, endpoints: [`GET ${group}/join_requests`] },
		'joinRequest.reject': {
			run: rejectJoinRequests,
			endpoints: [`DELETE ${group}/join_requests`],
		},
		'message.send': { run: sendText, endpoints: ['POST /messages'] },
		'participant.getAll': { run: listParticipants, endpoints: [`GET ${group}?fields=…`] },
		'participant.remove': {
			run: removeParticipants,
			endpoints: [`DELETE ${group}/participants`],
			isPlain: true,
		},
		'template.createInvite': {
			run: createInviteTemplate,
			endpoints: ['POST /v1/configs/templates'],
		},
	},
	features: [
		'group.create.description',
		'group.create.joinApprovalMode',
		'group.create.waitForResult',
		'group.update.description',
		'message.send.linkPreview',
		'message.send.replyTo',
	],
	unsupported: {
		'group.getCount':
			'360dialog does not count groups: use Get Many with Return All, and count the items.',
		'group.getInvitePreview':
			'360dialog cannot look at an invite link: open it in WhatsApp to see the group.',
		'group.join':
			'360dialog cannot join a group by its link: the number is in the groups that it creates itself.',
		'group.leave': '360dialog cannot leave a group: use Delete, which removes everybody.',
		'group.refresh': '360dialog always gives the groups as they are: nothing has to be refreshed.',
		'groupPicture.get': noPictureAccess,
		'groupPicture.remove': noPictureAccess,
		'groupSetting.get': noSettings,
		'groupSetting.update': noSettings,
		'inviteLink.revoke':
			'360dialog cannot revoke a link without a new one: use Reset, and keep the new link to yourself.',
		'participant.add': '360dialog cannot add participants: send them the invite link.',
		'participant.checkNumber':
			'360dialog cannot check a number: a message to one that is not on WhatsApp fails.',
		'participant.demote': noRoles,
		'participant.promote': noRoles,
	},
	groupIdExample: 'Y2FwaV9ncm91cDoxNzA1NTU1MDEzOToxMjAzNjM0MDQ2OTQyMzM4MjAZD',
	groupId,
	participantId,
	emptyListHint: 'The number has no active group: create one first.',
	errors: dialog360Errors,
	trigger: dialog360Trigger,
});
