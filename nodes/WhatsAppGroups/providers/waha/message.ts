import type { SentMessage } from '../../model';
import type { Api } from '../../transport/api';
import type { Answer, SendText } from '../provider';
import { asIsoTime, asRecord, asText, firstOf } from '../read';
import { checkAllowed, checkNoSentence } from './group';
import { idOf } from './readGroup';

export async function sendText(
	api: Api,
	{ group, text, linkPreview, mentions = [], replyTo }: SendText,
): Promise<Answer<SentMessage>> {
	const response = await api.request({
		method: 'POST',
		path: '/api/sendText',
		body: {
			session: api.account,
			chatId: group,
			text,
			...(replyTo === undefined ? {} : { reply_to: replyTo }),
			...(mentions.length === 0 ? {} : { mentions }),
			...(linkPreview === undefined ? {} : { linkPreview }),
		},
		acceptText: true,
	});
	checkAllowed(api, response);
	checkNoSentence(api, response);
	// The id is an object on WEBJS, below `key` on NOWEB, and a text on GOWS (providers.md §3.6).
	const raw = asRecord(response.body);
	const id = firstOf(idOf(raw.id), asText(asRecord(raw.key).id));
	if (id === null) throw api.refusal(response);
	const sentAt = firstOf(asIsoTime(raw.timestamp), asIsoTime(raw.messageTimestamp));
	return { model: { id, sentAt }, raw };
}
