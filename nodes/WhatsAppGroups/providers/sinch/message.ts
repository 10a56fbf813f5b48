import type { FileContent, MessageContent } from '../../contract/messages';
import type { Answer, SendMessage } from '../../contract/operations';
import type { SentMessage } from '../../model';
import type { Api } from '../../transport/api';
import { asList, asRecord, asText, firstOf } from '../../transport/json';
import { extensionOf } from '../../values/mimeType';
import { readAnswer } from './answer';

/** Without `recipientType: group` Sinch would take the group's id for a phone number (§1.3). */
export async function sendMessage(
	api: Api,
	{ group, content, correlationId }: SendMessage,
): Promise<Answer<SentMessage>> {
	const to = { destination: group, recipientType: 'group' } as const;
	const own = correlationId ? { correlationId } : {};
	return await sendTo(api, { ...to, ...own }, await messageOf(content));
}

interface Destination {
	destination: string;
	recipientType: 'group' | 'individual';
	correlationId?: string;
}

export async function sendTo(
	api: Api,
	destination: Destination,
	message: object,
): Promise<Answer<SentMessage>> {
	const response = await api.request({
		method: 'POST',
		path: '/v1/whatsapp/send',
		body: { destinations: [destination], message },
	});
	// Editions of the documents disagree on `Id`/`id` and `destination`/`destinations` (§6.8).
	const raw = readAnswer(api, response);
	const [sent] = asList(raw.destination ?? raw.destinations).map(asRecord);
	const id = firstOf(asText(sent?.id), asText(raw.Id), asText(raw.id));
	if (id === null) throw api.unreadable(response);
	return { model: { id, sentAt: null }, raw };
}

async function messageOf(content: MessageContent) {
	switch (content.type) {
		case 'text':
			return { messageText: content.text };
		case 'audio':
		case 'document':
		case 'image':
		case 'video':
			return { [content.type]: await fileOf(content) };
		case 'location': {
			const { latitude, longitude, name, address } = content;
			return { location: { geoPoint: `${latitude},${longitude}`, name, address } };
		}
		case 'contact': {
			const { name, phone, organization } = content;
			const [first, ...last] = name.trim().split(/\s+/);
			const card = {
				name: { formatted_name: name, first_name: first, last_name: last.join(' ') || undefined },
				phones: [{ phone: `+${phone}`, type: 'CELL', wa_id: phone }],
				...(organization === undefined ? {} : { org: { company: organization } }),
			};
			return { contacts: [card] };
		}
		// The one kind whose parameters are documented; the newer one has a header, but nobody tells what else (§1.3).
		case 'template': {
			const { name, language, namespace, parameters } = content;
			const place = { namespace, elementName: name, languageCode: language };
			const texts = parameters.map(({ text }) => text);
			return { hsm: { ...place, languagePolicy: 'DETERMINISTIC', parameters: texts } };
		}
		default:
			// Refused before, since the record of the provider does not have the type.
			throw new Error(`Sinch does not send ${content.type}`);
	}
}

/** `type` is the extension in capitals; a document shows its caption as its name (§1.3). */
async function fileOf({ type, file, caption }: FileContent) {
	const shown = type === 'document' ? (caption ?? file.fileName) : caption;
	return {
		type: extensionOf(file.fileName).toUpperCase(),
		...(file.kind === 'linked'
			? { url: file.url }
			: { data: (await file.read()).toString('base64') }),
		...(shown === undefined ? {} : { caption: shown }),
	};
}
