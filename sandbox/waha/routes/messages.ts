import type { Request, Router } from 'express';
import { z } from 'zod';
import { Refused } from '../errors';
import type { WahaServer } from '../server';
import { flag, list, text, validated } from '../validate';
import { sessionRoute } from './call';

/** Assumed: session and chat must be in the body, though WAHA may have defaults (providers.md §3.6). */
export const chatBody = z.object({
	session: text(),
	chatId: text(),
	reply_to: text().nullish(),
});

const textBody = chatBody.extend({
	text: text(),
	mentions: list(text()).nullish(),
	linkPreview: flag().nullish(),
	linkPreviewHighQuality: flag().nullish(),
});

/** The session that a body names. @throws 400 */
export const bodySession = (req: Request): string =>
	validated(chatBody.pick({ session: true }), req.body).session;

export const forcedSendFailure = (server: WahaServer): void => {
	const forced = server.takeForcedFailure('send');
	if (forced !== null) throw new Refused('forced', forced);
};

/** Sending text (providers.md §3.6). */
export function messageRoutes(router: Router, server: WahaServer): void {
	router.post(
		'/api/sendText',
		sessionRoute(
			server,
			{ doing: 'send', success: 201, session: bodySession },
			({ req, me, session, dialect }) => {
				const body = validated(textBody, req.body);
				forcedSendFailure(server);
				const message = server.messages.send(
					me,
					{
						chat: body.chatId,
						kind: 'text',
						text: body.text,
						mentions: body.mentions,
						replyTo: body.reply_to,
					},
					session,
				);
				return dialect.sent(message, me);
			},
		),
	);
}
