import type { Api } from '../../transport/api';
import { asNumber } from '../../transport/json';
import { readAnswer } from '../cloudApi/answer';
import type { TemplatePage } from '../cloudApi/surface';

const pageSize = 100;

/** By offset; it ends with a page that is not full, also where the total is not told (providers.md §2.3). */
export async function templatePage(api: Api, cursor = '0'): Promise<TemplatePage> {
	const response = await api.request({
		method: 'GET',
		path: '/v1/configs/templates',
		qs: { limit: pageSize, offset: Number(cursor) },
	});
	const answer = readAnswer(api, response);
	const entries: unknown = answer.waba_templates;
	if (!Array.isArray(entries)) throw api.unreadable(response);
	const read = Number(cursor) + entries.length;
	const total = asNumber(answer.total);
	const isEnd =
		entries.length === 0 || (total === null ? entries.length < pageSize : read >= total);
	return { entries, next: isEnd ? undefined : String(read) };
}
