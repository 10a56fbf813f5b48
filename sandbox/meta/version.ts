import type { RequestHandler, Response } from 'express';
import { GraphError } from './errors';

/** Those in use, oldest first. */
export const VERSIONS = ['v23.0', 'v24.0', 'v25.0', 'v26.0'] as const;

/** Which version of Graph answers. */
export const versionOf = (response: Response): string => response.locals.version as string;

const numberOf = (version: string) => Number(version.slice(1));

/**
 * Takes the version off the path. One that has expired, or none at all, is served as the oldest in
 * use; one that is still to come is no version but an unknown path, whatever the token.
 *
 * Assumed: none at all counts as the oldest, where an app may have a newer one as its default.
 */
export const versioned: RequestHandler = (request, response, next) => {
	const [, asked] = /^\/(v\d+\.\d+)(?=[/?]|$)/.exec(request.url) ?? [];
	const [oldest] = VERSIONS;
	const isKnown = VERSIONS.some((version) => version === asked);
	if (asked !== undefined) {
		const rest = request.url.slice(asked.length + 1);
		const isOld = numberOf(asked) < numberOf(oldest);
		if (!isKnown && !isOld) throw GraphError.unknownPath(rest.split('?')[0]);
		request.url = rest.startsWith('/') ? rest : `/${rest}`;
	}
	response.locals.version = isKnown ? asked : oldest;
	response.set('facebook-api-version', versionOf(response));
	next();
};
