import type { Router } from 'express';
import { z } from 'zod';
import { isLoopback } from '../cloudApi/callbackUrl';
import { healthOf } from '../cloudApi/health';
import { bodyOf, jsonBody } from '../cloudApi/request';
import { ACCOUNT } from './model';
import type { Dialog360Settings } from './settings';

/** The URL that is registered, empty when there is none, and what is sent along. */
export interface WebhookHolder {
	webhook: { url: string; headers: Record<string, string> };
}

export const noWebhook: WebhookHolder['webhook'] = { url: '', headers: {} };

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
	holder: WebhookHolder,
	settings: () => Dialog360Settings,
): void {
	router.get('/health_status', (_request, response) => {
		response.json({
			health_status: healthOf(
				[
					['PHONE_NUMBER', ACCOUNT.phoneNumberId],
					['WABA', ACCOUNT.wabaId],
					['BUSINESS', ACCOUNT.businessId],
					['APP', ACCOUNT.appId],
				],
				settings().canSendMessage,
			),
			id: ACCOUNT.phoneNumberId,
		});
	});

	// Assumed: an empty URL when none is set; 404 is the other possibility (providers.md §2.6 [I]).
	router.get('/v1/configs/webhook', (_request, response) => {
		response.json(holder.webhook);
	});

	// Replaces whatever was there.
	router.post('/v1/configs/webhook', jsonBody, (request, response) => {
		holder.webhook = bodyOf(request, webhookBody);
		response.json(holder.webhook);
	});
}
