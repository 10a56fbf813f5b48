import type { Api } from '../../transport/api';
import { path } from '../../transport/connection';
import type { Answer } from '../../contract/operations';
import { asNumber, asRecord } from '../../transport/json';
import { readSuccess } from './answer';
import { since } from './since';

const counting = {
	needing: 'Counting groups needs',
	since: '2025.3.1',
	isTakenForAnother: true,
} as const;
const refreshing = { needing: 'Refreshing the groups needs', since: '2024.12.3' };

export async function countGroups(api: Api): Promise<Answer<{ count: number }>> {
	return await since(api, counting, async () => {
		const response = await api.request({
			method: 'GET',
			path: path`/api/${api.account}/groups/count`,
		});
		const count = asNumber(asRecord(response.body).count);
		if (count === null) throw api.unreadable(response);
		return { model: { count } };
	});
}

export async function refreshGroups(api: Api): Promise<void> {
	await since(api, refreshing, async () => {
		const response = await api.request({
			method: 'POST',
			path: path`/api/${api.account}/groups/refresh`,
			acceptText: true,
		});
		readSuccess(api, response);
	});
}
