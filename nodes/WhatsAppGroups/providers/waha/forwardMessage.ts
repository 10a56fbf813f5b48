import type { Answer, ForwardMessage } from '../../contract/operations';
import type { ForwardedMessage } from '../../model';
import type { Api } from '../../transport/api';
import { asBoolean, asIsoTime, asRecord } from '../../transport/json';
import { checkDone } from './answer';
import { isKnown, unknownMessage } from './knownMessage';
import { readMessageKey } from './messageId';
import type { MessageKey } from './messageId';
import { idOf } from './readGroup';
import { knownServer } from './server';
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
	const isSent = asBoolean(raw.sent);
	if (isSent === null) throw api.unreadable(response);
	if (!isSent) await checkSent(api, key);
	const note = 'The engine of this WAHA server does not tell the ID of the new message.';
	return { model: { status: 'success', id: null, sentAt: null, note }, raw };
}

/** WPP means what it says; WEBJS answers `{ sent: false }` whatever became of it (providers.md §3.13). */
async function checkSent(api: Api, key: MessageKey): Promise<void> {
	const { engine } = await knownServer(api);
	if (engine === 'WPP') {
		throw api.failure(
			'WhatsApp did not forward the message',
			"Check 'Message ID', and that the number is in the group and may write there.",
		);
	}
	if (!(await isKnown(api, key))) throw unknownMessage(api);
}
