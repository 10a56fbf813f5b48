import type { Acknowledgement, CreatedGroup, Group } from '../../model';
import type { Api } from '../../transport/api';
import { failureIn } from '../../transport/errors';
import { readAccepted, readAnswer } from './answer';
import { awaitChange } from './awaitChange';
import type { Change } from './awaitChange';
import { createAndAwait, normal } from './awaitGroup';
import type { Lookup } from './awaitGroup';
import { isUnknownGroup } from './errors';
import { groupFields, nextCursor, toGroup, toGroupList, toProviderMode } from './readers';
import type {
	Answer,
	CreateGroup,
	OnGroup,
	Page,
	PageRequest,
	UpdateGroup,
	Waiting,
} from '../../contract/operations';
import { asRecord, asText, firstOf } from '../../transport/json';
import { getInviteLink } from './inviteLink';
import { product } from './product';
import type { Surface } from './surface';

/**
 * The group is made later: the answer has the id of the request, and documents differ on further keys
 * (providers.md §6.1, §8).
 */
export async function createGroup(
	at: Surface,
	api: Api,
	input: CreateGroup,
): Promise<Answer<CreatedGroup>> {
	const { waitSeconds } = input;
	if (waitSeconds === 0) {
		const { response, ...created } = await requestGroup(at, api, input);
		if (created.id === null && created.requestId === null) throw api.unreadable(response);
		return created.answer;
	}
	const lookup: Lookup = {
		list: async (_, page) => await listGroups(at, api, page),
		get: async (_, of) => await getGroup(at, api, of),
	};
	const request = async () => await requestGroup(at, api, input);
	const { requested, group } = await createAndAwait(api, lookup, input, waitSeconds, request);
	const { id, createdAt } = group.model;
	const link = await linkOf(at, api, id);
	const { model, raw } = requested.answer;
	return {
		model: { ...model, status: 'created', id, createdAt, ...link },
		raw: { ...asRecord(raw), ...asRecord(group.raw), invite_link: link.inviteLink },
	};
}

/** The group is there, with or without its link: a failure now would have it created again. */
async function linkOf(
	at: Surface,
	api: Api,
	group: string,
): Promise<Pick<CreatedGroup, 'inviteLink' | 'note'>> {
	try {
		return { inviteLink: (await getInviteLink(at, api, { group })).model.link };
	} catch (error) {
		const { message } = failureIn(error);
		return {
			inviteLink: null,
			note: `The invite link could not be read (${message}): run Invite Link: Get.`,
		};
	}
}

async function requestGroup(at: Surface, api: Api, input: CreateGroup) {
	const response = await api.request({
		method: 'POST',
		path: `${at.number(api)}/groups`,
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

export async function getGroup(at: Surface, api: Api, { group }: OnGroup): Promise<Answer<Group>> {
	const response = await api.request({
		method: 'GET',
		path: at.group(group),
		qs: { fields: groupFields },
	});
	const raw = readAnswer(api, response);
	if (asText(raw.id) === null) throw api.unreadable(response);
	return { model: toGroup(raw), raw };
}

export async function listGroups(
	at: Surface,
	api: Api,
	{ limit, cursor }: PageRequest,
): Promise<Page<Group>> {
	const response = await api.request({
		method: 'GET',
		path: `${at.number(api)}/groups`,
		qs: { limit, ...(cursor === undefined ? {} : { after: cursor }) },
	});
	const answer = readAnswer(api, response);
	const entries = toGroupList(answer);
	if (!entries) throw api.unreadable(response);
	return { entries, next: nextCursor(answer) };
}

/**
 * Subject and description go in one call; whether they are changed is told by webhook (§2.2), and seen
 * in the group.
 */
export async function updateGroup(
	at: Surface,
	api: Api,
	{ group, subject, description, waitSeconds }: UpdateGroup,
): Promise<Acknowledgement> {
	const response = await api.request({
		method: 'POST',
		path: at.group(group),
		body: { ...product, subject, description },
	});
	const accepted = readAccepted(api, response);
	if (waitSeconds === 0) return accepted;
	const change: Change = {
		requestId: accepted.requestId ?? null,
		done: 'group.updated',
		failed: 'group.updateFailed',
		isMade: async () => {
			const { model } = await getGroup(at, api, { group });
			return isText(model.subject, subject) && isText(model.description, description);
		},
		advice: 'Look with Group: Get whether it is changed meanwhile.',
	};
	await awaitChange(api, change, waitSeconds);
	return { ...accepted, status: 'success' };
}

/** Documented with a body (§8), so that none proves nothing. */
export async function deleteGroup(
	at: Surface,
	api: Api,
	{ group, waitSeconds }: OnGroup & Waiting,
): Promise<Acknowledgement> {
	const response = await api.request({ method: 'DELETE', path: at.group(group) });
	if (response.body === null) throw api.unreadable(response);
	const accepted = readAccepted(api, response);
	if (waitSeconds === 0) return accepted;
	const change: Change = {
		requestId: accepted.requestId ?? null,
		done: 'group.deleted',
		failed: 'group.deleteFailed',
		isMade: async () => !(await isThere(at, api, group)),
		advice: 'Look with Group: Get whether it is still there.',
	};
	await awaitChange(api, change, waitSeconds);
	return { ...accepted, status: 'success' };
}

async function isThere(at: Surface, api: Api, group: string): Promise<boolean> {
	const { status } = await api.request({
		method: 'GET',
		path: at.group(group),
		qs: { fields: 'subject' },
		accept: ({ body }) => isUnknownGroup(body),
	});
	return status < 300;
}

/** What was not to be changed may be anything. */
function isText(found: string | null, wanted: string | undefined): boolean {
	return wanted === undefined || normal(found ?? '') === normal(wanted);
}
