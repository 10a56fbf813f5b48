import { type Router, urlencoded } from 'express';
import { checked, jsonBody } from '../cloudApi/request';
import { ACCOUNT } from './model';
import { checkAppSubscribed, type NumberFacts } from './numbers';
import { overrideSchema, type VerifyOverride } from './verification';

const override = overrideSchema.partial();

/** Whether the app hears of the account, and at which URL (providers.md §4.4). */
export function addSubscriptionRoutes(
	router: Router,
	facts: Pick<NumberFacts, 'callbacks' | 'settings'>,
	verify: VerifyOverride,
): void {
	const { callbacks } = facts;

	router.get('/subscribed_apps', (_request, response) => {
		const { accountOverride, isSubscribed } = callbacks;
		const app = {
			whatsapp_business_api_data: {
				link: `https://www.facebook.com/games/?app_id=${ACCOUNT.appId}`,
				name: ACCOUNT.appName,
				id: ACCOUNT.appId,
			},
			...(accountOverride !== null && { override_callback_uri: accountOverride }),
		};
		response.json({ data: isSubscribed ? [app] : [] });
	});

	// Without an override it subscribes, and takes the one before away; with one it must have been
	// called without before. Parameters may come as JSON, as a form or in the query, as everywhere in
	// Graph.
	router.post(
		'/subscribed_apps',
		jsonBody,
		urlencoded({ extended: false }),
		async (request, response) => {
			const body: unknown = request.body ?? {};
			const { override_callback_uri: url = '', verify_token } = {
				...checked(override, request.query),
				...checked(override, body),
			};
			if (url === '') {
				callbacks.accountOverride = null;
				callbacks.isSubscribed = true;
			} else {
				checkAppSubscribed(facts);
				await verify({ override_callback_uri: url, verify_token });
				callbacks.accountOverride = url;
			}
			response.json({ success: true });
		},
	);

	// Assumed: the account's override goes with the subscription, those of numbers stay [I].
	router.delete('/subscribed_apps', (_request, response) => {
		callbacks.isSubscribed = false;
		callbacks.accountOverride = null;
		response.json({ success: true });
	});
}
