import { defineProvider } from '../../contract/provider';
import { wahaCredentialTest } from './credentialTest';
import { session } from './account';
import { wahaErrors } from './errors';
import { wahaTrigger } from './events';
import { createGroup, deleteGroup, getGroup, leaveGroup, listGroups, updateGroup } from './group';
import { groupId, participantId } from './ids';
import { getInviteLink, resetInviteLink } from './inviteLink';
import { sendText } from './message';
import {
	addParticipants,
	demoteParticipants,
	listParticipants,
	promoteParticipants,
	removeParticipants,
} from './participant';
import { getPicture, removePicture, setPicture } from './picture';
import { getSettings, updateSettings } from './settings';

const groups = '/api/{session}/groups';
const group = `${groups}/{id}`;
const security = `${group}/settings/security`;
const noJoinRequests =
	'Join requests at WAHA are not part of this node yet: approve or reject them in WhatsApp, under Group info.';

/** WAHA, a server of one's own with any of its engines (providers.md §3). */
export const waha = defineProvider({
	id: 'waha',
	name: 'WAHA',
	credentialName: 'whatsAppGroupsWahaApi',
	credentialTest: wahaCredentialTest,
	account: session,
	// WAHA documents no limits (§7); it passes pictures on to WhatsApp, which takes these.
	limits: { picture: { size: 5 * 1024 * 1024, mimeTypes: ['image/jpeg', 'image/png'] } },
	operations: {
		'group.create': { run: createGroup, endpoints: [`POST ${groups}`] },
		'group.delete': { run: deleteGroup, endpoints: [`DELETE ${group}`] },
		'group.get': { run: getGroup, endpoints: [`GET ${group}`] },
		'group.getAll': { run: listGroups, endpoints: [`GET ${groups}`] },
		'group.leave': { run: leaveGroup, endpoints: [`POST ${group}/leave`] },
		'group.update': {
			run: updateGroup,
			endpoints: [`PUT ${group}/subject`, `PUT ${group}/description`],
		},
		'groupPicture.get': { run: getPicture, endpoints: [`GET ${group}/picture`] },
		'groupPicture.remove': { run: removePicture, endpoints: [`DELETE ${group}/picture`] },
		'groupPicture.set': { run: setPicture, endpoints: [`PUT ${group}/picture`] },
		'groupSetting.get': {
			run: getSettings,
			endpoints: [`GET ${security}/info-admin-only`, `GET ${security}/messages-admin-only`],
		},
		'groupSetting.update': {
			run: updateSettings,
			endpoints: [`PUT ${security}/info-admin-only`, `PUT ${security}/messages-admin-only`],
		},
		'inviteLink.get': { run: getInviteLink, endpoints: [`GET ${group}/invite-code`] },
		'inviteLink.reset': { run: resetInviteLink, endpoints: [`POST ${group}/invite-code/revoke`] },
		'message.send': { run: sendText, endpoints: ['POST /api/sendText'] },
		'participant.add': { run: addParticipants, endpoints: [`POST ${group}/participants/add`] },
		'participant.demote': { run: demoteParticipants, endpoints: [`POST ${group}/admin/demote`] },
		'participant.getAll': {
			run: listParticipants,
			// The second on servers that do not have the first.
			endpoints: [`GET ${group}/participants/v2`, `GET ${group}/participants`],
		},
		'participant.promote': { run: promoteParticipants, endpoints: [`POST ${group}/admin/promote`] },
		'participant.remove': {
			run: removeParticipants,
			endpoints: [`POST ${group}/participants/remove`],
		},
	},
	features: [
		'group.create.participants',
		'group.update.description',
		'message.send.linkPreview',
		'message.send.mentions',
		'message.send.replyTo',
	],
	unsupported: {
		'inviteLink.revoke':
			'WAHA cannot revoke a link without a new one: use Reset, and keep the new link to yourself.',
		'joinRequest.approve': noJoinRequests,
		'joinRequest.getAll': noJoinRequests,
		'joinRequest.reject': noJoinRequests,
		'template.createInvite':
			'WAHA has no templates: send the invite link in a message of your own.',
	},
	groupIdExample: '120363414984201825@g.us',
	groupId,
	participantId,
	emptyListHint:
		'The session is in no group that WAHA knows of. Right after a session was started, its groups take a while to appear.',
	errors: wahaErrors,
	trigger: wahaTrigger,
});
