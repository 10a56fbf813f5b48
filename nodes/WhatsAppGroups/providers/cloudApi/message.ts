import type { SentMessage } from '../../model';
import type { Api } from '../../transport/api';
import { readAnswer } from './answer';
import { toSentMessage } from './readers';
import type { Answer, SendText } from '../../contract/operations';
import { product } from './product';
import type { Surface } from './surface';

/** `recipient_type: group` tells a group from a person (providers.md §2.3). */
export async function sendText(
	at: Surface,
	api: Api,
	{ group, text, linkPreview, replyTo }: SendText,
): Promise<Answer<SentMessage>> {
	const response = await api.request({
		method: 'POST',
		path: `${at.number(api)}/messages`,
		body: {
			...product,
			recipient_type: 'group',
			to: group,
			type: 'text',
			text: { body: text, ...(linkPreview === undefined ? {} : { preview_url: linkPreview }) },
			...(replyTo === undefined ? {} : { context: { message_id: replyTo } }),
		},
	});
	const sent = toSentMessage(readAnswer(api, response));
	if (!sent) throw api.unreadable(response);
	return sent;
}
