import type {
	Answer,
	CreateGroup,
	ListGroups,
	OnGroup,
	Page,
	UpdateGroup,
} from '../../contract/operations';
import type { Acknowledgement, CreatedGroup, Group, Participant } from '../../model';
import type { Api } from '../../transport/api';
import { path } from '../../transport/connection';
import { asIsoTime, asList, asText } from '../../transport/json';
import type { Json } from '../../transport/json';
import type { ApiResponse } from '../../transport/response';
import { readDone, readGroup, readGroups } from './answer';

export async function createGroup(api: Api, input: CreateGroup): Promise<Answer<CreatedGroup>> {
	const response = await api.request({
		method: 'POST',
		path: '/v1/whatsapp/groups',
		body: { subject: input.subject },
	});
	const raw = readGroup(api, response);
	const id = asText(raw.id);
	if (id === null) throw api.unreadable(response);
	const model: CreatedGroup = {
		status: 'created',
		id,
		requestId: null,
		subject: input.subject,
		createdAt: asIsoTime(raw.creation_time),
		inviteLink: null,
		participants: null,
	};
	return { model, raw };
}

export async function getGroup(api: Api, { group }: OnGroup): Promise<Answer<Group>> {
	const raw = readGroup(api, await askFor(api, group));
	return { model: toGroup(raw), raw };
}

async function askFor(api: Api, group: string, accept?: number[]) {
	return await api.request({ method: 'GET', path: path`/v1/whatsapp/groups/${group}`, accept });
}

/**
 * Sinch lists ids only, all at once; the rest takes one request per group. The list is read once, so that
 * nothing is missed when it changes meanwhile. The cursor is the last id that was given.
 */
export async function listGroups(
	api: Api,
	{ limit, cursor, loadDetails }: ListGroups,
): Promise<Page<Group>> {
	const all = await api.once('list of groups', async () =>
		readList(api, await api.request({ method: 'GET', path: '/v1/whatsapp/groups' })),
	);
	const start = cursor === undefined ? 0 : 1 + all.findIndex(({ id }) => asText(id) === cursor);
	const stretch = all.slice(start, start + limit);
	const entries: Array<Answer<Group>> = loadDetails
		? await api.each(stretch, async (raw) => await withDetails(api, raw))
		: stretch.map((raw) => ({ model: toGroup(raw), raw }));
	const last = asText(stretch[stretch.length - 1]?.id) ?? undefined;
	return { entries, next: start + limit < all.length ? last : undefined };
}

/** A group without an id could be neither shown nor acted on. */
function readList(api: Api, response: ApiResponse): Json[] {
	const groups = readGroups(api, response);
	if (groups.some(({ id }) => asText(id) === null)) throw api.unreadable(response);
	return groups;
}

/** A group may be gone since it was listed: it is still put out, by its id. */
async function withDetails(api: Api, listed: Json): Promise<Answer<Group>> {
	const response = await askFor(api, asText(listed.id) ?? '', [404]);
	if (response.status === 404) {
		const note = 'Sinch lists this group, but does not know it any more.';
		return { model: { ...toGroup(listed), note }, raw: { ...listed, note } };
	}
	const raw = readGroup(api, response);
	return { model: toGroup(raw), raw };
}

export async function updateGroup(
	api: Api,
	{ group, subject }: UpdateGroup,
): Promise<Acknowledgement> {
	const response = await api.request({
		method: 'PUT',
		path: path`/v1/whatsapp/groups/${group}`,
		body: { subject },
	});
	return readDone(api, response);
}

export async function leaveGroup(api: Api, { group }: OnGroup): Promise<Acknowledgement> {
	const response = await api.request({
		method: 'POST',
		path: path`/v1/whatsapp/groups/${group}/leave`,
	});
	return readDone(api, response);
}

function toGroup(raw: Json): Group {
	const creator = asText(raw.creator);
	const participants = Array.isArray(raw.participants) ? toParticipants(raw) : null;
	return {
		id: asText(raw.id) ?? '',
		subject: asText(raw.subject),
		description: null,
		createdAt: asIsoTime(raw.creation_time),
		owner: creator === null ? null : { id: creator, phone: creator },
		participantCount: participants?.length ?? null,
		participants,
		joinApprovalMode: null,
		suspended: null,
		settings: null,
	};
}

/** Participants are bare phone numbers; roles follow from `creator` and `admins`. */
export function toParticipants(raw: Json): Participant[] {
	const admins = new Set(asList(raw.admins).map(asText));
	return asList(raw.participants).flatMap((entry) => {
		const phone = asText(entry);
		if (phone === null) return [];
		const role =
			phone === asText(raw.creator) ? 'creator' : admins.has(phone) ? 'admin' : 'participant';
		return [{ id: phone, phone, role }];
	});
}
