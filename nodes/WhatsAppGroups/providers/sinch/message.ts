import type { SentMessage } from '../../model';
import type { Api } from '../../transport/api';
import { readAnswer } from './answer';
import type { Answer, SendText } from '../../contract/operations';
import { asList, asRecord, asText, firstOf } from '../../transport/json';

/** Without `recipientType: group` Sinch would take the group's id for a phone number (§1.3). */
export async function sendText(
	api: Api,
	{ group, text, correlationId }: SendText,
): Promise<Answer<SentMessage>> {
	const response = await api.request({
		method: 'POST',
		path: '/v1/whatsapp/send',
		body: {
			destinations: [
				{ destination: group, recipientType: 'group', ...(correlationId ? { correlationId } : {}) },
			],
			message: { messageText: text },
		},
	});
	// Editions of the documents disagree on `Id`/`id` and `destination`/`destinations` (§6.8).
	const raw = readAnswer(api, response);
	const [destination] = asList(raw.destination ?? raw.destinations).map(asRecord);
	const id = firstOf(asText(destination?.id), asText(raw.Id), asText(raw.id));
	if (id === null) throw api.unreadable(response);
	return { model: { id, sentAt: null }, raw };
}
