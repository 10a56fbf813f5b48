import type { Api } from '../../transport/api';
import type { OnParticipants } from '../../contract/operations';
import type { Json } from '../../transport/json';
import type { ApiResponse } from '../../transport/response';
import { readList } from './answer';
import { groupPath } from './group';
import { phoneOf } from './ids';
import { lidsOf } from './lids';
import { toParticipant } from './readGroup';
import type { Target } from './targets';

/** The newer list is the same for every engine; servers before 2025.11.1 have only the older one. */
export async function readMembers(api: Api, group: string): Promise<Json[]> {
	const path = `${groupPath(api, group)}/participants`;
	let response: ApiResponse = await api.request({
		method: 'GET',
		path: `${path}/v2`,
		accept: [404],
	});
	if (response.status === 404) response = await api.request({ method: 'GET', path });
	return readList(api, response).filter(({ role }) => role !== 'left');
}

/**
 * As whom each person is to be named in a change of the group. A group that hides numbers lists its
 * participants by lid, and knows them by nothing else: WEBJS passes over a number without a word, the other
 * engines hand it to WhatsApp as it is (providers.md §3.12). So its members are read first, once per run.
 */
export async function memberTargets(
	api: Api,
	{ group, participants }: OnParticipants,
): Promise<Map<string, Target>> {
	const targets = new Map<string, Target>(participants.map((id) => [id, { id }]));
	const numbers = participants.filter((id) => phoneOf(id) !== null);
	if (numbers.length === 0) return targets;

	const { ids, byPhone } = await api.oncePerRun(`members ${group}`, async () =>
		toDirectory(await readMembers(api, group)),
	);
	if (ids.size === 0) return targets;
	const unlisted = numbers.filter((id) => !ids.has(id) && !byPhone.has(phoneOf(id) as string));
	const lids = await lidsOf(api, unlisted);
	for (const number of numbers) {
		if (ids.has(number)) continue;
		const listed = byPhone.get(phoneOf(number) as string);
		const id = listed ?? lids.get(number)?.find((lid) => ids.has(lid));
		targets.set(number, id === undefined ? stranger : { id });
	}
	return targets;
}

const stranger: Target = {
	code: null,
	reason:
		'The number is not among the participants of this group, as far as WAHA knows their numbers: check it, or enter the ID that Participant: Get Many gives.',
};

/** Whom a group that hides numbers lists; nobody where it hides none, since nothing is to be looked up then. */
function toDirectory(members: readonly Json[]) {
	const people = members.map(toParticipant);
	const hides = people.some(({ id }) => id.endsWith('@lid'));
	const byPhone = new Map(
		people.flatMap(({ id, phone }) => (hides && phone !== null ? [[phone, id] as const] : [])),
	);
	return { ids: new Set(hides ? people.map(({ id }) => id) : []), byPhone };
}
