import type { CreatedGroup, Group, Participant } from '../../model';
import type { Api } from '../../transport/api';
import { path } from '../../transport/connection';
import type {
	Answer,
	CreateGroup,
	ListGroups,
	OnGroup,
	Page,
	UpdateGroup,
} from '../../contract/operations';
import { asIsoTime, asList, asRecord, asText } from '../../transport/json';
import type { Json } from '../../transport/json';

/** Every answer with data is `{ "groups": [ … ] }`, also for one group (providers.md §1.2). */
export function groupsOf(body: unknown): Json[] {
	return asList(asRecord(body).groups).map(asRecord);
}

export async function createGroup(api: Api, input: CreateGroup): Promise<Answer<CreatedGroup>> {
	const response = await api.request({
		method: 'POST',
		path: '/v1/whatsapp/groups',
		body: { subject: input.subject },
	});
	const [raw = {}] = groupsOf(response.body);
	const id = asText(raw.id);
	if (id === null) throw api.refusal(response);
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
	const response = await api.request({ method: 'GET', path: path`/v1/whatsapp/groups/${group}` });
	const [raw] = groupsOf(response.body);
	if (!raw) throw api.refusal(response);
	return { model: toGroup(raw), raw };
}

/** Sinch lists ids only, all at once; the rest takes one request per group. */
export async function listGroups(
	api: Api,
	{ limit, cursor, loadDetails }: ListGroups,
): Promise<Page<Group>> {
	const response = await api.request({ method: 'GET', path: '/v1/whatsapp/groups' });
	const all = groupsOf(response.body);
	const start = Number(cursor ?? 0);
	const end = start + limit;
	const stretch = all.slice(start, end).map((raw) => ({ model: toGroup(raw), raw }));
	const entries: Array<Answer<Group>> = loadDetails
		? await api.each(stretch, async ({ model }) => await getGroup(api, { group: model.id }))
		: stretch;
	return { entries, next: end < all.length ? String(end) : undefined };
}

export async function updateGroup(api: Api, { group, subject }: UpdateGroup): Promise<void> {
	await api.request({
		method: 'PUT',
		path: path`/v1/whatsapp/groups/${group}`,
		body: { subject },
	});
}

export async function leaveGroup(api: Api, { group }: OnGroup): Promise<void> {
	await api.request({ method: 'POST', path: path`/v1/whatsapp/groups/${group}/leave` });
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
