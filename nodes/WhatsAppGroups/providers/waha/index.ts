import { defineProvider } from '../../contract/provider';
import { wahaCredentialTest } from './credentialTest';
import { session } from './account';
import { wahaErrors } from './errors';
import { wahaTrigger } from './events';
import { checkNumbers } from './checkNumber';
import { createGroup, deleteGroup, getGroup, leaveGroup, listGroups, updateGroup } from './group';
import { countGroups, refreshGroups } from './groups';
import { groupId, participantId } from './ids';
import { getInvitePreview, joinGroup } from './invite';
import { getInviteLink, resetInviteLink } from './inviteLink';
import { approveJoinRequests, listJoinRequests, rejectJoinRequests } from './joinRequest';
import { sendMessage } from './message';
import { sendInvite } from './sendInvite';
import { wahaLacksMessages, wahaMessages } from './messages';
import { forwardMessage } from './forwardMessage';
import { deleteMessage, editMessage, reactToMessage } from './messageChanges';
import { getMedia } from './media';
import {
	addParticipants,
	demoteParticipants,
	listParticipants,
	promoteParticipants,
	removeParticipants,
} from './participant';
import { getPicture, removePicture, setPicture } from './picture';
import { pinMessage, unpinMessage } from './pin';
import { getSettings, updateSettings } from './settings';

const groups = '/api/{session}/groups';
const group = `${groups}/{id}`;
const security = `${group}/settings/security`;
const lids = '/api/{session}/lids';
const message = '/api/{session}/chats/{chatId}/messages/{messageId}';
const members = [`GET ${group}/participants/v2`, `GET ${group}/participants`];
const requests = `${group}/participants/join-requests`;
const settings = [
	'info-admin-only',
	'messages-admin-only',
	'member-add-mode',
	'membership-approval',
];

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
		'group.getCount': { run: countGroups, endpoints: [`GET ${groups}/count`] },
		'group.getInvitePreview': { run: getInvitePreview, endpoints: [`GET ${groups}/join-info`] },
		'group.join': {
			run: joinGroup,
			endpoints: [`GET ${groups}/join-info`, `POST ${groups}/join`],
		},
		'group.leave': { run: leaveGroup, endpoints: [`POST ${group}/leave`] },
		'group.refresh': { run: refreshGroups, endpoints: [`POST ${groups}/refresh`] },
		'group.update': {
			run: updateGroup,
			endpoints: [`PUT ${group}/subject`, `PUT ${group}/description`],
		},
		'groupPicture.get': { run: getPicture, endpoints: [`GET ${group}/picture`] },
		'groupPicture.remove': { run: removePicture, endpoints: [`DELETE ${group}/picture`] },
		'groupPicture.set': { run: setPicture, endpoints: [`PUT ${group}/picture`] },
		'groupSetting.get': {
			run: getSettings,
			endpoints: settings.map((setting) => `GET ${security}/${setting}`),
		},
		'groupSetting.update': {
			run: updateSettings,
			endpoints: settings.map((setting) => `PUT ${security}/${setting}`),
		},
		'inviteLink.get': { run: getInviteLink, endpoints: [`GET ${group}/invite-code`] },
		'inviteLink.reset': { run: resetInviteLink, endpoints: [`POST ${group}/invite-code/revoke`] },
		'inviteLink.send': {
			run: sendInvite,
			endpoints: [`GET ${group}/invite-code`, 'POST /api/sendText'],
		},
		'joinRequest.approve': { run: approveJoinRequests, endpoints: [`POST ${requests}/approve`] },
		'joinRequest.getAll': { run: listJoinRequests, endpoints: [`GET ${requests}`] },
		'joinRequest.reject': { run: rejectJoinRequests, endpoints: [`POST ${requests}/reject`] },
		'message.send': { run: sendMessage, endpoints: ['POST /api/sendText'] },
		// An empty answer of WEBJS proves nothing: then the message is looked up.
		'message.delete': {
			run: deleteMessage,
			endpoints: [`DELETE ${message}`, `GET ${message}`],
		},
		'message.edit': { run: editMessage, endpoints: [`PUT ${message}`] },
		'message.forward': {
			run: forwardMessage,
			endpoints: ['POST /api/forwardMessage', 'GET /api/version', `GET ${message}`],
		},
		'message.pin': { run: pinMessage, endpoints: [`POST ${message}/pin`] },
		'message.react': {
			run: reactToMessage,
			endpoints: ['PUT /api/reaction', `GET ${message}`],
		},
		'message.unpin': { run: unpinMessage, endpoints: [`POST ${message}/unpin`] },
		// The second where the first has expired, or the ID of a message is given; the first follows it.
		'message.getMedia': {
			run: getMedia,
			endpoints: [
				'GET /api/files/{file}',
				'GET /api/{session}/chats/{chatId}/messages/{messageId}?downloadMedia=true',
			],
		},
		// The first only with Check Numbers First.
		'participant.add': {
			run: addParticipants,
			endpoints: ['GET /api/contacts/check-exists', `POST ${group}/participants/add`],
		},
		'participant.checkNumber': {
			run: checkNumbers,
			endpoints: ['GET /api/contacts/check-exists'],
		},
		// People are named by number in a group that may hide it: the members are read first. Of their lists
		// the second is for servers that do not have the first; where neither has a number, WAHA is asked.
		'participant.demote': {
			run: demoteParticipants,
			endpoints: [...members, `GET ${lids}/pn/{phone}`, `POST ${group}/admin/demote`],
		},
		'participant.getAll': {
			run: listParticipants,
			// The last two only with Resolve Phone Numbers, for up to five numbers and for more.
			endpoints: [...members, `GET ${lids}/{lid}`, `GET ${lids}`],
		},
		'participant.promote': {
			run: promoteParticipants,
			endpoints: [...members, `GET ${lids}/pn/{phone}`, `POST ${group}/admin/promote`],
		},
		'participant.remove': {
			run: removeParticipants,
			endpoints: [...members, `GET ${lids}/pn/{phone}`, `POST ${group}/participants/remove`],
		},
	},
	messages: wahaMessages,
	unsupportedMessages: wahaLacksMessages,
	features: [
		'group.create.participants',
		'group.getAll.excludeParticipants',
		'group.getAll.sort',
		'group.update.description',
		'inviteLink.send.text',
		'message.send.linkPreview',
		'message.send.linkPreviewHighQuality',
		'message.send.mentions',
		'message.send.replyTo',
		'participant.add.checkNumbers',
		'participant.getAll.resolvePhones',
	],
	unsupported: {
		'inviteLink.revoke':
			'WAHA cannot revoke a link without a new one: use Reset, and keep the new link to yourself.',
		'template.createInvite': 'WAHA has no templates: send the invite link with Invite Link: Send.',
	},
	groupIdExample: '120363414984201825@g.us',
	groupId,
	participantId,
	emptyListHint:
		'The session is in no group that WAHA knows of. Right after a session was started, its groups take a while to appear.',
	errors: wahaErrors,
	trigger: wahaTrigger,
});
