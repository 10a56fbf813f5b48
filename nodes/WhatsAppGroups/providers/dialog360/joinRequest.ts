import type { JoinRequest, JoinRequestResult } from '../../model';
import type { Api } from '../../transport/api';
import { path } from '../../transport/connection';
import { nextCursor, toJoinRequestList, toJoinRequestResults } from '../cloudApi/readers';
import type { OnGroup, OnJoinRequests, Page, PageRequest, Results } from '../provider';
import { product } from './group';

export async function listJoinRequests(
	api: Api,
	{ group, limit, cursor }: OnGroup & PageRequest,
): Promise<Page<JoinRequest>> {
	const { body } = await api.request({
		method: 'GET',
		path: path`/groups/${group}/join_requests`,
		qs: { limit, ...(cursor === undefined ? {} : { after: cursor }) },
	});
	return { entries: toJoinRequestList(body), next: nextCursor(body) };
}

export async function approveJoinRequests(
	api: Api,
	input: OnJoinRequests,
): Promise<Results<JoinRequestResult>> {
	return await decide(api, 'POST', 'approved', input);
}

export async function rejectJoinRequests(
	api: Api,
	input: OnJoinRequests,
): Promise<Results<JoinRequestResult>> {
	return await decide(api, 'DELETE', 'rejected', input);
}

async function decide(
	api: Api,
	method: 'DELETE' | 'POST',
	decided: 'approved' | 'rejected',
	{ group, joinRequests }: OnJoinRequests,
): Promise<Results<JoinRequestResult>> {
	const response = await api.request({
		method,
		path: path`/groups/${group}/join_requests`,
		body: { ...product, join_requests: joinRequests },
	});
	return toJoinRequestResults(response, decided, joinRequests);
}
