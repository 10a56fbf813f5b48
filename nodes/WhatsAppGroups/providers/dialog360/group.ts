import type { CreatedGroup, Group } from '../../model';
import type { Api } from '../../transport/api';
import { path } from '../../transport/connection';
import { readAnswer } from '../cloudApi/answer';
import { GroupsToCome } from '../cloudApi/groupsToCome';
import { groupFields, nextCursor, toGroup, toGroupList, toProviderMode } from '../cloudApi/readers';
import type {
	Answer,
	CreateGroup,
	OnGroup,
	Page,
	PageRequest,
	UpdateGroup,
} from '../../contract/operations';
import { asRecord, asText, firstOf } from '../../transport/json';
import { getInviteLink } from './inviteLink';
import { product } from './product';

/**
 * The group is made later: the answer has the id of the request, and documents differ on further keys
 * (providers.md §6.1, §8). To wait for it, the list of groups is read before and after, and then the
 * invite link; with the list, an answer that names neither group nor request will do too.
 */
export async function createGroup(api: Api, input: CreateGroup): Promise<Answer<CreatedGroup>> {
	const isAwaited = input.waitSeconds > 0;
	const toCome = isAwaited ? await GroupsToCome.expect(api, listGroups) : undefined;
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
	const raw = readAnswer(api, response);
	const id = firstOf(asText(raw.group_id), asText(raw.id));
	const requestId = asText(raw.request_id);
	const requested: CreatedGroup = {
		status: id === null ? 'pending' : 'created',
		id,
		requestId,
		subject: input.subject,
		createdAt: null,
		inviteLink: null,
		participants: null,
	};
	if (toCome) return await waitFor(api, toCome, { model: requested, raw }, input.waitSeconds);
	if (id === null && requestId === null) throw api.refusal(response);
	return { model: requested, raw };
}

async function waitFor(
	api: Api,
	toCome: GroupsToCome,
	{ model: requested, raw }: Answer<CreatedGroup>,
	seconds: number,
): Promise<Answer<CreatedGroup>> {
	const request = requested.requestId === null ? '' : ` (ID ${requested.requestId})`;
	const group = await api.after(
		`360dialog has taken the request${request}: running this again may create the group twice.`,
		async () => await toCome.wait(api, requested, seconds),
	);
	const { id, createdAt } = group.model;
	const link = await api.after(
		`The group is created and has the ID ${id}, but its invite link could not be read: run Invite Link: Get.`,
		async () => await getInviteLink(api, { group: id }),
	);
	return {
		model: { ...requested, status: 'created', id, createdAt, inviteLink: link.model.link },
		raw: { ...asRecord(raw), ...asRecord(group.raw), invite_link: link.model.link },
	};
}

export async function getGroup(api: Api, { group }: OnGroup): Promise<Answer<Group>> {
	const response = await api.request({
		method: 'GET',
		path: path`/groups/${group}`,
		qs: { fields: groupFields },
	});
	const raw = readAnswer(api, response);
	if (asText(raw.id) === null) throw api.refusal(response);
	return { model: toGroup(raw), raw };
}

export async function listGroups(api: Api, { limit, cursor }: PageRequest): Promise<Page<Group>> {
	const response = await api.request({
		method: 'GET',
		path: '/groups',
		qs: { limit, ...(cursor === undefined ? {} : { after: cursor }) },
	});
	const answer = readAnswer(api, response);
	const entries = toGroupList(answer);
	if (!entries) throw api.refusal(response);
	return { entries, next: nextCursor(answer) };
}

/** Subject and description go in one call; whether they are changed is told by webhook (§2.2). */
export async function updateGroup(
	api: Api,
	{ group, subject, description }: UpdateGroup,
): Promise<void> {
	const response = await api.request({
		method: 'POST',
		path: path`/groups/${group}`,
		body: { ...product, subject, description },
	});
	readAnswer(api, response);
}

export async function deleteGroup(api: Api, { group }: OnGroup): Promise<void> {
	readAnswer(api, await api.request({ method: 'DELETE', path: path`/groups/${group}` }));
}
