import type { SentMessage } from '../../model';
import type { Api } from '../../transport/api';
import type { Answer, SendText } from '../../contract/operations';
import { asIsoTime, asRecord, asText, firstOf } from '../../transport/json';
import type { Json } from '../../transport/json';
import { checkDone } from './answer';
import { idOf } from './readGroup';

export async function sendText(
	api: Api,
	{ group, text, linkPreview, linkPreviewHighQuality, mentions = [], replyTo }: SendText,
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
			...(linkPreviewHighQuality === undefined ? {} : { linkPreviewHighQuality }),
		},
		acceptText: true,
	});
	checkDone(api, response);
	// The id is an object on WEBJS, in parts below `key` on NOWEB, and a text on GOWS (providers.md §3.6).
	const raw = asRecord(response.body);
	const id = firstOf(idOf(raw.id), joinedId(asRecord(raw.key), group));
	if (id === null) throw api.unreadable(response);
	const sentAt = firstOf(asIsoTime(raw.timestamp), asIsoTime(raw.messageTimestamp));
	return { model: { id, sentAt }, raw };
}

/** `true_<group>_<id>`, as a reply and the events write the id of one's own message (providers.md §3.10). */
function joinedId({ id, remoteJid, participant }: Json, group: string): string | null {
	const parts = [firstOf(asText(remoteJid), group), asText(id), asText(participant)];
	return parts[1] === null ? null : ['true', ...parts].filter((part) => part !== null).join('_');
}
