import { z } from 'zod';
import { messagingProduct } from './request';

const text = z.string().min(1, 'must not be empty');

/** An uploaded file by id, or one on the web by link: one of the two. */
const file = <Extra extends z.ZodRawShape>(extra: Extra) =>
	z
		.object({
			id: text.optional(),
			link: z
				.string()
				.url()
				.refine((link) => /^https?:/i.test(link), 'must be an http or https URL')
				.optional(),
			...extra,
		})
		.superRefine((given, context) => {
			const { id, link } = given as { id?: string; link?: string };
			if ((id === undefined) === (link === undefined)) {
				context.addIssue({ code: 'custom', message: 'needs either id or link', path: ['id'] });
			}
		});

const caption = { caption: z.string().max(1024).optional() };

const parameter = z.discriminatedUnion('type', [
	z.object({ type: z.literal('text'), text, parameter_name: z.string().optional() }),
	z.object({ type: z.literal('group_id'), group_id: text }),
	z.object({ type: z.literal('image'), image: file({}) }),
	z.object({ type: z.literal('video'), video: file({}) }),
	z.object({ type: z.literal('document'), document: file({ filename: z.string().optional() }) }),
	z.object({ type: z.literal('currency'), currency: z.object({}).passthrough() }),
	z.object({ type: z.literal('date_time'), date_time: z.object({}).passthrough() }),
	z.object({ type: z.literal('payload'), payload: text }),
]);

const template = z.object({
	name: text,
	language: z.object({ code: text }),
	components: z
		.array(
			z.object({
				type: z.enum(['header', 'body', 'button']),
				sub_type: z.string().optional(),
				index: z.union([z.string(), z.number()]).optional(),
				parameters: z.array(parameter).optional(),
			}),
		)
		.optional(),
});

const pin = z.discriminatedUnion('type', [
	z.object({
		type: z.literal('pin'),
		message_id: text,
		expiration_days: z.number().int().min(1).max(30),
	}),
	z.object({ type: z.literal('unpin'), message_id: text }),
]);

const envelope = {
	...messagingProduct,
	recipient_type: z.enum(['individual', 'group']).default('individual'),
	to: text,
	/** The message that this one answers. */
	context: z.object({ message_id: text }).optional(),
};

/**
 * What can be sent: text, media, templates and pins (providers.md §2.1, §2.3). Locations, contacts,
 * interactive messages and reactions are not on the list for groups, and are not emulated at all.
 */
export const messageSchema = z.discriminatedUnion('type', [
	z.object({
		...envelope,
		type: z.literal('text'),
		text: z.object({ body: text.max(4096), preview_url: z.boolean().optional() }),
	}),
	z.object({ ...envelope, type: z.literal('image'), image: file(caption) }),
	z.object({ ...envelope, type: z.literal('video'), video: file(caption) }),
	z.object({ ...envelope, type: z.literal('audio'), audio: file({}) }),
	z.object({ ...envelope, type: z.literal('sticker'), sticker: file({}) }),
	z.object({
		...envelope,
		type: z.literal('document'),
		document: file({ ...caption, filename: z.string().optional() }),
	}),
	z.object({ ...envelope, type: z.literal('template'), template }),
	z.object({ ...envelope, type: z.literal('pin'), pin }),
]);

export type OutgoingMessage = z.infer<typeof messageSchema>;

/** Media that a message refers to by id, wherever in it. */
export function mediaIdsIn(message: OutgoingMessage): string[] {
	return filesIn(message).flatMap(({ id }) => (id === undefined ? [] : [id]));
}

function filesIn(message: OutgoingMessage): Array<{ id?: string }> {
	switch (message.type) {
		case 'image':
			return [message.image];
		case 'video':
			return [message.video];
		case 'audio':
			return [message.audio];
		case 'sticker':
			return [message.sticker];
		case 'document':
			return [message.document];
		case 'template':
			return parametersOf(message).flatMap((each) => {
				if (each.type === 'image') return [each.image];
				if (each.type === 'video') return [each.video];
				return each.type === 'document' ? [each.document] : [];
			});
		default:
			return [];
	}
}

/** Groups that a template's parameters refer to; each is replaced by its invite link on delivery. */
export function groupIdsIn(message: OutgoingMessage): string[] {
	if (message.type !== 'template') return [];
	return parametersOf(message).flatMap((each) => (each.type === 'group_id' ? [each.group_id] : []));
}

function parametersOf({ template: { components } }: OutgoingMessage & { type: 'template' }) {
	return (components ?? []).flatMap(({ parameters }) => parameters ?? []);
}
