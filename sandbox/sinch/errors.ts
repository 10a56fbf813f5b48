import type { ErrorRequestHandler } from 'express';
import type { Refusal, RefusalKind } from '../emulator';
import type { SinchSettings } from './settings';

/** HTTP codes that Sinch documents for refusals (providers.md §1.1). */
type SinchStatus = 400 | 401 | 403 | 404 | 405 | 420 | 429 | 500 | 504;

/**
 * A refusal as Sinch answers it: `{"errorCode": 401, "errorMessage": "…"}`.
 *
 * Assumed: only the body of the 401 is documented; the others are given the same shape, with the
 * HTTP status as code (providers.md §1.1 [I]).
 */
export class SinchError extends Error {
	constructor(
		readonly status: SinchStatus,
		message: string,
	) {
		super(message);
	}

	get body() {
		return { errorCode: this.status, errorMessage: this.message };
	}
}

/** The one refusal whose body is documented (providers.md §1.1). */
export const notAuthenticated = () =>
	new SinchError(
		401,
		'Authentication Error: No user was found with this combination of username and Authentication token.',
	);

/** Assumed: 404 for every call on an unknown group, as stated for PUT (providers.md §1.2 [I]). */
export const groupNotFound = () => new SinchError(404, 'Group not found.');

export const phoneNotFound = (phone: string) =>
	new SinchError(400, `Phone number not found: ${phone}.`);

export function sinchRefusal(
	kind: RefusalKind,
	settings: SinchSettings,
	retryAfterSeconds?: number,
): Refusal {
	const error = {
		rateLimited: () => new SinchError(settings.rateLimitStatus, 'Message is rate limited.'),
		serverError: () => new SinchError(500, 'Internal server error.'),
		unavailable: () => new SinchError(504, 'Gateway timeout.'),
	}[kind]();
	const headers: Record<string, string> =
		retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) };
	return { status: error.status, headers, body: error.body };
}

/** Answers what routes throw; a body that cannot be read is the caller's fault. */
export const answerSinchErrors: ErrorRequestHandler = (error, _request, response, next) => {
	if (error instanceof SinchError) {
		response.status(error.status).json(error.body);
	} else if (error instanceof Error && 'expose' in error && error.expose === true) {
		const refused = new SinchError(400, `The body cannot be read: ${error.message}.`);
		response.status(refused.status).json(refused.body);
	} else {
		next(error);
	}
};
