import { z } from 'zod';
import { nested, text } from '../validate';

/** `file` of a request: by URL or as base64, with its type (providers.md §3.4, §3.6). */
export const fileBody = nested({
	mimetype: text(),
	filename: text().nullish(),
	url: text().nullish(),
	data: text().nullish(),
}).superRefine(({ url, data }, context) => {
	if (url || data) return;
	// Assumed: which of the two WAHA misses first (providers.md §3.4).
	context.addIssue({ code: z.ZodIssueCode.custom, path: ['url'], message: 'must be a string' });
});
