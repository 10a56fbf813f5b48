import type { Participant, ParticipantResult } from '../../model';
import type { Api } from '../../transport/api';
import type {
	AddParticipants,
	ListParticipants,
	OnParticipants,
	Page,
	Results,
} from '../../contract/operations';
import { checkDone } from './answer';
import { checkedTargets } from './checkNumber';
import { groupPath } from './group';
import { phonesOf } from './lids';
import { memberTargets, readMembers } from './members';
import { toParticipant } from './readGroup';
import { toResults } from './readResults';
import { idsOf, resultsFor } from './targets';
import type { Target } from './targets';

export async function listParticipants(
	api: Api,
	{ group, resolvePhones }: ListParticipants,
): Promise<Page<Participant>> {
	const entries = (await readMembers(api, group)).map((raw) => ({
		model: toParticipant(raw),
		raw,
	}));
	if (resolvePhones !== true) return { entries };
	const hidden = entries.filter(({ model: { id, phone } }) => phone === null && isLid(id));
	const lids = hidden.map(({ model: { id } }) => id);
	const phones = await api.after(
		"The participants were read; this is about 'Resolve Phone Numbers', which you can turn off.",
		async () => await phonesOf(api, lids),
	);
	for (const { model } of hidden) model.phone = phones.get(model.id) ?? null;
	return { entries };
}

function isLid(id: string): boolean {
	return id.endsWith('@lid');
}

/** By number even where the group hides them: whoever is not in it yet is known by nothing else. */
export async function addParticipants(
	api: Api,
	{ group, participants, checkNumbers }: AddParticipants,
): Promise<Results<ParticipantResult>> {
	const targets =
		checkNumbers === true
			? await checkedTargets(api, participants)
			: new Map<string, Target>(participants.map((id) => [id, { id }]));
	return await change(api, 'participants/add', group, targets);
}

export async function removeParticipants(
	api: Api,
	input: OnParticipants,
): Promise<Results<ParticipantResult>> {
	return await change(api, 'participants/remove', input.group, await memberTargets(api, input));
}

export async function promoteParticipants(
	api: Api,
	input: OnParticipants,
): Promise<Results<ParticipantResult>> {
	return await change(api, 'admin/promote', input.group, await memberTargets(api, input));
}

export async function demoteParticipants(
	api: Api,
	input: OnParticipants,
): Promise<Results<ParticipantResult>> {
	return await change(api, 'admin/demote', input.group, await memberTargets(api, input));
}

async function change(
	api: Api,
	action: string,
	group: string,
	targets: ReadonlyMap<string, Target>,
): Promise<Results<ParticipantResult>> {
	const ids = idsOf(targets);
	if (ids.length === 0) return resultsFor(targets, []);
	const response = await api.request({
		method: 'POST',
		path: `${groupPath(api, group)}/${action}`,
		body: { participants: ids.map((id) => ({ id })) },
		acceptText: true,
	});
	checkDone(api, response);
	return resultsFor(targets, toResults(response.body, ids));
}
