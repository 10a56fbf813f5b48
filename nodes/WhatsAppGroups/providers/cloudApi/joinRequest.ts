import type { JoinRequest, JoinRequestResult } from '../../model';
import type { Api } from '../../transport/api';
import { readAnswer } from './answer';
import { nextCursor, toJoinRequestList, toJoinRequestResults } from './readers';
import type {
	OnGroup,
	OnJoinRequests,
	Page,
	PageRequest,
	Results,
} from '../../contract/operations';
import { product } from './product';
import type { Surface } from './surface';

/** Documented without parameters; paged as everything in Meta's Graph API is (§2.2). */
export async function listJoinRequests(
	at: Surface,
	api: Api,
	{ group, limit, cursor }: OnGroup & PageRequest,
): Promise<Page<JoinRequest>> {
	const response = await api.request({
		method: 'GET',
		path: `${at.group(group)}/join_requests`,
		qs: { limit, ...(cursor === undefined ? {} : { after: cursor }) },
	});
	const answer = readAnswer(api, response);
	const entries = toJoinRequestList(answer);
	if (!entries) throw api.unreadable(response);
	return { entries, next: nextCursor(answer) };
}

export async function approveJoinRequests(
	at: Surface,
	api: Api,
	input: OnJoinRequests,
): Promise<Results<JoinRequestResult>> {
	return await decide(at, api, 'POST', 'approved', input);
}

export async function rejectJoinRequests(
	at: Surface,
	api: Api,
	input: OnJoinRequests,
): Promise<Results<JoinRequestResult>> {
	return await decide(at, api, 'DELETE', 'rejected', input);
}

/** All of them in one call; a partial success is 206, and has a list of those that failed (§4.3.9). */
async function decide(
	at: Surface,
	api: Api,
	method: 'DELETE' | 'POST',
	decided: 'approved' | 'rejected',
	{ group, joinRequests }: OnJoinRequests,
): Promise<Results<JoinRequestResult>> {
	const response = await api.request({
		method,
		path: `${at.group(group)}/join_requests`,
		body: { ...product, join_requests: joinRequests },
	});
	const results = toJoinRequestResults(readAnswer(api, response), decided, joinRequests);
	if (!results) throw api.unreadable(response);
	return results;
}
