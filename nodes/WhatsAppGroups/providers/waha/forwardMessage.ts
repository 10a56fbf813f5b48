import type { Answer, ForwardMessage } from '../../contract/operations';
import type { ForwardedMessage } from '../../model';
import type { Api } from '../../transport/api';
import { asBoolean, asIsoTime, asRecord } from '../../transport/json';
import { checkDone } from './answer';
import { isKnown, unknownMessage } from './knownMessage';
import { readMessageKey } from './messageId';
import { idOf } from './readGroup';
import { onEngines } from './since';

export async function forwardMessage(
	api: Api,
	{ group, message }: ForwardMessage,
): Promise<Answer<ForwardedMessage>> {
	const key = readMessageKey(message);
	const response = await onEngines(
		'WEBJS, WPP and NOWEB',
		async () =>
			await api.request({
				method: 'POST',
				path: '/api/forwardMessage',
				body: { session: api.account, chatId: group, messageId: key.id },
				acceptText: true,
			}),
	);
	checkDone(api, response);
	const raw = asRecord(response.body);
	const id = idOf(raw.id);
	if (id !== null) {
		return { model: { status: 'success', id, sentAt: asIsoTime(raw.timestamp) }, raw };
	}
	// WEBJS answers `{ sent: false }` whatever became of it (providers.md §3.13).
	if (asBoolean(raw.sent) === null) throw api.unreadable(response);
	if (!(await isKnown(api, key))) throw unknownMessage(api);
	const note = 'The engine WEBJS does not tell the ID of the new message.';
	return { model: { status: 'success', id: null, sentAt: null, note }, raw };
}
