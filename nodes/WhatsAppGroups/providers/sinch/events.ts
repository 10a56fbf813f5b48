import { sameSecret } from '../../contract/delivery';
import type { Delivery } from '../../contract/delivery';
import type { TriggerSupport } from '../../contract/trigger';
import { parseCallbacks } from './callbacks';

/** Incoming messages and statuses, in bulk; there are no callbacks about members (providers.md §1.5). */
export const sinchTrigger: TriggerSupport = {
	events: {
		'message.received': 'Somebody writes in the group',
		'message.sent': 'WhatsApp took a message of yours',
		'message.delivered': 'A message of yours arrived',
		'message.read': 'A message of yours was read',
		'message.failed': 'A message of yours could not be delivered',
	},
	notice:
		'Sinch reports messages only, not who joins or leaves. It takes the webhook URL through its support team: enter a long random Webhook Secret in the credential, and give them the Production URL above with ?secret= and that text at its end, for messages (MO) and for statuses.',

	verify({ query }: Delivery, secret: string) {
		return sameSecret(query.secret, secret)
			? undefined
			: "the URL has no ?secret= that equals 'Webhook Secret' in the credential";
	},

	parse: ({ body }) => parseCallbacks(body),
};
