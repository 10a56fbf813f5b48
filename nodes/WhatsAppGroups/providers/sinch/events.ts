import { sameSecret } from '../../contract/delivery';
import type { Delivery } from '../../contract/delivery';
import type { TriggerSupport } from '../../contract/trigger';
import { parseCallbacks } from './callbacks';
import { webhookSecret } from './secret';

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
		'Sinch reports messages only, not who joins or leaves, and takes the webhook URL through its support team:<br>1. Publish the workflow.<br>2. Copy the Production URL above, and add the URL Ending below to it: that is the complete URL, with its secret.<br>3. Give it to Sinch support, for messages (MO) and for statuses.<br>Sinch sends to this URL only, so a test run gets nothing: let something happen in a group, and copy the execution into the editor.',
	credentialSecret: {
		of: webhookSecret,
		missing: {
			message: "'Webhook Secret' in the credential is empty",
			description: 'Enter a long random text there, or the token from which one can be made.',
		},
	},

	verify({ query }: Delivery, secret: string) {
		return sameSecret(query.secret, secret)
			? undefined
			: "the URL does not end with the ?secret= that the node shows as 'URL Ending'";
	},

	parse: ({ body }) => parseCallbacks(body),
};
