import type { CreatedGroup, Group } from '../../model';
import type { Api } from '../../transport/api';
import { path } from '../../transport/connection';
import type { ApiResponse } from '../../transport/response';
import type { Answer, CreateGroup, ListGroups, OnGroup, Page, UpdateGroup } from '../provider';
import { asBoolean, asRecord } from '../read';
import { groupIdOf, toGroup } from './readGroup';
import { toCreationResults } from './readResults';

export function groupPath(api: Api, group: string): string {
	return path`/api/${api.account}/groups/${group}`;
}

/** Engines answer `true` or nothing; `false` means that the number may not (providers.md §3.4). */
export function checkAllowed(api: Api, { body }: ApiResponse): void {
	if (asBoolean(body) !== false) return;
	throw api.failure(
		'WhatsApp does not allow this to the number of the session',
		'Make the number an admin of the group, and check that it is still in the group.',
	);
}

/** A sentence instead of data is a refusal that comes with a success status (providers.md §3.4.1). */
export function checkDone(api: Api, response: ApiResponse): void {
	checkAllowed(api, response);
	const { body } = response;
	if (typeof body !== 'string' || asBoolean(body) !== null) return;
	const isPage = body.startsWith('<');
	if (isPage) throw api.refusal(response);
	throw api.failure('WhatsApp refused the request', `WAHA says: ${body.slice(0, 300)}`);
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
	if (id === null) throw api.refusal(response);
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
 * A list, or on NOWEB an object by id. The cursor is the offset and the first id of the page before:
 * a server that ignores paging shows the same page again.
 */
export async function listGroups(
	api: Api,
	{ limit, cursor }: Pick<ListGroups, 'limit' | 'cursor'>,
): Promise<Page<Group>> {
	const [offset, firstBefore] = (cursor ?? '0 ').split(' ');
	const { body } = await api.request({
		method: 'GET',
		path: path`/api/${api.account}/groups`,
		qs: { limit, offset: Number(offset) },
	});
	const entries = (Array.isArray(body) ? body : Object.values(asRecord(body)))
		.map(asRecord)
		.map((raw) => ({ model: toGroup(raw), raw }));
	const first = entries[0]?.model.id ?? '';
	if (firstBefore !== '' && first === firstBefore) return { entries: [] };
	const next = entries.length === limit ? `${Number(offset) + limit} ${first}` : undefined;
	return { entries, next };
}

/** Two calls, since WAHA takes subject and description apart. */
export async function updateGroup(
	api: Api,
	{ group, subject, description }: UpdateGroup,
): Promise<void> {
	if (subject !== undefined) await put(api, group, 'subject', { subject });
	if (description === undefined) return;
	const change = async () => await put(api, group, 'description', { description });
	if (subject === undefined) await change();
	else await api.after('The subject was changed, the description was not.', change);
}

async function put(
	api: Api,
	group: string,
	part: 'subject' | 'description',
	body: Record<string, string>,
): Promise<void> {
	const response = await api.request({
		method: 'PUT',
		path: `${groupPath(api, group)}/${part}`,
		body,
		acceptText: true,
	});
	checkDone(api, response);
}

export async function deleteGroup(api: Api, { group }: OnGroup): Promise<void> {
	const response = await api.request({
		method: 'DELETE',
		path: groupPath(api, group),
		acceptText: true,
	});
	checkDone(api, response);
}

export async function leaveGroup(api: Api, { group }: OnGroup): Promise<void> {
	const response = await api.request({
		method: 'POST',
		path: `${groupPath(api, group)}/leave`,
		acceptText: true,
	});
	checkDone(api, response);
}

/** Pictures answer `{ success }`. */
export function checkSuccess(api: Api, response: ApiResponse): void {
	const { success } = asRecord(response.body);
	checkDone(api, { ...response, body: success === false ? false : response.body });
}
