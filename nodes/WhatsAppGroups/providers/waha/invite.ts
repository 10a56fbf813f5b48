import type { Group, JoinedGroup } from '../../model';
import type { Api } from '../../transport/api';
import { path } from '../../transport/connection';
import { failureIn } from '../../transport/errors';
import type { Answer, ByInvite } from '../../contract/operations';
import { asRecord } from '../../transport/json';
import { checkDone } from './answer';
import { wahaErrors } from './errors';
import { groupIdOf, idOf, toGroup } from './readGroup';
import { since } from './since';

const previewing = {
	needing: 'Looking at an invite link needs',
	since: '2024.12.4',
	isTakenForAnother: true,
} as const;
const joining = { needing: 'Joining a group needs', since: '2024.12.4' };

/**
 * What an engine tells of a group before it is joined. Those who are in it are left out: an engine lists
 * some of them at most, and the number of all of them stands beside (providers.md §3.12).
 */
export async function getInvitePreview(api: Api, { code }: ByInvite): Promise<Answer<Group>> {
	return await since(api, previewing, async () => {
		const response = await api.request({
			method: 'GET',
			path: path`/api/${api.account}/groups/join-info`,
			qs: { code },
		});
		const raw = asRecord(response.body);
		if (groupIdOf(raw) === null) throw api.unreadable(response);
		const group = toGroup(raw);
		// 0 is what GOWS writes for a number that it was not told.
		return {
			model: { ...group, participantCount: group.participantCount || null, participants: null },
			raw,
		};
	});
}

/**
 * Two requests: the preview refuses a bad link before anything is done, and tells what the answer to
 * joining leaves open on one engine or another, which group it is and whether an admin has to approve.
 */
export async function joinGroup(api: Api, { code }: ByInvite): Promise<Answer<JoinedGroup>> {
	const { model: group } = await getInvitePreview(api, { code });
	const joined = (status: JoinedGroup['status'], wasMember = false): Answer<JoinedGroup> => ({
		model: { status, id: group.id, subject: group.subject, wasMember },
	});
	const mustAsk = group.joinApprovalMode === 'approvalRequired';
	try {
		const id = await since(api, joining, async () => await join(api, code));
		// NOWEB answers without an id when it could only ask, GOWS with one all the same.
		return joined(mustAsk || id === null ? 'pending' : 'success');
	} catch (error) {
		const failure = failureIn(error);
		const { message } = failure;
		if (message === wahaErrors.rows['already-in'].message) return joined('success', true);
		// WEBJS fails although the request is on its way (providers.md §3.12).
		if (message === wahaErrors.rows['asked-to-join'].message) return joined('pending');
		throw failure;
	}
}

async function join(api: Api, code: string): Promise<string | null> {
	const response = await api.request({
		method: 'POST',
		path: path`/api/${api.account}/groups/join`,
		body: { code },
		acceptText: true,
	});
	checkDone(api, response);
	const { body } = response;
	if (typeof body !== 'object' || body === null) throw api.unreadable(response);
	return idOf(asRecord(body).id);
}
