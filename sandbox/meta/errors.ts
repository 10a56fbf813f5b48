import { randomBytes } from 'node:crypto';
import type { ErrorRequestHandler, Response } from 'express';
import { MetaError, NotFound, unreadableBody } from '../cloudApi/errors';
import type { Refusal, RefusalKind } from '../emulator';
import type { MetaSettings } from './settings';

interface GraphFault {
	message: string;
	type: 'OAuthException' | 'GraphMethodException';
	code: number;
	error_subcode?: number;
	is_transient?: boolean;
}

const READ_DOCUMENTS =
	'Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api';

/** An error of Graph itself, which knows nothing of WhatsApp: no `error_data` (providers.md §4.6). */
export class GraphError extends Error {
	constructor(
		readonly status: number,
		private readonly fault: GraphFault,
	) {
		super(fault.message);
	}

	get body() {
		return { error: { ...this.fault, fbtrace_id: randomBytes(16).toString('base64url') } };
	}

	static invalid(details: string): GraphError {
		const message = `(#100) ${details}`;
		return new GraphError(400, { message, type: 'OAuthException', code: 100 });
	}

	/** Nothing of this id, or nothing that the token may see. */
	static unknownNode(method: string, id: string): GraphError {
		return new GraphError(400, {
			message: `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. ${READ_DOCUMENTS}`,
			type: 'GraphMethodException',
			code: 100,
			error_subcode: 33,
		});
	}

	/** The node has such an edge, but not for this method. */
	static unsupported(method: string): GraphError {
		return new GraphError(400, {
			message: `Unsupported ${method.toLowerCase()} request. ${READ_DOCUMENTS}`,
			type: 'GraphMethodException',
			code: 100,
		});
	}

	/** An edge that the node has not; what a version that there is not makes of the rest of a path. */
	static unknownPath(path: string): GraphError {
		const message = `Unknown path components: ${path}`;
		return new GraphError(400, { message, type: 'OAuthException', code: 2500 });
	}
}

/** Answers what routes throw; a body that cannot be read is the caller's fault. */
export const answerGraphErrors: ErrorRequestHandler = (error, _request, response, next) => {
	// Of attachments only, whose host knows nothing of Graph's errors. Assumed: with no words [I].
	if (error instanceof NotFound) return response.status(404).end();
	const refusal =
		error instanceof GraphError || error instanceof MetaError ? error : unreadableBody(error);
	if (refusal === null) return next(error);
	const { body, status } = refusal;
	response.set('x-fb-trace-id', body.error.fbtrace_id);
	challenge(response, status, body.error.message);
	response.status(status).json(body);
};

/** Graph says of refusals also in a header what is wrong. */
function challenge(response: Response, status: number, message: string): void {
	if (status !== 400 && status !== 401) return;
	const kind = status === 401 ? 'invalid_token' : 'invalid_request';
	const ascii = message.replace(/[^\x20-\x7e]/g, '?').replaceAll('"', "'");
	response.set('www-authenticate', `OAuth "Facebook Platform" "${kind}" "${ascii}"`);
}

const usage = { call_count: 100, total_cputime: 25, total_time: 25 };

/**
 * Assumed: 400 for 4 and 80007, of which providers.md §4.6 has two statuses; 1 and 2 are Graph's
 * general codes for failures and downtime [I]. Nobody documents a `Retry-After`: it is there only
 * when ordered.
 */
export function metaRefusal(
	kind: RefusalKind,
	{ rateLimitError }: MetaSettings,
	retryAfterSeconds?: number,
): Refusal {
	const { status, body } = refused(kind, rateLimitError);
	const headers: Record<string, string> = { 'x-fb-trace-id': body.error.fbtrace_id };
	if (retryAfterSeconds !== undefined) headers['Retry-After'] = String(retryAfterSeconds);
	if (kind === 'rateLimited') headers['x-app-usage'] = JSON.stringify(usage);
	return { status, headers, body };
}

function refused(
	kind: RefusalKind,
	rateLimitError: MetaSettings['rateLimitError'],
): GraphError | MetaError {
	const graph = (status: number, code: number, message: string) =>
		new GraphError(status, { message, type: 'OAuthException', is_transient: true, code });
	if (kind === 'serverError') return graph(500, 1, 'An unknown error has occurred.');
	if (kind === 'unavailable') return graph(503, 2, 'Service temporarily unavailable');
	switch (rateLimitError) {
		case 4:
			return graph(400, 4, '(#4) Application request limit reached');
		case 80007:
			return graph(
				400,
				80007,
				'(#80007) There have been too many calls to this WhatsApp Business account.',
			);
		default:
			return new MetaError(rateLimitError, 'Too many requests in a short time.');
	}
}
