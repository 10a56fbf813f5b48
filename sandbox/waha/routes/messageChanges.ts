import type { Router } from 'express';
import { z } from 'zod';
import { EngineException, notFound, notImplemented, unprocessable } from '../errors';
import { isAtLeast } from '../releases';
import { isMeant, parseMessageKey } from '../messageKey';
import { isGroupId } from '../ids';
import type { Message } from '../model';
import type { WahaServer } from '../server';
import { flag, number, text, validated } from '../validate';
import { directMessagePayload, groupMessagePayload } from '../webhooks/messagePayloads';
import { sessionRoute, type Call } from './call';
import { requireStore } from './store';

const reactionBody = z.object({ session: text(), messageId: text(), reaction: text() });

const editBody = z.object({
	text: text(),
	linkPreview: flag().nullish(),
	linkPreviewHighQuality: flag().nullish(),
});

const forwardBody = z.object({ session: text(), chatId: text(), messageId: text() });

/** Seconds: a day, a week, thirty days. */
const PIN_DURATIONS = [86400, 604800, 2592000];

const pinBody = z.object({
	duration: number().refine((seconds) => PIN_DURATIONS.includes(seconds), {
		message: `must be one of the following values: ${PIN_DURATIONS.join(', ')}`,
	}),
});

/**
 * What acts on a message that is there (providers.md §3.6, §3.13). WEBJS looks it up in its browser.
 * NOWEB and GOWS send their wish about any ID whatsoever, and WhatsApp's apps drop what they cannot use
 * without a word.
 */
export function messageChangeRoutes(router: Router, server: WahaServer): void {
	const path = '/api/:session/chats/:chatId/messages/:messageId';

	router.put(
		'/api/reaction',
		sessionRoute(
			server,
			{ doing: 'send', session: (req) => validated(reactionBody, req.body).session },
			(call) => {
				const { messageId, reaction } = validated(reactionBody, call.req.body);
				const message = lookUp(call, messageId);
				if (message) server.messages.react(call.me, message, reaction);
				return carried(call, messageId);
			},
		),
	);

	for (const action of ['pin', 'unpin'] as const) {
		router.post(
			`${path}/${action}`,
			sessionRoute(server, { doing: 'send', success: 201 }, (call) => {
				if (server.engine === 'GOWS') throw notImplemented(server.engine);
				const duration = action === 'pin' ? validated(pinBody, call.req.body).duration : null;
				const message = lookUp(call, String(call.req.params.messageId));
				if (!message && !call.dialect.carrier) throw notThere(action);
				const isDone = message ? server.messages.pin(call.me, message, duration) : true;
				return { success: isDone || call.dialect.carrier !== null };
			}),
		);
	}

	router.put(
		path,
		sessionRoute(server, { doing: 'send' }, (call) => {
			const body = validated(editBody, call.req.body);
			requireEditing(call);
			const { messageId } = call.req.params as { messageId: string };
			const message = lookUp(call, messageId);
			const isDone = message !== undefined && server.messages.edit(call.me, message, body.text);
			if (call.dialect.carrier) return carried(call, messageId);
			return isDone ? call.dialect.sent(message, call.me) : undefined;
		}),
	);

	router.delete(
		path,
		sessionRoute(server, { doing: 'send' }, (call) => {
			requireEditing(call);
			const { messageId } = call.req.params as { messageId: string };
			const message = lookUp(call, messageId);
			if (!message && !call.dialect.carrier) throw notThere('id');
			const isDone = message !== undefined && server.messages.delete(call.me, message);
			// Whoever may not delete it for everybody deletes it for themselves.
			if (!isDone && !call.dialect.carrier) message?.hiddenFrom.add(call.me);
			return carried(call, messageId);
		}),
	);

	router.get(
		path,
		sessionRoute(server, { doing: 'read' }, (call) => {
			if (server.engine === 'NOWEB') requireStore(server);
			const message = lookUp(call, String(call.req.params.messageId));
			if (!message) throw notFound('Message not found');
			return payloadOf(call, message);
		}),
	);

	router.post(
		'/api/forwardMessage',
		sessionRoute(
			server,
			{ doing: 'send', success: 201, session: (req) => validated(forwardBody, req.body).session },
			(call) => {
				const { chatId, messageId } = validated(forwardBody, call.req.body);
				if (server.engine === 'GOWS') {
					// Assumed: since when GOWS has a status for it; in October 2025 it had none.
					if (isAtLeast(server.release, '2026.1.1')) throw notImplemented(server.engine);
					throw new EngineException('Method not implemented.');
				}
				const message = lookUp(call, messageId);
				if (!message) {
					// Assumed: that WEBJS throws this too; its source passes what it has not found on.
					throw server.engine === 'WEBJS'
						? notThere('id')
						: unprocessable(`Message with id '${messageId}' not found`);
				}
				const { kind, text: words, content } = message;
				const draft = { chat: chatId, kind, text: words, content };
				const forwarded = server.messages.send(call.me, draft, call.session);
				return server.engine === 'WEBJS' ? { sent: false } : payloadOf(call, forwarded);
			},
		),
	);
}

/** GOWS has it since 2025.3.1. */
function requireEditing({ server }: Call): void {
	if (server.engine === 'GOWS' && !isAtLeast(server.release, '2025.3.1')) {
		throw notImplemented(server.engine);
	}
}

/** The message that the ID means for everybody. @throws EngineException for what is no ID to this engine */
function lookUp({ server, dialect, me, req }: Call, messageId: string): Message | undefined {
	const key = parseMessageKey(messageId);
	const isWhole = dialect.carrier === null;
	if (!key) {
		if (isWhole) return undefined;
		throw new EngineException(
			'Message id be in format false_11111111111@c.us_AAAAAAAAAAAAAAAAAAAA[_participant]',
		);
	}
	// The browser goes by the ID alone, while the others write to the chat in the path.
	if (!isWhole && req.params.chatId && req.params.chatId !== key.chat) return undefined;
	const message = server.messages.find(key.id);
	const isThere =
		message && isMeant(message, key, { viewer: me, isWhole }) && !message.hiddenFrom.has(me);
	return isThere ? message : undefined;
}

/** What a browser throws that reads a property of nothing. */
function notThere(property: string): EngineException {
	return new EngineException(
		`Cannot read properties of undefined (reading '${property}')`,
		'TypeError',
	);
}

function carried({ dialect, me }: Call, messageId: string): unknown {
	return dialect.carrier?.(parseMessageKey(messageId)?.chat ?? '', me);
}

function payloadOf({ server, me, session }: Call, message: Message) {
	const reader = { engine: server.engine, viewer: me };
	return isGroupId(message.chat)
		? groupMessagePayload(reader, message, server.groups.get(message.chat, me), session)
		: directMessagePayload(reader, message, session);
}
