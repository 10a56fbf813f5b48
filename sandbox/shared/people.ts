import { z } from 'zod';
import { isBase64 } from './base64';

/** A phone number as providers' `wa_id`: digits with country code, no plus, 7 to 15 of them. */
export const waIdSchema = z
	.string()
	.regex(/^\d{7,15}$/, 'must be a phone number as digits with country code, e.g. 5519911112222');

const caption = z.string().min(1).optional();
const media = {
	/** The file as base64: the provider keeps it, and says where. */
	data: z.string().refine(isBase64, 'must be base64').optional(),
	/** Where the file is instead; the provider invents one without either. */
	url: z.string().url().optional(),
	mimeType: z.string().min(1).optional(),
};

/** What a person sends to a group; `type` may be left out for text. */
export const incomingContentSchema = z.discriminatedUnion('type', [
	z.object({ type: z.literal('text'), text: z.string().min(1) }).strict(),
	z.object({ type: z.literal('image'), ...media, caption }).strict(),
	z.object({ type: z.literal('video'), ...media, caption }).strict(),
	z.object({ type: z.literal('audio'), ...media }).strict(),
	z.object({ type: z.literal('sticker'), ...media }).strict(),
	z
		.object({ type: z.literal('document'), ...media, caption, fileName: z.string().optional() })
		.strict(),
	z
		.object({
			type: z.literal('location'),
			latitude: z.number().min(-90).max(90),
			longitude: z.number().min(-180).max(180),
			name: z.string().optional(),
			address: z.string().optional(),
		})
		.strict(),
	z
		.object({
			type: z.literal('contacts'),
			contacts: z.array(z.object({ name: z.string().min(1), phone: z.string().min(1) })).min(1),
		})
		.strict(),
	/** A poll, an event, whatever the provider only says it cannot show. */
	z.object({ type: z.literal('unsupported') }).strict(),
]);

export type IncomingContent = z.infer<typeof incomingContentSchema>;

const sender = z
	.object({
		phone: waIdSchema,
		name: z.string().min(1).optional(),
		/** Id of the message that this one answers. */
		replyTo: z.string().min(1).optional(),
		/** People whom it mentions; told by WAHA only. */
		mentions: z.array(waIdSchema).optional(),
	})
	.passthrough();

/** Body of `POST …/message`: `{ phone, name?, replyTo?, mentions?, …content }`. */
export const incomingMessageSchema = sender.transform(
	({ phone, name, replyTo, mentions, ...content }, context) => {
		const parsed = incomingContentSchema.safeParse({ type: 'text', ...content });
		if (parsed.success) return { phone, name, replyTo, mentions, content: parsed.data };
		for (const issue of parsed.error.issues) context.addIssue(issue);
		return z.NEVER;
	},
);

/** The bytes of what somebody sent, and what is left of it without them. */
export function fileIn(content: IncomingContent): {
	bytes: Buffer | undefined;
	rest: IncomingContent;
} {
	if (!('data' in content) || content.data === undefined)
		return { bytes: undefined, rest: content };
	const { data, ...rest } = content;
	return { bytes: Buffer.from(data, 'base64'), rest };
}

/** Digits of a phone number written in any usual way; `null` when it cannot be one. */
export function phoneDigits(written: string): string | null {
	if (!/^\+?[\d\s().-]+$/.test(written)) return null;
	const digits = written.replace(/\D/g, '');
	return digits.length >= 7 && digits.length <= 15 ? digits : null;
}
