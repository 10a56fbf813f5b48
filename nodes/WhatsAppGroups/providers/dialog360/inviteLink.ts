import type { InviteLink } from '../../model';
import type { Api } from '../../transport/api';
import { path } from '../../transport/connection';
import type { ApiResponse } from '../../transport/response';
import { readAnswer } from '../cloudApi/answer';
import { toLink } from '../cloudApi/readers';
import type { Answer, OnGroup } from '../../contract/operations';
import { product } from './product';

export async function getInviteLink(api: Api, { group }: OnGroup): Promise<Answer<InviteLink>> {
	const response = await api.request({ method: 'GET', path: path`/groups/${group}/invite_link` });
	return read(api, response);
}

/** All earlier links stop working (providers.md §2.2). */
export async function resetInviteLink(api: Api, { group }: OnGroup): Promise<Answer<InviteLink>> {
	const response = await api.request({
		method: 'POST',
		path: path`/groups/${group}/invite_link`,
		body: { ...product },
	});
	return read(api, response);
}

function read(api: Api, response: ApiResponse): Answer<InviteLink> {
	const link = toLink(readAnswer(api, response));
	if (!link) throw api.unreadable(response);
	return link;
}
