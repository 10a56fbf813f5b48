import type { Acknowledgement, InviteLink } from '../../model';
import type { Api } from '../../transport/api';
import { path } from '../../transport/connection';
import { toInviteLink } from '../inviteLink';
import type { Answer, OnGroup } from '../../contract/operations';
import { asText } from '../../transport/json';
import { readDone, readGroup } from './answer';

/** Gives the link, and makes one where there is none (providers.md §1.2). */
export async function getInviteLink(api: Api, { group }: OnGroup): Promise<Answer<InviteLink>> {
	const response = await api.request({
		method: 'GET',
		path: path`/v1/whatsapp/groups/${group}/invite`,
	});
	const raw = readGroup(api, response);
	const link = asText(raw.link);
	if (link === null) throw api.unreadable(response);
	return { model: toInviteLink(link) };
}

export async function revokeInviteLink(api: Api, { group }: OnGroup): Promise<Acknowledgement> {
	const response = await api.request({
		method: 'DELETE',
		path: path`/v1/whatsapp/groups/${group}/invite`,
	});
	return readDone(api, response);
}

/** Sinch has no call for this: revoking, then asking for the link, makes a new one. */
export async function resetInviteLink(api: Api, input: OnGroup): Promise<Answer<InviteLink>> {
	await revokeInviteLink(api, input);
	return await api.after(
		'The old link no longer works, but the new one could not be read: run Invite Link: Get.',
		async () => await getInviteLink(api, input),
		'unknown',
	);
}
