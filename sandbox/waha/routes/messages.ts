import type { RequestHandler, Router } from 'express';
import { z } from 'zod';
import { Refused } from '../errors';
import { bytesIn, type RequestFile } from '../files';
import type { NewMessage } from '../messages';
import type { WahaServer } from '../server';
import { flag, list, nested, number, text, validated } from '../validate';
import { sessionRoute } from './call';
import { fileBody } from './files';

/** Assumed: session and chat must be in the body, though WAHA may have defaults (providers.md §3.6). */
const chat = { session: text(), chatId: text(), reply_to: text().nullish() };

const textBody = z.object({
	...chat,
	text: text(),
	mentions: list(text()).nullish(),
	linkPreview: flag().nullish(),
	linkPreviewHighQuality: flag().nullish(),
});

const mediaBody = z.object({ ...chat, file: fileBody, caption: text().nullish() });

/** `convert` is required for these in the OpenAPI description (providers.md §3.6). */
const convertedBody = mediaBody.extend({ convert: flag(), asNote: flag().nullish() });

const pollBody = z.object({
	...chat,
	poll: nested({
		name: text(),
		options: list(text()),
		multipleAnswers: flag().nullish(),
	}),
});

const locationBody = z.object({
	...chat,
	latitude: number(),
	longitude: number(),
	title: text().nullish(),
});

/** Either the parts of a card or a whole one. */
const contactBody = z.union([
	z.object({ vcard: z.string().min(1) }),
	z.object({
		fullName: z.string(),
		phoneNumber: z.string(),
		whatsappId: z.string().nullish(),
		organization: z.string().nullish(),
		vcard: z.null().optional(),
	}),
]);

const contactsBody = z.object({
	...chat,
	contacts: list(z.unknown()).superRefine((contacts, context) => {
		if (contacts.every((contact) => contactBody.safeParse(contact).success)) return;
		// Assumed: the wording (providers.md §3.6 gives the two forms only).
		context.addIssue({
			code: z.ZodIssueCode.custom,
			message: 'each value in %s must be a contact or a vcard',
		});
	}),
});

type Chat = z.ZodObject<typeof chat>;

/** Messages out, with the three engines' answers (providers.md §3.6). */
export function messageRoutes(router: Router, server: WahaServer): void {
	router.post(
		'/api/sendText',
		sendRoute(server, textBody, (body) => ({
			kind: 'text',
			text: body.text,
			mentions: body.mentions,
		})),
	);

	const media = [
		{ path: '/api/sendImage', kind: 'image', body: mediaBody },
		{ path: '/api/sendFile', kind: 'document', body: mediaBody },
		{ path: '/api/sendVideo', kind: 'video', body: convertedBody },
		{ path: '/api/sendVoice', kind: 'audio', body: convertedBody },
	] as const;
	for (const { path, kind, body } of media) {
		router.post(
			path,
			sendRoute(server, body, async ({ caption, file }) => ({
				kind,
				text: caption ?? '',
				content: await fileContent(file),
			})),
		);
	}

	router.post(
		'/api/sendPoll',
		sendRoute(server, pollBody, ({ poll }) => ({
			kind: 'poll',
			text: poll.name,
			content: { ...poll, multipleAnswers: poll.multipleAnswers ?? false },
		})),
	);

	router.post(
		'/api/sendLocation',
		sendRoute(server, locationBody, ({ latitude, longitude, title }) => ({
			kind: 'location',
			text: title ?? '',
			content: { latitude, longitude, title: title ?? null },
		})),
	);

	router.post(
		'/api/sendContactVcard',
		sendRoute(server, contactsBody, ({ contacts }) => ({
			kind: 'contacts',
			text: '',
			content: { contacts },
		})),
	);
}

/** Checks the body, makes a message of it, sends it as the session's account. */
function sendRoute<Body extends Chat>(
	server: WahaServer,
	schema: Body,
	draft: (
		body: z.output<Body>,
	) => Omit<NewMessage, 'chat' | 'replyTo'> | Promise<Omit<NewMessage, 'chat' | 'replyTo'>>,
): RequestHandler {
	return sessionRoute(
		server,
		{ doing: 'send', success: 201, session: (req) => validated(schema, req.body).session },
		async ({ req, me, session, dialect }) => {
			const body = validated(schema, req.body);
			const { chatId, reply_to: replyTo } = body as z.output<Chat>;
			const forced = server.takeForcedFailure('send');
			if (forced !== null) throw new Refused('forced', forced);
			const content = await draft(body);
			const message = server.messages.send(me, { ...content, chat: chatId, replyTo }, session);
			return dialect.sent(message, me);
		},
	);
}

async function fileContent(file: RequestFile & { filename?: string | null }) {
	const bytes = await bytesIn(file);
	return { mimetype: file.mimetype, fileName: file.filename ?? null, fileLength: bytes.length };
}
