import type { Api } from '../../transport/api';
import { readAnswer } from '../cloudApi/answer';
import { nextCursor } from '../cloudApi/readers';
import type { TemplatePage } from '../cloudApi/surface';
import { templateFields } from '../cloudApi/templates';
import { businessAccountPath } from './businessAccount';

export async function templatePage(api: Api, cursor?: string): Promise<TemplatePage> {
	const response = await api.request({
		method: 'GET',
		path: `${businessAccountPath(api)}/message_templates`,
		qs: { fields: templateFields, limit: 100, ...(cursor === undefined ? {} : { after: cursor }) },
	});
	const answer = readAnswer(api, response);
	if (!Array.isArray(answer.data)) throw api.unreadable(response);
	return { entries: answer.data, next: nextCursor(answer) };
}
