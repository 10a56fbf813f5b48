import type { IDataObject } from 'n8n-workflow';
import type { OnMessage } from '../../contract/operations';
import type { MessageChange } from '../../model';
import type { Api } from '../../transport/api';
import { InvalidInput } from '../../values/invalidInput';
import { readAnswer } from './answer';
import { product } from './product';
import { toSentMessage } from './readers';
import type { Surface } from './surface';

/** One message per request; of more than three pins WhatsApp takes the oldest off (providers.md §4.3.11). */
export async function pinMessage(
	at: Surface,
	api: Api,
	{ days, ...on }: OnMessage & { days: number },
): Promise<MessageChange> {
	return await change(at, api, on, { type: 'pin', expiration_days: days });
}

export async function unpinMessage(at: Surface, api: Api, on: OnMessage): Promise<MessageChange> {
	return await change(at, api, on, { type: 'unpin' });
}

/** A pin is a message itself: it is taken here, and its statuses tell what became of it. */
async function change(
	at: Surface,
	api: Api,
	{ group, message }: OnMessage,
	pin: IDataObject,
): Promise<MessageChange> {
	const response = await api.request({
		method: 'POST',
		path: `${at.number(api)}/messages`,
		body: {
			...product,
			recipient_type: 'group',
			to: group,
			type: 'pin',
			pin: { ...pin, message_id: messageId(at, message) },
		},
	});
	const sent = toSentMessage(readAnswer(api, response));
	if (!sent) throw api.unreadable(response);
	return { status: 'pending', pinMessageId: sent.model.id };
}

function messageId({ name }: Surface, input: string): string {
	if (/^wamid\.[\w+/=-]+$/.test(input)) return input;
	throw new InvalidInput(
		`'Message ID' is not the ID of a message at ${name}`,
		`A ${name} message ID is a long text that begins with “wamid.”; this may be the ID of another provider. Use the one that the trigger puts out in message.id, or Message: Send in id.`,
	);
}
