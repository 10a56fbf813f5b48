import type { Acknowledgement, CreatedGroup, Group } from '../../model';
import type { Api } from '../../transport/api';
import { path } from '../../transport/connection';
import { failureIn } from '../../transport/errors';
import { readAccepted, readAnswer } from '../cloudApi/answer';
import { createAndAwait } from '../cloudApi/awaitGroup';
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
 * (providers.md §6.1, §8).
 */
export async function createGroup(api: Api, input: CreateGroup): Promise<Answer<CreatedGroup>> {
	const { waitSeconds } = input;
	if (waitSeconds === 0) {
		const { response, ...created } = await requestGroup(api, input);
		if (created.id === null && created.requestId === null) throw api.unreadable(response);
		return created.answer;
	}
	const lookup = { list: listGroups, get: getGroup };
	const request = async () => await requestGroup(api, input);
	const { requested, group } = await createAndAwait(api, lookup, input, waitSeconds, request);
	const { id, createdAt } = group.model;
	const link = await linkOf(api, id);
	const { model, raw } = requested.answer;
	return {
		model: { ...model, status: 'created', id, createdAt, ...link },
		raw: { ...asRecord(raw), ...asRecord(group.raw), invite_link: link.inviteLink },
	};
}

/** The group is there, with or without its link: a failure now would have it created again. */
async function linkOf(api: Api, group: string): Promise<Pick<CreatedGroup, 'inviteLink' | 'note'>> {
	try {
		return { inviteLink: (await getInviteLink(api, { group })).model.link };
	} catch (error) {
		const { message } = failureIn(error);
		return {
			inviteLink: null,
			note: `The invite link could not be read (${message}): run Invite Link: Get.`,
		};
	}
}

async function requestGroup(api: Api, input: CreateGroup) {
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
	const model: CreatedGroup = {
		status: id === null ? 'pending' : 'created',
		id,
		requestId,
		subject: input.subject,
		createdAt: null,
		inviteLink: null,
		participants: null,
	};
	return { id, requestId, response, answer: { model, raw } };
}

export async function getGroup(api: Api, { group }: OnGroup): Promise<Answer<Group>> {
	const response = await api.request({
		method: 'GET',
		path: path`/groups/${group}`,
		qs: { fields: groupFields },
	});
	const raw = readAnswer(api, response);
	if (asText(raw.id) === null) throw api.unreadable(response);
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
	if (!entries) throw api.unreadable(response);
	return { entries, next: nextCursor(answer) };
}

/** Subject and description go in one call; whether they are changed is told by webhook (§2.2). */
export async function updateGroup(
	api: Api,
	{ group, subject, description }: UpdateGroup,
): Promise<Acknowledgement> {
	const response = await api.request({
		method: 'POST',
		path: path`/groups/${group}`,
		body: { ...product, subject, description },
	});
	return readAccepted(api, response);
}

/** Documented with a body (§8), so that none proves nothing. */
export async function deleteGroup(api: Api, { group }: OnGroup): Promise<Acknowledgement> {
	const response = await api.request({ method: 'DELETE', path: path`/groups/${group}` });
	if (response.body === null) throw api.unreadable(response);
	return readAccepted(api, response);
}
