import type { Router } from 'express';
import { z } from 'zod';
import type { Template } from '../cloudApi/model';
import { checked, jsonBody } from '../cloudApi/request';
import { createTemplate } from '../cloudApi/templates';

const wholeNumber = z.string().regex(/^\d+$/, 'must be a whole number').transform(Number);
const listQuery = z.object({
	limit: wholeNumber.pipe(z.number().min(1)).default('1000'),
	offset: wholeNumber.default('0'),
});

/** Message templates (providers.md §2.2, §2.3). */
export function addTemplateRoutes(router: Router, templates: Template[]): void {
	// Assumed: 201 with the template.
	router.post('/v1/configs/templates', jsonBody, (request, response) => {
		response.status(201).json(createTemplate(templates, request));
	});

	router.get('/v1/configs/templates', (request, response) => {
		const { limit, offset } = checked(listQuery, request.query);
		const shown = templates.slice(offset, offset + limit);
		response.json({
			waba_templates: shown,
			count: shown.length,
			total: templates.length,
			limit,
			offset,
		});
	});
}
