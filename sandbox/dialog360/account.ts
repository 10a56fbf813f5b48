import type { Router } from 'express';
import { z } from 'zod';
import { ACCOUNT } from './model';
import { bodyOf, jsonBody } from './request';
import type { Dialog360Settings } from './settings';
import type { Dialog360World } from './world';

const isLoopback = (host: string) => ['localhost', '127.0.0.1', '[::1]'].includes(host);

/**
 * HTTPS, no underscore in the host, no port (providers.md §2.6 [F]). This machine's own addresses
 * are free of all that: a receiver beside the sandbox has no other.
 */
function isAllowedUrl(written: string): boolean {
	const url = URL.canParse(written) ? new URL(written) : null;
	if (url === null || !/^https?:$/.test(url.protocol)) return false;
	if (isLoopback(url.hostname)) return true;
	return url.protocol === 'https:' && url.port === '' && !url.hostname.includes('_');
}

const webhookBody = z.object({
	url: z
		.string()
		.refine(isAllowedUrl, 'must be an https URL without port and without underscores in its host'),
	headers: z.record(z.string()).default({}),
});

/** The number's health and its one webhook URL (providers.md §2.5, §2.6). */
export function addAccountRoutes(
	router: Router,
	world: Dialog360World,
	settings: () => Dialog360Settings,
): void {
	router.get('/health_status', (_request, response) => {
		const { canSendMessage } = settings();
		const state = { can_send_message: canSendMessage };
		const entity = (entity_type: string, id: string) => ({ entity_type, id, ...state });
		// Assumed: as Meta's own health status, and the code and words of a locked number (§2.5 [I]).
		const reasons = {
			AVAILABLE: {},
			LIMITED: { additional_info: ['Your display name has not been approved yet.'] },
			BLOCKED: {
				errors: [
					{
						error_code: 131031,
						error_description: 'The account is locked.',
						possible_solution: 'Request a review in WhatsApp Manager.',
					},
				],
			},
		}[canSendMessage];
		response.json({
			health_status: {
				...state,
				entities: [
					{ ...entity('PHONE_NUMBER', ACCOUNT.phoneNumberId), ...reasons },
					entity('WABA', ACCOUNT.wabaId),
					entity('BUSINESS', ACCOUNT.businessId),
					entity('APP', ACCOUNT.appId),
				],
			},
			id: ACCOUNT.phoneNumberId,
		});
	});

	// Assumed: an empty URL when none is set; 404 is the other possibility (providers.md §2.6 [I]).
	router.get('/v1/configs/webhook', (_request, response) => {
		response.json(world.webhook);
	});

	// Replaces whatever was there.
	router.post('/v1/configs/webhook', jsonBody, (request, response) => {
		world.webhook = bodyOf(request, webhookBody);
		response.json(world.webhook);
	});
}
