import { z } from 'zod';
import { controlBody } from '../shared/controlError';
import type { IncomingContent } from '../shared/people';
import type { Deliverer } from '../webhooks/deliverer';
import { jsonBody } from '../webhooks/sender';
import type { AddressOptions, WebhookSender } from '../webhooks/sender';
import type { SinchHappening } from './happenings';
import type { SinchEmulator } from './index';
import { ACCOUNT_PHONE } from './samples';

const urlsBody = z
	.object({
		messagesUrl: z.string().url().or(z.literal('')),
		statusUrl: z.string().url().or(z.literal('')),
	})
	.partial()
	.strict();

/** Must answer within 200 ms (providers.md §1.5); on one machine with n8n that would measure the machine. */
const patienceMs = 10_000;
/** Assumed: the schedule is not published (providers.md §1.5). */
const retryDelaysMs = [2000, 5000, 10_000, 30_000, 60_000];

/** Callbacks of messages and statuses, in bulk and unsigned, to URLs that Sinch's support registers. */
export function sinchWebhooks(sinch: SinchEmulator, deliverer: Deliverer): WebhookSender {
	let urls = { messagesUrl: '', statusUrl: '' };
	deliverer.onReset(() => {
		urls = { messagesUrl: '', statusUrl: '' };
	});
	sinch.control.get('/webhooks', (_request, response) => {
		response.json(urls);
	});
	sinch.control.put('/webhooks', (request, response) => {
		urls = { ...urls, ...controlBody(urlsBody, request.body) };
		response.json(urls);
	});

	const sender: WebhookSender = {
		id: 'sinch',
		address(body: Buffer, event: string, { url, sign = 'valid' }: AddressOptions = {}) {
			const registered = url ?? (event === 'status' ? urls.statusUrl : urls.messagesUrl);
			if (registered === '') return [];
			const target = new URL(registered);
			// The only proof is a secret in the URL.
			if (sign === 'forged') target.searchParams.set('secret', 'forged');
			if (sign === 'missing') target.searchParams.delete('secret');
			return [
				{
					provider: 'sinch',
					event,
					url: target.toString(),
					headers: { 'Content-Type': 'application/json' },
					body,
					timeoutMs: patienceMs,
					retryDelaysMs,
				},
			];
		},
	};
	sinch.onHappening((happening) => {
		const callback = toCallback(happening);
		if (!callback) return;
		const body = jsonBody({ total: 1, data: [callback.entry] });
		for (const delivery of sender.address(body, callback.event)) deliverer.send(delivery);
	});
	return sender;
}

function toCallback(happening: SinchHappening) {
	if (happening.type === 'messageReceived') {
		return { event: 'message', entry: toMessage(happening) };
	}
	if (happening.type === 'messageStatus') return { event: 'status', entry: toStatus(happening) };
	return undefined;
}

function toMessage(happening: Extract<SinchHappening, { type: 'messageReceived' }>) {
	const { at, content, group, messageId, person } = happening;
	return {
		id: messageId,
		source: person.phone,
		origin: ACCOUNT_PHONE,
		...(person.name && { userProfile: { name: person.name } }),
		message: { ...toContent(content), waGroupId: group.id },
		receivedAt: at,
		receivedDate: new Date(at).toISOString(),
	};
}

/** Locations and contacts come without `type` (providers.md §1.5). */
function toContent(content: IncomingContent): Record<string, unknown> {
	if (content.type === 'text') return { type: 'TEXT', messageText: content.text };
	if (content.type === 'location') {
		const { latitude, longitude, name, address } = content;
		return { location: { geoPoint: `${latitude},${longitude}`, name, address } };
	}
	if (content.type === 'contacts') {
		return {
			contacts: content.contacts.map(({ name, phone }) => ({
				name: { formatted_name: name, first_name: name },
				phones: [{ phone, type: 'CELL' }],
			})),
		};
	}
	const { type, ...rest } = content;
	const { url, mimeType, caption } = rest as { url?: string; mimeType?: string; caption?: string };
	const mediaUrl = url ?? `https://chatclub-cdn.wavy.global/sandbox/${type}`;
	return { type: type.toUpperCase(), mediaUrl, mimeType, caption };
}

function toStatus({ at, message, status }: Extract<SinchHappening, { type: 'messageStatus' }>) {
	const date = new Date(at).toISOString();
	const arrived = status !== 'failed';
	return {
		id: message.id,
		correlationId: message.correlationId,
		destination: message.destination,
		origin: ACCOUNT_PHONE,
		sent: true,
		sentStatusCode: 2,
		sentStatus: 'SENT_SUCCESS',
		sentAt: message.sentAt,
		sentDate: new Date(message.sentAt).toISOString(),
		delivered: arrived,
		deliveredStatusCode: arrived ? 4 : 104,
		deliveredStatus: arrived ? 'DELIVERED_SUCCESS' : 'NOT_DELIVERED',
		...(arrived && { deliveredAt: at, deliveredDate: date }),
		read: status === 'read',
		...(status === 'read' && { readAt: at, readDate: date }),
		updatedAt: at,
		updatedDate: date,
	};
}
