import type { IDataObject } from 'n8n-workflow';
import type { Acknowledgement, CreatedGroup, Group } from '../../model';
import type { Api } from '../../transport/api';
import { path } from '../../transport/connection';
import type { ApiResponse } from '../../transport/response';
import type {
	Answer,
	CreateGroup,
	ListGroups,
	OnGroup,
	Page,
	UpdateGroup,
} from '../../contract/operations';
import { asRecord } from '../../transport/json';
import type { Json } from '../../transport/json';
import { checkDone, readDone, readList } from './answer';
import { groupIdOf, toGroup } from './readGroup';
import { toCreationResults } from './readResults';
import { onEngines } from './since';

export function groupPath(api: Api, group: string): string {
	return path`/api/${api.account}/groups/${group}`;
}

export async function createGroup(api: Api, input: CreateGroup): Promise<Answer<CreatedGroup>> {
	const participants = input.participants ?? [];
	const response = await api.request({
		method: 'POST',
		path: path`/api/${api.account}/groups`,
		body: { name: input.subject, participants: participants.map((id) => ({ id })) },
		acceptText: true,
	});
	checkDone(api, response);
	const raw = asRecord(response.body);
	const id = groupIdOf(raw);
	if (id === null) throw api.unreadable(response);
	const model: CreatedGroup = {
		status: 'created',
		id,
		requestId: null,
		subject: input.subject,
		createdAt: toGroup(raw).createdAt,
		inviteLink: null,
		participants: toCreationResults(raw, participants),
	};
	return { model, raw };
}

export async function getGroup(api: Api, { group }: OnGroup): Promise<Answer<Group>> {
	const response = await api.request({ method: 'GET', path: groupPath(api, group) });
	const raw = asRecord(response.body);
	if (groupIdOf(raw) === null) {
		throw api.failure(
			'WAHA does not know this group',
			'Choose the group from the list again: the number of the session may have left it.',
		);
	}
	return { model: toGroup(raw), raw };
}

/**
 * A list, or on NOWEB an object by id. Every page is a new look at groups in an order that may have
 * changed, so they are asked for by id unless another order is wanted. The cursor is the offset and the first id of the page before: a
 * server that ignores paging shows the same page again.
 */
export async function listGroups(
	api: Api,
	{ limit, cursor, sortBy = 'id', sortOrder, excludeParticipants }: Omit<ListGroups, 'loadDetails'>,
): Promise<Page<Group>> {
	const [offset, firstBefore] = (cursor ?? '0 ').split(' ');
	const response = await api.request({
		method: 'GET',
		path: path`/api/${api.account}/groups`,
		qs: {
			limit,
			offset: Number(offset),
			sortBy,
			...(sortOrder === undefined ? {} : { sortOrder }),
			...(excludeParticipants === true ? { exclude: 'participants' } : {}),
		},
	});
	const entries = readGroups(api, response).map((raw) => ({ model: toGroup(raw), raw }));
	const first = entries[0]?.model.id ?? '';
	if (firstBefore !== '' && first === firstBefore) return { entries: [] };
	const next = entries.length === limit ? `${Number(offset) + limit} ${first}` : undefined;
	return { entries, next };
}

function readGroups(api: Api, response: ApiResponse): Json[] {
	const { body } = response;
	const isById = typeof body === 'object' && body !== null && !Array.isArray(body);
	const groups = readList(api, isById ? { ...response, body: Object.values(body) } : response);
	if (groups.some((raw) => groupIdOf(raw) === null)) throw api.unreadable(response);
	return groups;
}

/** Two calls, since WAHA takes subject and description apart. */
export async function updateGroup(
	api: Api,
	{ group, subject, description }: UpdateGroup,
): Promise<Acknowledgement> {
	const change = async () => await put(api, group, 'description', { description });
	if (subject === undefined) return await change();
	const done = await put(api, group, 'subject', { subject });
	if (description === undefined) return done;
	return await api.after('The subject is changed; this is about the description.', change);
}

async function put(api: Api, group: string, part: 'subject' | 'description', body: Json) {
	const response = await api.request({
		method: 'PUT',
		path: `${groupPath(api, group)}/${part}`,
		body: body as IDataObject,
		acceptText: true,
	});
	return readDone(api, response);
}

export async function deleteGroup(api: Api, { group }: OnGroup): Promise<Acknowledgement> {
	const engines =
		'WEBJS and WPP. To get rid of a group without Delete, remove its participants and use Leave';
	return await onEngines(engines, async () => {
		const response = await api.request({
			method: 'DELETE',
			path: groupPath(api, group),
			acceptText: true,
		});
		return readDone(api, response);
	});
}

export async function leaveGroup(api: Api, { group }: OnGroup): Promise<Acknowledgement> {
	const response = await api.request({
		method: 'POST',
		path: `${groupPath(api, group)}/leave`,
		acceptText: true,
	});
	return readDone(api, response);
}
