import { z } from 'zod';
import { isBase64 } from '../shared/base64';

const text = z.string().min(1, 'must not be empty');
const webUrl = z
	.string()
	.url()
	.refine((url) => /^https?:/i.test(url), 'must be an http or https URL');

/** A file: `type` is its kind in capitals, e.g. JPG; the bytes come by URL or as base64. */
const file = z
	.object({
		type: text,
		url: webUrl.optional(),
		data: z.string().min(1, 'must not be empty').refine(isBase64, 'must be base64').optional(),
		caption: z.string().optional(),
	})
	.refine(({ url, data }) => (url === undefined) !== (data === undefined), {
		message: 'needs either url or data',
		path: ['url'],
	});

const location = z.object({
	geoPoint: z.string().regex(/^-?\d+(\.\d+)?, ?-?\d+(\.\d+)?$/, 'must be "latitude,longitude"'),
	name: z.string().optional(),
	address: z.string().optional(),
});

const contact = z.object({
	name: z.object({ formatted_name: text }).passthrough(),
	phones: z.array(z.object({ phone: text }).passthrough()).optional(),
	emails: z.array(z.object({ email: text }).passthrough()).optional(),
	urls: z.array(z.object({ url: text }).passthrough()).optional(),
	addresses: z.array(z.object({}).passthrough()).optional(),
	org: z.object({}).passthrough().optional(),
	birthday: z.string().optional(),
});

const hsm = z.object({
	namespace: text,
	elementName: text,
	languageCode: text,
	languagePolicy: z.enum(['DETERMINISTIC', 'FALLBACK']).optional(),
	parameters: z.array(z.string()).optional(),
});

const template = z.object({ namespace: text, elementName: text, languageCode: text }).passthrough();

const row = z.object({ identifier: text, title: text, description: z.string().optional() });

const interactive = z
	.object({
		messageInteractiveType: z.enum(['LIST', 'REPLY_BUTTON']),
		header: z
			.object({ text: z.string().max(60).optional() })
			.passthrough()
			.optional(),
		body: z.object({ text: text.max(1024) }),
		footer: z.object({ text: text.max(60) }).optional(),
		listAction: z
			.object({
				button: text,
				sections: z
					.array(z.object({ title: z.string().optional(), rows: z.array(row).min(1) }))
					.min(1)
					.refine((sections) => sections.flatMap(({ rows }) => rows).length <= 10, {
						message: 'may have 10 rows in all',
					}),
			})
			.optional(),
		replyButtonAction: z
			.object({
				buttons: z
					.array(z.object({ reply: z.object({ title: text.max(20), payload: text.max(256) }) }))
					.min(1)
					.max(3),
			})
			.optional(),
		alternativeText: z.string().optional(),
	})
	.refine(
		(value) =>
			value.messageInteractiveType === 'LIST'
				? value.listAction !== undefined && value.replyButtonAction === undefined
				: value.replyButtonAction !== undefined && value.listAction === undefined,
		{ message: 'must be the action of its messageInteractiveType', path: ['listAction'] },
	);

/** What a message can be, each under its own key (providers.md §1.3). */
const kinds = {
	messageText: text,
	image: file,
	audio: file,
	video: file,
	document: file,
	location,
	contacts: z.array(contact).min(1),
	hsm,
	template,
	interactive,
};

const kindNames = Object.keys(kinds);

/**
 * `message` of a send: exactly one kind of content, and `ttl`, which is clamped to 1–30 days rather
 * than refused (providers.md §1.3).
 */
export const messageSchema = z
	.object(kinds)
	.partial()
	.extend({ ttl: z.number().int().optional() })
	.refine(
		(message) => kindNames.filter((name) => name in message).length === 1,
		`must have exactly one of ${kindNames.join(', ')}`,
	);
