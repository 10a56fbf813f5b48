import type { RequestHandler } from 'express';
import { notOfficial } from '../cloudApi/errors';
import { HubError } from './errors';
import { credentials } from './model';
import type { Dialog360Settings } from './settings';

/** The key first, then what the account may use (providers.md §2.1, §2.7). */
export function admitted(settings: () => Dialog360Settings): RequestHandler {
	return (request, _response, next) => {
		const key = request.headers['d360-api-key'];
		if (key === undefined || key === '') throw HubError.unauthorized();
		if (key !== credentials.apiKey) throw HubError.other(401, 'Invalid api_key.');
		if (settings().apiDisabled) throw HubError.other(400, 'API disabled');
		if (settings().blockedPaths.some((path) => request.path.startsWith(path))) {
			throw HubError.blocked();
		}
		// Assumed: reads as well; the code says only that the number may not (providers.md §4.6).
		if (!settings().groupsEligible && /^\/groups(\/|$)/.test(request.path)) {
			throw notOfficial();
		}
		next();
	};
}
