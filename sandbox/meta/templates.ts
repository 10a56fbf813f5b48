import type { Router } from 'express';
import { z } from 'zod';
import type { Template } from '../cloudApi/model';
import type { Pager } from '../cloudApi/paging';
import { checked, jsonBody } from '../cloudApi/request';
import type { CloudService } from '../cloudApi/service';
import { createTemplate, INVITE_TEMPLATE } from '../cloudApi/templates';
import { ACCOUNT } from './model';

const statusOf = ({ status }: Template) =>
	status === 'submitted' ? 'PENDING' : status.toUpperCase();

const nameQuery = z.object({ name: z.string().optional() });

/** Message templates of the account (providers.md §4.3.5). */
export function addTemplateRoutes(
	router: Router,
	templates: Template[],
	pager: Pager,
	pageLink: CloudService['pageLink'],
): void {
	router.post('/message_templates', jsonBody, (request, response) => {
		const template = createTemplate(templates, request);
		const { id, category } = template;
		response.json({ id, status: statusOf(template), category });
	});

	router.get('/message_templates', (request, response) => {
		const { name } = checked(nameQuery, request.query);
		const named = templates
			.map((template, index) => ({ template, serial: index + 1 }))
			.filter(({ template }) => name === undefined || template.name.includes(name));
		const link = pageLink(response, `/${ACCOUNT.wabaId}/message_templates`);
		const { items, paging } = pager.page(named, request.query, link);
		const data = items.map(({ template }) => ({ ...template, status: statusOf(template) }));
		response.json({ data, paging });
	});
}

/** Meta's library has many; this is the one about groups. */
const library = [
	{
		id: '7138055039625658',
		name: INVITE_TEMPLATE,
		language: 'en_US',
		category: 'UTILITY',
		topic: 'GROUP_INVITE_LINK',
		usecase: 'GROUP_INVITE_LINK',
		industry: [],
		body: 'You are invited to join our group. {{1}}',
		body_param_types: ['GROUP_ID'],
	},
];

const libraryQuery = z.object({
	category: z.string().optional(),
	topic: z.string().optional(),
	language: z.string().optional(),
	name: z.string().optional(),
});

/** Whether a value is asked for in capitals or not; a language also without its country. */
const fits = (asked: string | undefined, value: string) =>
	asked === undefined || value.toLowerCase().startsWith(asked.toLowerCase());

/** What templates can be made from. Assumed: its entry, of which no document has a sample [I]. */
export function addTemplateLibrary(router: Router): void {
	router.get('/', (request, response) => {
		const { category, language, name, topic } = checked(libraryQuery, request.query);
		const data = library.filter(
			(entry) =>
				fits(category, entry.category) &&
				fits(topic, entry.topic) &&
				fits(language, entry.language) &&
				fits(name, entry.name),
		);
		response.json({ data });
	});
}
