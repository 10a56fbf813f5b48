import type { InviteLink } from '../../model';
import type { Api } from '../../transport/api';
import type { ApiResponse } from '../../transport/response';
import { readAnswer } from './answer';
import { toLink } from './readers';
import type { Answer, OnGroup } from '../../contract/operations';
import { product } from './product';
import type { Surface } from './surface';

export async function getInviteLink(
	at: Surface,
	api: Api,
	{ group }: OnGroup,
): Promise<Answer<InviteLink>> {
	const response = await api.request({ method: 'GET', path: linkPath(at, group) });
	return read(api, response);
}

/** All earlier links stop working (providers.md §2.2). */
export async function resetInviteLink(
	at: Surface,
	api: Api,
	{ group }: OnGroup,
): Promise<Answer<InviteLink>> {
	const response = await api.request({
		method: 'POST',
		path: linkPath(at, group),
		body: { ...product },
	});
	return read(api, response);
}

export function linkPath(at: Surface, group: string): string {
	return `${at.group(group)}/invite_link`;
}

function read(api: Api, response: ApiResponse): Answer<InviteLink> {
	const link = toLink(readAnswer(api, response));
	if (!link) throw api.unreadable(response);
	return link;
}
