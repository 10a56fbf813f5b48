import type { Template } from '../../model';
import type { Api } from '../../transport/api';
import type { Answer, CreateTemplate } from '../provider';
import { asRecord, asText } from '../read';

/** Made from WhatsApp's own library, so that the text needs no review of its own (providers.md §2.3). */
export async function createInviteTemplate(
	api: Api,
	{ name, language }: CreateTemplate,
): Promise<Answer<Template>> {
	const { body } = await api.request({
		method: 'POST',
		path: '/v1/configs/templates',
		body: {
			name,
			language,
			category: 'UTILITY',
			library_template_name: 'group_invite_link',
			components: [],
		},
	});
	const raw = asRecord(body);
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
