import type { EditMessage, OnMessage } from '../../contract/operations';
import type { MessageChange } from '../../model';
import type { Api } from '../../transport/api';
import { withStatus } from '../../transport/errors';
import type { ApiResponse } from '../../transport/response';
import { InvalidInput } from '../../values/invalidInput';
import { checkDone, readDone } from './answer';
import { isKnown, messagePath, unknownMessage } from './knownMessage';
import { readKeyIn } from './messageId';

/**
 * NOWEB and GOWS answer with the message that carries the change. WEBJS answers nothing, whether it has
 * found the message or not (providers.md §3.13).
 */
export async function reactToMessage(
	api: Api,
	{ group, message, emoji }: OnMessage & { emoji: string },
): Promise<MessageChange> {
	const key = readKeyIn(group, message);
	const response = await api.request({
		method: 'PUT',
		path: '/api/reaction',
		body: { session: api.account, messageId: key.id, reaction: emoji },
		acceptText: true,
	});
	const done = readDone(api, response);
	if (isEmpty(response) && !(await isKnown(api, key))) throw unknownMessage(api);
	return done;
}

/** WEBJS answers nothing where it may not; every engine answers with the message where it did. */
export async function editMessage(
	api: Api,
	{ group, message, ...content }: EditMessage,
): Promise<MessageChange> {
	const key = readKeyIn(group, message);
	if (!key.isOwn) {
		throw new InvalidInput(
			"'Message ID' is of a message that somebody else wrote",
			'WhatsApp lets a number edit its own messages only: use the ID that Message: Send gave.',
		);
	}
	const response = await api.request({
		method: 'PUT',
		path: messagePath(api, key),
		body: { ...content },
		acceptText: true,
	});
	checkDone(api, response);
	if (!isEmpty(response)) return { status: 'success' };
	throw api.failure(
		'WhatsApp did not edit the message',
		"Check 'Message ID': only texts and captions of the number's own can be edited, and only for 15 minutes.",
	);
}

/**
 * Where the number may not delete it for everyone, WEBJS deletes it for the number alone, and answers
 * nothing in both cases: for everyone a note that it was deleted stays in its place.
 */
export async function deleteMessage(
	api: Api,
	{ group, message }: OnMessage,
): Promise<MessageChange> {
	const key = readKeyIn(group, message);
	const response = await api.request({
		method: 'DELETE',
		path: messagePath(api, key),
		acceptText: true,
	});
	const done = readDone(api, response);
	if (!isEmpty(response) || (await isKnown(api, key))) return done;
	const error = api.failure(
		'The message may be deleted for the number of the session only: the outcome is unknown',
		'Look into the group. A number can delete its own messages for everyone for about two days, and as an admin of the group those of others.',
	);
	throw withStatus(error, 'unknown');
}

function isEmpty({ body }: ApiResponse): boolean {
	return body === null || body === undefined || body === '';
}
