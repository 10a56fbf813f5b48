import type { Participant, ParticipantResult } from '../../model';
import type { Api } from '../../transport/api';
import type { OnGroup, OnParticipants, Page, Results } from '../../contract/operations';
import { checkDone, readList } from './answer';
import { groupPath } from './group';
import { toParticipant } from './readGroup';
import { toResults } from './readResults';

/** The newer list is the same for every engine; servers before 2025.11.1 have only the older one. */
export async function listParticipants(api: Api, { group }: OnGroup): Promise<Page<Participant>> {
	const path = `${groupPath(api, group)}/participants`;
	let response = await api.request({ method: 'GET', path: `${path}/v2`, accept: [404] });
	if (response.status === 404) response = await api.request({ method: 'GET', path });
	const entries = readList(api, response)
		.filter(({ role }) => role !== 'left')
		.map((raw) => ({ model: toParticipant(raw), raw }));
	return { entries };
}

export async function addParticipants(
	api: Api,
	input: OnParticipants,
): Promise<Results<ParticipantResult>> {
	return await change(api, 'participants/add', input);
}

export async function removeParticipants(
	api: Api,
	input: OnParticipants,
): Promise<Results<ParticipantResult>> {
	return await change(api, 'participants/remove', input);
}

export async function promoteParticipants(
	api: Api,
	input: OnParticipants,
): Promise<Results<ParticipantResult>> {
	return await change(api, 'admin/promote', input);
}

export async function demoteParticipants(
	api: Api,
	input: OnParticipants,
): Promise<Results<ParticipantResult>> {
	return await change(api, 'admin/demote', input);
}

async function change(
	api: Api,
	action: string,
	{ group, participants }: OnParticipants,
): Promise<Results<ParticipantResult>> {
	const response = await api.request({
		method: 'POST',
		path: `${groupPath(api, group)}/${action}`,
		body: { participants: participants.map((id) => ({ id })) },
		acceptText: true,
	});
	checkDone(api, response);
	return toResults(response.body, participants);
}
