import type { Api } from '../../transport/api';
import { path } from '../../transport/connection';
import { asRecord } from '../../transport/json';
import type { MessageKey } from './messageId';

export function messagePath(api: Api, { chat, id }: MessageKey): string {
	return path`/api/${api.account}/chats/${chat}/messages/${id}`;
}

/**
 * Whether the engine still has the message, to be asked after an answer that proves nothing. Only its own
 * words for no are one: a server that cannot say leaves the change done.
 */
export async function isKnown(api: Api, key: MessageKey): Promise<boolean> {
	try {
		const { body, status } = await api.request({
			method: 'GET',
			path: messagePath(api, key),
			qs: { downloadMedia: 'false' },
			accept: [404],
		});
		return status !== 404 || asRecord(body).message !== 'Message not found';
	} catch {
		return true;
	}
}

export function unknownMessage(api: Api) {
	return api.failure(
		'WAHA does not know this message',
		"Check 'Message ID': use the one that the trigger puts out in message.id, or Message: Send in id.",
	);
}
