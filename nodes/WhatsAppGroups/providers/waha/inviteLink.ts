import type { InviteLink } from '../../model';
import type { Api } from '../../transport/api';
import type { ApiRequest } from '../../transport/connection';
import { toInviteLink } from '../inviteLink';
import type { Answer, OnGroup } from '../../contract/operations';
import { asText } from '../../transport/json';
import { checkAllowed } from './answer';
import { groupPath } from './group';

export async function getInviteLink(api: Api, { group }: OnGroup): Promise<Answer<InviteLink>> {
	return await ask(api, 'GET', `${groupPath(api, group)}/invite-code`);
}

/** WAHA calls it revoke, and gives the new code at once. */
export async function resetInviteLink(api: Api, { group }: OnGroup): Promise<Answer<InviteLink>> {
	return await ask(api, 'POST', `${groupPath(api, group)}/invite-code/revoke`);
}

/** A bare code or a whole link, as raw text or as JSON, by engine (providers.md §3.4.3). */
async function ask(
	api: Api,
	method: ApiRequest['method'],
	path: string,
): Promise<Answer<InviteLink>> {
	const response = await api.request({ method, path, acceptText: true });
	checkAllowed(api, response);
	const model = toInviteLink(asText(response.body) ?? '');
	if (!/^[\w-]{6,}$/.test(model.code)) throw api.unreadable(response);
	return { model };
}
