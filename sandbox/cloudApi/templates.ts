import { z } from 'zod';
import { MetaError } from './errors';
import { digits } from './ids';
import type { Template, TemplateStatus } from './model';
import { bodyOf } from './request';

export const templateBody = z
	.object({
		name: z
			.string()
			.regex(/^[a-z0-9_]{1,512}$/, 'may have lower-case letters, digits and underscores only'),
		category: z.enum(['UTILITY', 'MARKETING', 'AUTHENTICATION']),
		language: z.string().regex(/^[a-z]{2,3}(_[A-Za-z]{2,4})?$/, 'must be like en or en_US'),
		parameter_format: z.enum(['NAMED', 'POSITIONAL']).optional(),
		components: z.array(z.object({ type: z.string() }).passthrough()).default([]),
		library_template_name: z.string().optional(),
	})
	.refine(
		({ library_template_name: library, components }) =>
			library !== undefined || components.some(({ type }) => type.toUpperCase() === 'BODY'),
		{ message: 'must have a BODY', path: ['components'] },
	);

/** Meta's library has many; this is the one about groups (providers.md §2.3). */
export const INVITE_TEMPLATE = 'group_invite_link';

/**
 * A template as asked for, among those of the account.
 *
 * Assumed: one from the library is approved at once, any other is only submitted until it is
 * approved (providers.md gives no answer).
 */
export function createTemplate(templates: Template[], request: { body?: unknown }): Template {
	return addTemplate(templates, bodyOf(request, templateBody));
}

export function addTemplate(
	templates: Template[],
	body: z.output<typeof templateBody>,
	asStatus?: TemplateStatus,
): Template {
	const { name, language, library_template_name: library } = body;
	if (library !== undefined && library !== INVITE_TEMPLATE) {
		throw new MetaError(131009, `library_template_name: there is no ${library}.`);
	}
	if (templates.some((other) => other.name === name && other.language === language)) {
		throw new MetaError(100, `name: there is a template ${name} in ${language} already.`);
	}
	const status = asStatus ?? (library === undefined ? 'submitted' : 'approved');
	const template: Template = { id: digits(15), status, ...body };
	templates.push(template);
	return template;
}
