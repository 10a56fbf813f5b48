import { randomBytes } from 'node:crypto';
import type { ErrorRequestHandler } from 'express';
import { MulterError } from 'multer';
import type { Refusal, RefusalKind } from '../emulator';
import type { Dialog360Settings } from './settings';

/**
 * Meta's codes: the HTTP status and title of each (providers.md §4.6).
 *
 * Assumed: the wording of titles; the code is the contract. 131203 has no status of its own; 132000,
 * 132001 and 131053 are general Cloud API codes that providers.md does not list [I].
 */
const META_CODES = {
	100: { status: 400, title: 'Invalid parameter' },
	130429: { status: 429, title: 'Rate limit hit' },
	130501: { status: 400, title: 'Message type is not currently supported' },
	131009: { status: 400, title: 'Parameter value is not valid' },
	131020: { status: 400, title: 'Invalid group' },
	131041: { status: 400, title: 'Group unknown' },
	131053: { status: 400, title: 'Media upload error' },
	131056: { status: 400, title: 'Pair rate limit hit' },
	131059: { status: 400, title: 'Invalid paging cursor' },
	131201: { status: 206, title: 'Not all participants succeeded' },
	131202: { status: 400, title: 'Duplicate participant' },
	131203: {
		status: 400,
		title: 'Recipient has not accepted our new Terms of Service and Privacy Policy.',
	},
	131204: { status: 400, title: 'Participants exceed group limit' },
	131207: { status: 403, title: 'Group suspended' },
	131208: { status: 429, title: 'Too many group operations' },
	131209: { status: 400, title: 'Picture is not square' },
	131210: { status: 400, title: 'Picture is too small' },
	131211: { status: 400, title: 'Group creation limit reached' },
	131212: { status: 400, title: 'Participant not in group' },
	131213: { status: 400, title: 'Join request does not exist' },
	131214: { status: 400, title: 'Group creation temporarily disabled' },
	131215: { status: 400, title: 'Phone number not eligible for groups' },
	132000: { status: 400, title: 'Number of parameters does not match' },
	132001: { status: 404, title: 'Template name does not exist in the translation' },
} as const;

export type MetaCode = keyof typeof META_CODES;

export const isMetaCode = (code: number): code is MetaCode => code in META_CODES;

/** Meta's own error, which 360dialog passes through (providers.md §2.7, fourth shape). */
export class MetaError extends Error {
	constructor(
		readonly code: MetaCode,
		readonly details: string,
	) {
		super(META_CODES[code].title);
	}

	get status(): number {
		return META_CODES[this.code].status;
	}

	get body() {
		return {
			error: {
				message: `(#${this.code}) ${this.message}`,
				type: 'OAuthException',
				code: this.code,
				error_data: { messaging_product: 'whatsapp', details: this.details },
				fbtrace_id: randomBytes(8).toString('base64url'),
			},
		};
	}
}

/** One element of an `errors` list, in answers and in webhooks (providers.md §2.2, §4.5). */
export interface MetaIssue {
	code: MetaCode;
	message: string;
	title: string;
	error_data: { details: string };
}

export function metaIssue(code: MetaCode, details?: string): MetaIssue {
	const { title } = META_CODES[code];
	return {
		code,
		message: `(#${code}) ${title}`,
		title: code === 131203 ? 'Unable to add participant to group' : title,
		error_data: { details: details ?? title },
	};
}

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
	if (error instanceof MulterError) {
		return new MetaError(100, `${error.field ?? 'file'}: ${error.message}`);
	}
	return error instanceof Error && 'expose' in error && error.expose === true
		? new MetaError(100, `The body cannot be read: ${error.message}`)
		: null;
}
