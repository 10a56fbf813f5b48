import type { CreatedGroup, Group } from '../../model';
import type { Api } from '../../transport/api';
import { path } from '../../transport/connection';
import { groupFields, nextCursor, toGroup, toGroupList, toProviderMode } from '../cloudApi/readers';
import type { Answer, CreateGroup, ListGroups, OnGroup, Page, UpdateGroup } from '../provider';
import { asRecord, asText, firstOf } from '../read';
import { groupsBefore, waitForGroup } from './wait';

export const product = { messaging_product: 'whatsapp' } as const;

/**
 * The group is made later: the answer has the id of the request, and documents differ on further keys
 * (providers.md §6.1, §8).
 */
export async function createGroup(api: Api, input: CreateGroup): Promise<Answer<CreatedGroup>> {
	if (input.waitSeconds > 0) await groupsBefore(api);
	const response = await api.request({
		method: 'POST',
		path: '/groups',
		body: {
			...product,
			subject: input.subject,
			description: input.description,
			join_approval_mode: toProviderMode(input.joinApprovalMode),
		},
	});
	const raw = asRecord(response.body);
	const id = firstOf(asText(raw.id), asText(raw.group_id));
	const requestId = asText(raw.request_id);
	if (id === null && requestId === null) throw api.refusal(response);
	const pending: CreatedGroup = {
		status: id === null ? 'pending' : 'created',
		id,
		requestId,
		subject: input.subject,
		createdAt: null,
		inviteLink: null,
		participants: null,
	};
	return input.waitSeconds > 0
		? await waitForGroup(api, pending, input.waitSeconds)
		: { model: pending, raw };
}

export async function getGroup(api: Api, { group }: OnGroup): Promise<Answer<Group>> {
	const response = await api.request({
		method: 'GET',
		path: path`/groups/${group}`,
		qs: { fields: groupFields },
	});
	const raw = asRecord(response.body);
	if (asText(raw.id) === null) throw api.refusal(response);
	return { model: toGroup(raw), raw };
}

export async function listGroups(
	api: Api,
	{ limit, cursor }: Pick<ListGroups, 'limit' | 'cursor'>,
): Promise<Page<Group>> {
	const { body } = await api.request({
		method: 'GET',
		path: '/groups',
		qs: { limit, ...(cursor === undefined ? {} : { after: cursor }) },
	});
	return { entries: toGroupList(body), next: nextCursor(body) };
}

export async function updateGroup(
	api: Api,
	{ group, subject, description }: UpdateGroup,
): Promise<void> {
	await api.request({
		method: 'POST',
		path: path`/groups/${group}`,
		body: { ...product, subject, description },
	});
}

export async function deleteGroup(api: Api, { group }: OnGroup): Promise<void> {
	await api.request({ method: 'DELETE', path: path`/groups/${group}` });
}
