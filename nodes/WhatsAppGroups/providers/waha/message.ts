import type { FileContent, MessageContent, TextContent } from '../../contract/messages';
import type { Answer, SendMessage } from '../../contract/operations';
import type { SentMessage } from '../../model';
import type { Api } from '../../transport/api';
import { asIsoTime, asRecord, asText, firstOf } from '../../transport/json';
import type { Json } from '../../transport/json';
import { checkDone } from './answer';
import { idOf } from './readGroup';

/** One endpoint for each type (providers.md §3.6). */
const paths = {
	contact: '/api/sendContactVcard',
	document: '/api/sendFile',
	image: '/api/sendImage',
	location: '/api/sendLocation',
	poll: '/api/sendPoll',
	text: '/api/sendText',
	video: '/api/sendVideo',
	voice: '/api/sendVoice',
} as const;

type Sent = keyof typeof paths;

export async function sendMessage(
	api: Api,
	{ group, content, replyTo }: SendMessage,
): Promise<Answer<SentMessage>> {
	const response = await api.request({
		method: 'POST',
		path: paths[content.type as Sent],
		body: {
			session: api.account,
			chatId: group,
			...(await bodyOf(content)),
			...(replyTo === undefined ? {} : { reply_to: replyTo }),
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

/** What the record of the provider says it calls for a message. */
export function endpointFor(type: Sent): string {
	return `POST ${paths[type]}`;
}

async function bodyOf(content: MessageContent) {
	switch (content.type) {
		case 'text':
			return textOf(content);
		case 'location': {
			const { latitude, longitude, name, address } = content;
			return {
				latitude,
				longitude,
				title: [name, address].filter(Boolean).join(', ') || undefined,
			};
		}
		case 'contact': {
			const { name, phone, organization } = content;
			const card = { fullName: name, phoneNumber: `+${phone}`, whatsappId: phone, organization };
			return { contacts: [{ ...card, vcard: null }] };
		}
		case 'poll': {
			const { question, options, multipleAnswers } = content;
			return { poll: { name: question, options, multipleAnswers } };
		}
		case 'template':
			// Refused before, since the record of the provider does not have the type.
			throw new Error('WAHA does not send templates');
		default:
			return await fileOf(content);
	}
}

function textOf({ text, linkPreview, linkPreviewHighQuality, mentions = [] }: TextContent) {
	return {
		text: [text, ...mentions.map(atSign).filter((name) => !text.includes(name))].join(' '),
		...(mentions.length === 0 ? {} : { mentions }),
		...(linkPreview === undefined ? {} : { linkPreview }),
		...(linkPreviewHighQuality === undefined ? {} : { linkPreviewHighQuality }),
	};
}

/** As WhatsApp shows a mention: without it in the text nobody sees who is meant. */
function atSign(mention: string): string {
	return mention === 'all' ? '' : `@${mention.split('@')[0]}`;
}

/** The server makes of recordings and films what WhatsApp plays. */
async function fileOf({ type, file, caption }: FileContent) {
	const { mimeType: mimetype, fileName: filename } = file;
	const source =
		file.kind === 'linked' ? { url: file.url } : { data: (await file.read()).toString('base64') };
	return {
		file: { mimetype, filename, ...source },
		...(caption === undefined ? {} : { caption }),
		...(type === 'video' || type === 'voice' ? { convert: true } : {}),
	};
}

/** `true_<group>_<id>`, as a reply and the events write the id of one's own message (providers.md §3.10). */
function joinedId({ id, remoteJid, participant }: Json, group: string): string | null {
	const parts = [firstOf(asText(remoteJid), group), asText(id), asText(participant)];
	return parts[1] === null ? null : ['true', ...parts].filter((part) => part !== null).join('_');
}
