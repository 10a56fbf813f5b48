import type { OnGroup } from '../../contract/operations';
import type { Acknowledgement } from '../../model';
import type { Api } from '../../transport/api';
import { readAnswer } from '../cloudApi/answer';
import { linkPath } from '../cloudApi/inviteLink';
import { product } from '../cloudApi/product';
import { surface } from './surface';

/** In Meta's OpenAPI, in no document, and shown to work by nobody yet (providers.md §8). */
export async function revokeInviteLink(api: Api, { group }: OnGroup): Promise<Acknowledgement> {
	const response = await api.request({
		method: 'DELETE',
		path: linkPath(surface, group),
		body: { ...product },
	});
	readAnswer(api, response);
	return { status: 'success' };
}
