import type { Router } from 'express';
import { z } from 'zod';
import { checked } from '../cloudApi/request';
import { ACCOUNT, credentials } from './model';
import type { MetaSettings } from './settings';

const tokenQuery = z.object({ input_token: z.string() });

/** What a token is and may do (providers.md §4.3.13). Assumed: its fields, as for any system user [I]. */
export function addDebugTokenRoute(router: Router, settings: () => MetaSettings): void {
	router.get('/', (request, response) => {
		const { input_token: token } = checked(tokenQuery, request.query);
		const { permissions, tokenExpired } = settings();
		if (token !== credentials.accessToken) {
			const error = { code: 190, message: 'Invalid OAuth access token.' };
			return response.json({ data: { error, is_valid: false, scopes: [] } });
		}
		return response.json({
			data: {
				app_id: ACCOUNT.appId,
				type: 'SYSTEM_USER',
				application: ACCOUNT.appName,
				expires_at: 0,
				is_valid: !tokenExpired,
				scopes: permissions,
				granular_scopes: permissions.map((scope) => ({ scope, target_ids: [ACCOUNT.wabaId] })),
			},
		});
	});
}
