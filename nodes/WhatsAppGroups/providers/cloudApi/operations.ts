import type { Api } from '../../transport/api';
import { createGroup, deleteGroup, getGroup, listGroups, updateGroup } from './group';
import { sendInvite } from './invite';
import { getInviteLink, resetInviteLink } from './inviteLink';
import { approveJoinRequests, listJoinRequests, rejectJoinRequests } from './joinRequest';
import { sendMessage } from './message';
import { getMedia } from './media';
import { listParticipants, removeParticipants } from './participant';
import { setPicture } from './picture';
import { pinMessage, unpinMessage } from './pin';
import type { Surface } from './surface';
import { createInviteTemplate } from './template';

/** The operations of WhatsApp's Cloud API, wherever a service has put it. */
export function cloudApiOperations(at: Surface) {
	const on =
		<I, R>(run: (at: Surface, api: Api, input: I) => R) =>
		(api: Api, input: I) =>
			run(at, api, input);
	const { number, group, templates } = at.documented;
	return {
		'group.create': { run: on(createGroup), endpoints: [`POST ${number}/groups`] },
		'group.delete': { run: on(deleteGroup), endpoints: [`DELETE ${group}`] },
		'group.get': { run: on(getGroup), endpoints: [`GET ${group}?fields=…`] },
		'group.getAll': { run: on(listGroups), endpoints: [`GET ${number}/groups`] },
		'group.update': { run: on(updateGroup), endpoints: [`POST ${group}`] },
		'groupPicture.set': { run: on(setPicture), endpoints: [`POST ${group}`] },
		'inviteLink.get': { run: on(getInviteLink), endpoints: [`GET ${group}/invite_link`] },
		'inviteLink.reset': { run: on(resetInviteLink), endpoints: [`POST ${group}/invite_link`] },
		'inviteLink.send': { run: on(sendInvite), endpoints: [`POST ${number}/messages`] },
		'joinRequest.approve': {
			run: on(approveJoinRequests),
			endpoints: [`POST ${group}/join_requests`],
		},
		'joinRequest.getAll': {
			run: on(listJoinRequests),
			endpoints: [`GET ${group}/join_requests`],
		},
		'joinRequest.reject': {
			run: on(rejectJoinRequests),
			endpoints: [`DELETE ${group}/join_requests`],
		},
		'message.send': { run: on(sendMessage), endpoints: [`POST ${number}/messages`] },
		'message.pin': { run: on(pinMessage), endpoints: [`POST ${number}/messages`] },
		'message.unpin': { run: on(unpinMessage), endpoints: [`POST ${number}/messages`] },
		// The second at the address that the first tells.
		'message.getMedia': {
			run: on(getMedia),
			endpoints: ['GET /{media_id}', 'GET /whatsapp_business/attachments/?mid=…'],
		},
		'participant.getAll': { run: on(listParticipants), endpoints: [`GET ${group}?fields=…`] },
		'participant.remove': {
			run: on(removeParticipants),
			endpoints: [`DELETE ${group}/participants`],
			isPlain: true as const,
		},
		'template.createInvite': { run: on(createInviteTemplate), endpoints: [`POST ${templates}`] },
	};
}
