import type { ErrorRequestHandler } from 'express';
import { MetaError, NotFound, unreadableBody } from '../cloudApi/errors';
import type { Refusal, RefusalKind } from '../emulator';
import type { Dialog360Settings } from './settings';

/** An error of 360dialog itself, in one of its three shapes (providers.md §2.7). */
export class HubError extends Error {
	private constructor(
		readonly status: number,
		readonly body: unknown,
	) {
		super(JSON.stringify(body));
	}

	/** `{"error": "Unauthorized"}`. Assumed: it is the answer to a missing key [I]. */
	static unauthorized(): HubError {
		return new HubError(401, { error: 'Unauthorized' });
	}

	/** `{"meta": {"httpCode": 403, …}}`, the spelling of a blocked endpoint. */
	static blocked(): HubError {
		return new HubError(403, {
			meta: { httpCode: 403, developerMessage: 'endpoint is blocked', success: false },
		});
	}

	/** `{"meta": {"http_code": 401, …}}`, the spelling of a bad key. Assumed: of all else too [I]. */
	static other(status: number, message: string): HubError {
		return new HubError(status, {
			meta: { success: false, http_code: status, developer_message: message },
		});
	}
}

export function dialog360Refusal(
	kind: RefusalKind,
	settings: Dialog360Settings,
	retryAfterSeconds?: number,
): Refusal {
	const { status, body } = refused(kind, settings);
	const headers: Record<string, string> =
		retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) };
	return { status, headers, body };
}

function refused(kind: RefusalKind, { rateLimitError }: Dialog360Settings): HubError | MetaError {
	if (kind === 'serverError') return HubError.other(500, 'Internal server error');
	if (kind === 'unavailable') return HubError.other(502, 'Bad gateway');
	return rateLimitError === 'endpoint'
		? HubError.other(400, 'You have exceeded the endpoint rate limit.')
		: new MetaError(rateLimitError, 'Too many requests in a short time.');
}

/** Answers what routes throw; a body that cannot be read is the caller's fault. */
export const answerDialog360Errors: ErrorRequestHandler = (error, _request, response, next) => {
	const refusal = asRefusal(error);
	if (refusal === null) return next(error);
	response.status(refusal.status).json(refusal.body);
};

function asRefusal(error: unknown): HubError | MetaError | null {
	if (error instanceof HubError || error instanceof MetaError) return error;
	if (error instanceof NotFound) return HubError.other(404, 'Not found');
	return unreadableBody(error);
}
