import type { Template } from '../../model';
import type { Api } from '../../transport/api';
import { readAnswer } from './answer';
import type { Answer, CreateTemplate } from '../../contract/operations';
import { asText } from '../../transport/json';
import type { Surface } from './surface';

/** Made from WhatsApp's own library, so that the text needs no review of its own (providers.md §2.3). */
export async function createInviteTemplate(
	at: Surface,
	api: Api,
	{ name, language }: CreateTemplate,
): Promise<Answer<Template>> {
	const response = await api.request({
		method: 'POST',
		path: at.templates(api),
		body: {
			name,
			language,
			category: 'UTILITY',
			library_template_name: 'group_invite_link',
			components: [],
		},
	});
	const raw = readAnswer(api, response);
	return {
		model: {
			id: asText(raw.id),
			name: asText(raw.name) ?? name,
			language: asText(raw.language) ?? language,
			category: asText(raw.category),
			status: asText(raw.status),
		},
		raw,
	};
}
