import type { IncomingContent } from '../../shared/people';
import type { SinchHappening } from '../happenings';
import { ACCOUNT_PHONE } from '../samples';

/** One element of `data[]`, and to which of the two registered URLs it goes. */
export interface Callback {
	kind: 'message' | 'status';
	entry: Record<string, unknown>;
}

type Happened<Type extends SinchHappening['type']> = Extract<SinchHappening, { type: Type }>;

/** What Sinch tells of a happening; nothing but messages and their statuses (providers.md §1.5). */
export function toCallback(happening: SinchHappening): Callback | undefined {
	switch (happening.type) {
		case 'messageReceived':
			// Assumed: what WhatsApp itself cannot pass on is not told at all.
			if (happening.content.type === 'unsupported') return undefined;
			return { kind: 'message', entry: toMessage(happening) };
		case 'messageSent':
		case 'messageStatus':
			return { kind: 'status', entry: toStatus(happening) };
		default:
			return undefined;
	}
}

/** The MO callback; `waGroupId` is there for messages in groups only. */
function toMessage({ at, content, group, messageId, person }: Happened<'messageReceived'>) {
	return {
		id: messageId,
		source: person.phone,
		origin: ACCOUNT_PHONE,
		...(person.name && { userProfile: { name: person.name } }),
		message: { ...toContent(content), ...(group && { waGroupId: group.id }) },
		receivedAt: at,
		receivedDate: iso(at),
	};
}

/** Locations and contacts come without `type`. */
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

/**
 * The MT callback, codes by the documents' table. Assumed: it comes with every change, `destination`
 * is the group, and who read it is not told.
 */
function toStatus(happening: Happened<'messageSent' | 'messageStatus'>) {
	const { at, message } = happening;
	const status = happening.type === 'messageSent' ? 'sent' : happening.status;
	const arrived = status === 'delivered' || status === 'read';
	return {
		id: message.id,
		correlationId: message.correlationId,
		destination: message.destination,
		origin: ACCOUNT_PHONE,
		campaignAlias: message.campaignAlias,
		flowId: message.flowId,
		sent: true,
		sentStatusCode: 2,
		sentStatus: 'SENT_SUCCESS',
		sentAt: message.sentAt,
		sentDate: iso(message.sentAt),
		delivered: arrived,
		...(status === 'failed' && { deliveredStatusCode: 104, deliveredStatus: 'NOT_DELIVERED' }),
		...(arrived && {
			deliveredStatusCode: 4,
			deliveredStatus: 'DELIVERED_SUCCESS',
			deliveredAt: at,
			deliveredDate: iso(at),
		}),
		read: status === 'read',
		...(status === 'read' && { readAt: at, readDate: iso(at) }),
		updatedAt: at,
		updatedDate: iso(at),
	};
}

const iso = (at: number): string => new Date(at).toISOString();
