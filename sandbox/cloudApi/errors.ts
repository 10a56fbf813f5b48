import { randomBytes } from 'node:crypto';
import { MulterError } from 'multer';

/**
 * Meta's codes: the HTTP status and title of each (providers.md §4.6).
 *
 * Assumed: the wording of titles; the code is the contract. 131203 has no status of its own; 131047,
 * 131053 and those from 132000 on are general Cloud API codes that providers.md does not list [I].
 */
const META_CODES = {
	100: { status: 400, title: 'Invalid parameter' },
	130429: { status: 429, title: 'Rate limit hit' },
	130501: { status: 400, title: 'Message type is not currently supported' },
	131009: { status: 400, title: 'Parameter value is not valid' },
	131020: { status: 400, title: 'Invalid group' },
	131041: { status: 400, title: 'Group unknown' },
	131047: { status: 400, title: 'Re-engagement message' },
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
	132012: { status: 400, title: 'Parameter format does not match format in the created template' },
	132015: { status: 400, title: 'Template is paused' },
	132016: { status: 400, title: 'Template is disabled' },
} as const;

export type MetaCode = keyof typeof META_CODES;

export const isMetaCode = (code: number): code is MetaCode => code in META_CODES;

/** WhatsApp's own error, which 360dialog passes through (providers.md §2.7, fourth shape). */
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

/** What a number that may not have groups is answered for all about them. */
export const notOfficial = () =>
	new MetaError(131215, 'The number is not an Official Business Account.');

/** There is nothing of this id, or what there was has expired: each provider has its own words for that. */
export class NotFound extends Error {}

/** What is wrong with a body that a reader of bodies has refused; `null` for any other error. */
export function unreadableBody(error: unknown): MetaError | null {
	if (error instanceof MulterError) {
		return new MetaError(100, `${error.field ?? 'file'}: ${error.message}`);
	}
	return error instanceof Error && 'expose' in error && error.expose === true
		? new MetaError(100, `The body cannot be read: ${error.message}`)
		: null;
}
