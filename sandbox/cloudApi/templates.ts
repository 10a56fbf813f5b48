import type { Router } from 'express';
import { z } from 'zod';
import { MetaError } from './errors';
import { digits } from './ids';
import type { Template } from './model';
import { bodyOf, checked, jsonBody } from './request';
import type { Dialog360World } from './world';

const templateBody = z
	.object({
		name: z
			.string()
			.regex(/^[a-z0-9_]{1,512}$/, 'may have lower-case letters, digits and underscores only'),
		category: z.enum(['UTILITY', 'MARKETING', 'AUTHENTICATION']),
		language: z.string().regex(/^[a-z]{2,3}(_[A-Za-z]{2,4})?$/, 'must be like en or en_US'),
		components: z.array(z.object({ type: z.string() }).passthrough()).default([]),
		library_template_name: z.string().optional(),
	})
	.refine(
		({ library_template_name: library, components }) =>
			library !== undefined || components.some(({ type }) => type.toUpperCase() === 'BODY'),
		{ message: 'must have a BODY', path: ['components'] },
	);

/** Meta's library has many; this is the one about groups (providers.md §2.3). */
const LIBRARY = ['group_invite_link'];

const wholeNumber = z.string().regex(/^\d+$/, 'must be a whole number').transform(Number);
const listQuery = z.object({
	limit: wholeNumber.pipe(z.number().min(1)).default('1000'),
	offset: wholeNumber.default('0'),
});

/** Message templates (providers.md §2.2, §2.3). */
export function addTemplateRoutes(router: Router, world: Dialog360World): void {
	// Assumed: 201 with the template; one from the library is approved at once, any other is only
	// submitted until it is approved (providers.md gives no answer).
	router.post('/v1/configs/templates', jsonBody, (request, response) => {
		const body = bodyOf(request, templateBody);
		const { name, language, library_template_name: library } = body;
		if (library !== undefined && !LIBRARY.includes(library)) {
			throw new MetaError(131009, `library_template_name: there is no ${library}.`);
		}
		if (world.templates.some((other) => other.name === name && other.language === language)) {
			throw new MetaError(100, `name: there is a template ${name} in ${language} already.`);
		}
		const status = library === undefined ? 'submitted' : 'approved';
		const template: Template = { id: digits(15), status, ...body };
		world.templates.push(template);
		response.status(201).json(template);
	});

	router.get('/v1/configs/templates', (request, response) => {
		const { limit, offset } = checked(listQuery, request.query);
		const shown = world.templates.slice(offset, offset + limit);
		response.json({
			waba_templates: shown,
			count: shown.length,
			total: world.templates.length,
			limit,
			offset,
		});
	});
}
