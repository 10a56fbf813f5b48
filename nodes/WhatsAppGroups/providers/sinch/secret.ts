import { createHmac } from 'node:crypto';
import { asText } from '../../transport/json';
import type { Json } from '../../transport/json';

/**
 * The secret that the webhook URL ends with, since Sinch signs nothing (providers.md §1.5): the one that
 * was entered, else one made from the token, which nobody else knows either.
 */
export function webhookSecret({ webhookSecret: entered, authenticationToken }: Json): string {
	const token = asText(authenticationToken);
	if (asText(entered) !== null || token === null) return asText(entered) ?? '';
	return createHmac('sha256', token)
		.update('n8n-nodes-whatsapp-groups webhook')
		.digest('base64url')
		.slice(0, 32);
}
