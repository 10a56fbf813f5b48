import type { Router } from 'express';
import { notFound } from '../errors';
import type { Message, Session } from '../model';
import type { Call } from './call';
import type { WahaServer } from '../server';
import { directMessagePayload, groupMessagePayload } from '../webhooks/messagePayloads';
import { sessionRoute } from './call';

/** Files that the server has at hand, and messages by id, with their files (providers.md §3.10, §3.14). */
export function mediaRoutes(router: Router, server: WahaServer): void {
	router.get('/api/files/:session/:file', (req, res) => {
		const bytes = server.media.at(req.params.file);
		if (bytes === undefined) throw notFound('File not found');
		res.type('application/octet-stream').send(bytes);
	});

	router.get(
		'/api/:session/chats/:chatId/messages/:messageId',
		// Without its file a message is read by the routes that change it.
		({ query }, _res, next) => next(query.downloadMedia === 'true' ? undefined : 'route'),
		sessionRoute(server, { doing: 'send' }, ({ req, me, session }) => {
			const message = found(server, req);
			const reader = { engine: server.engine, viewer: me };
			const group = server.groups.known(message.chat);
			const via: Session | null = message.from === me ? session : null;
			const payload = group
				? groupMessagePayload(reader, message, group, via)
				: directMessagePayload(reader, message, via);
			return { ...payload, media: server.media.recall(message) ? payload.media : null };
		}),
	);
}

/** A bare id, and all chats at once, are for NOWEB and GOWS. Assumed: 404 for what there is not. */
function found({ engine, messages }: WahaServer, req: Call['req']): Message {
	const { chatId, messageId } = req.params as Record<string, string>;
	const message = messages
		.all()
		.find(({ id }) =>
			messageId.includes('_') ? messageId.split('_')[2] === id : messageId === id,
		);
	const isBare = !messageId.includes('_') || chatId === 'all';
	const isThere = message && (chatId === 'all' || message.chat === chatId);
	if (!isThere || (isBare && engine === 'WEBJS')) throw notFound('Message not found');
	return message;
}
