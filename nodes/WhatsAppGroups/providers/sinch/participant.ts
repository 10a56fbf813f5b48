import type { Participant, ParticipantResult } from '../../model';
import type { Api } from '../../transport/api';
import { path } from '../../transport/connection';
import type { OnGroup, OnParticipants, Page, Results } from '../../contract/operations';
import { readDone } from './answer';
import { getGroup } from './group';

export async function listParticipants(api: Api, input: OnGroup): Promise<Page<Participant>> {
	const { model } = await getGroup(api, input);
	return { entries: (model.participants ?? []).map((participant) => ({ model: participant })) };
}

export async function removeParticipants(
	api: Api,
	input: OnParticipants,
): Promise<Results<ParticipantResult>> {
	return await change(api, 'DELETE', 'participants', input);
}

export async function promoteParticipants(
	api: Api,
	input: OnParticipants,
): Promise<Results<ParticipantResult>> {
	return await change(api, 'PATCH', 'admins', input);
}

export async function demoteParticipants(
	api: Api,
	input: OnParticipants,
): Promise<Results<ParticipantResult>> {
	return await change(api, 'DELETE', 'admins', input);
}

/** All or nothing: 200 with no content, or 400 when one of the numbers is not found (§1.2). */
async function change(
	api: Api,
	method: 'DELETE' | 'PATCH',
	list: 'admins' | 'participants',
	{ group, participants }: OnParticipants,
): Promise<Results<ParticipantResult>> {
	const response = await api.request({
		method,
		path: `${path`/v1/whatsapp/groups/${group}`}/${list}`,
		body: { waIds: participants },
	});
	readDone(api, response);
	return participants.map((participant) => ({
		model: { participant, phone: participant, status: 'success', code: null, reason: null },
	}));
}
