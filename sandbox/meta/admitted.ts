import type { Request, RequestHandler } from 'express';
import { GraphError } from './errors';
import { credentials } from './model';
import type { MetaSettings, Permission } from './settings';

/** In the header, or in the query as Graph takes it too. */
export function tokenIn(request: Pick<Request, 'headers' | 'query'>): string | undefined {
	const [, inHeader] = /^(?:Bearer|OAuth) +(\S+)/i.exec(request.headers.authorization ?? '') ?? [];
	const { access_token: inQuery } = request.query;
	return inHeader ?? (typeof inQuery === 'string' ? inQuery : undefined);
}

/** The token, before anything is looked for (providers.md §4.1, §4.6). */
export function admitted(settings: () => MetaSettings): RequestHandler {
	return (request, _response, next) => {
		const token = tokenIn(request);
		// 2500 about "an active access token" is for the nodes of people, `/me`, which are not emulated.
		if (token === undefined) {
			throw new GraphError(400, {
				message: 'An access token is required to request this resource.',
				type: 'OAuthException',
				code: 104,
			});
		}
		if (token !== credentials.accessToken) {
			throw new GraphError(401, {
				message: 'Invalid OAuth access token - Cannot parse access token',
				type: 'OAuthException',
				code: 190,
			});
		}
		if (settings().tokenExpired) {
			throw new GraphError(401, {
				message:
					'Error validating access token: Session has expired on Sunday, 01-Nov-26 10:00:00 PST.',
				type: 'OAuthException',
				code: 190,
				error_subcode: 463,
			});
		}
		next();
	};
}

/**
 * Refuses a token that has none of these permissions: 200 for sends and what the business manages [F],
 * 10 for all else.
 *
 * Assumed: which of the two codes where none is reported; providers.md §4.6 has both [I].
 */
export function checkPermission(
	{ permissions }: MetaSettings,
	needed: readonly Permission[],
	{ method, path }: Pick<Request, 'method' | 'path'>,
): void {
	if (needed.some((permission) => permissions.includes(permission))) return;
	const refusal = (code: number, message: string) =>
		new GraphError(403, { message, type: 'OAuthException', code });
	if (path === '/messages') {
		throw refusal(
			200,
			'(#200) You do not have the necessary permissions to send messages on behalf of this WhatsApp Business Account',
		);
	}
	if (method !== 'GET' && needed.includes('whatsapp_business_management')) {
		throw refusal(200, '(#200) Permissions error');
	}
	throw refusal(10, '(#10) Application does not have permission for this action');
}
