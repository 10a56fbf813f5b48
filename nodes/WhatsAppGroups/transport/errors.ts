import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';
import type { ResultStatus } from '../model';
import { InvalidInput } from '../values/invalidInput';
import type { ApiResponse } from './response';

/** What a failed request says about sending it again. */
export type Disposition =
	/** The provider did not take it: wait, then send it again, whatever the method. */
	| 'rateLimited'
	/** No proof that it was refused: a read may be sent again, the outcome of a write is unknown. */
	| 'unavailable'
	/** The provider refused it, and would again. */
	| 'final';

export interface ErrorRow {
	/** What happened, without any user data: n8n rewrites messages that contain strings such as EPERM. */
	message: string;
	/** What to do about it. */
	description: string;
	disposition: Disposition;
}

/** What a provider's answer says about a failure, in the provider's own terms. */
export interface Failure {
	/** The provider's code, else the HTTP status. */
	code?: number | string;
	/** The provider's own words. */
	details?: string;
}

/** How one provider reports failures: where its code and words stand, and what its codes mean. */
export interface ErrorDialect {
	read(response: ApiResponse): Failure;
	/** By the provider's code. */
	rows: Readonly<Record<string, ErrorRow>>;
}

const redirect: ErrorRow = {
	message: 'The provider redirects to another address',
	description: "Check 'Base URL' in the credential: it may need https:// or another path.",
	disposition: 'final',
};

const rateLimit: ErrorRow = {
	message: 'The provider is limiting the rate of requests',
	description: "Try again later, or set 'Delay Between Requests' and a lower 'Concurrency'.",
	disposition: 'rateLimited',
};

/** What an HTTP status means where the provider's own table has no row for its code. */
const statusRows: Readonly<Record<string, ErrorRow>> = {
	'400': {
		message: 'The provider refused the request',
		description: 'Check the values of the fields.',
		disposition: 'final',
	},
	'401': {
		message: 'The provider does not accept the credential',
		description: 'Open the credential, enter the current key or token and test it.',
		disposition: 'final',
	},
	'403': {
		message: 'The credential may not do this',
		description: 'Check with the provider what the account or key is allowed to do.',
		disposition: 'final',
	},
	'404': {
		message: 'The provider does not know this address or item',
		description: "Check the values of the fields, and 'Base URL' in the credential.",
		disposition: 'final',
	},
	'413': {
		message: 'The provider refused the request because it is too large',
		description: 'Send less at once.',
		disposition: 'final',
	},
	'420': rateLimit,
	'429': rateLimit,
	'3xx': redirect,
	'4xx': {
		message: 'The provider refused the request',
		description: 'Check the values of the fields.',
		disposition: 'final',
	},
	'5xx': {
		message: 'The provider could not process the request',
		description: 'Try again later.',
		disposition: 'unavailable',
	},
};

/** What an answer means that is no 2xx. */
export function rowFor(dialect: ErrorDialect, response: ApiResponse): ErrorRow {
	return (
		codeRow(dialect, response) ??
		statusRows[String(response.status)] ??
		statusRows[`${Math.floor(response.status / 100)}xx`] ??
		unreadable
	);
}

/** What a 2xx means in which the provider says no all the same. */
export function refusalRow(dialect: ErrorDialect, response: ApiResponse): ErrorRow {
	return codeRow(dialect, response) ?? statusRows['4xx'];
}

/** What a 2xx means that is not what the provider documents. */
export const unreadable: ErrorRow = {
	message: 'The provider answered in a way that cannot be read',
	description:
		"Check 'Base URL' in the credential: something other than the provider's API may be answering there.",
	disposition: 'unavailable',
};

function codeRow(dialect: ErrorDialect, response: ApiResponse): ErrorRow | undefined {
	const { code } = dialect.read(response);
	return code === undefined ? undefined : dialect.rows[String(code)];
}

/** Whom an error is about, and what a user can do about an outcome that is unknown. */
export interface About {
	node: INode;
	itemIndex?: number;
	/**
	 * For a write: what may be done all the same, and how to check, e.g. “The message may have been sent:
	 * look into the group before running this again.” Left out for reads, which change nothing.
	 */
	ifUnknown?: string;
	/** Hides secrets of the credential in what others say. */
	hide: (text: string) => string;
}

/** An answer as the error that users see: what happened, what to do, and the provider's own words. */
export function toApiError(
	about: About,
	{ message, description, disposition }: ErrorRow,
	{ code, details }: Failure,
	status: number,
): NodeApiError {
	const words = details ? ` The provider says: ${sentence(excerpt(details))}` : '';
	return failure(about, message, `${description}${words}`, {
		isUnknown: disposition === 'unavailable',
		code: code ?? status,
		httpCode: String(status),
	});
}

interface Circumstances {
	/** Whether the provider may have acted: matters for writes. */
	isUnknown?: boolean;
	code?: number | string;
	httpCode?: string;
}

/** Every error about a request is made here, so that outcomes and secrets are treated alike. */
export function failure(
	{ node, itemIndex, ifUnknown, hide }: About,
	message: string,
	description: string,
	{ isUnknown = false, code, httpCode }: Circumstances = {},
): NodeApiError {
	const isOpen = isUnknown && ifUnknown !== undefined;
	const error = new NodeApiError(
		node,
		// The cause stays out: an axios error carries the request's headers, and so the credential.
		{ ...(code === undefined ? {} : { code }), ...(httpCode === undefined ? {} : { httpCode }) },
		{
			message: isOpen ? `${message}: the outcome is unknown` : message,
			description: hide(isOpen ? `${ifUnknown} ${description}` : description),
			httpCode,
			itemIndex,
		},
	);
	return withStatus(error, isOpen ? 'unknown' : 'failed');
}

/** Notes how the write ended that the error is about; the error item shows it. */
export function withStatus<E>(error: E, status: ResultStatus): E {
	if (isNodeError(error)) error.context.status = status;
	return error;
}

/** An error of n8n's own anew, so that what is added to it stays with it. */
export function copyOf<E>(error: E): E {
	if (!isNodeError(error)) return error;
	const copy = Object.create(
		Object.getPrototypeOf(error) as object,
		Object.getOwnPropertyDescriptors(error),
	) as E & NodeApiError;
	copy.context = { ...error.context };
	return copy;
}

function isNodeError(error: unknown): error is NodeApiError | NodeOperationError {
	return error instanceof NodeApiError || error instanceof NodeOperationError;
}

export function statusOf(error: unknown): ResultStatus {
	return (
		(isNodeError(error) ? (error.context.status as ResultStatus | undefined) : undefined) ??
		'failed'
	);
}

/** What the provider failed with; any other error, such as a stopped execution, goes on. */
export function failureIn(error: unknown): NodeApiError {
	if (error instanceof NodeApiError) return error;
	throw error;
}

/** Input that cannot be sent as it is: `message` names the field, `description` the way out. */
export function inputError(
	node: INode,
	message: string,
	description: string,
	itemIndex?: number,
): NodeOperationError {
	return new NodeOperationError(node, message, { description, itemIndex });
}

/** Any error as one of n8n's own, which say to what node and item they belong. */
export function asNodeError(
	node: INode,
	error: unknown,
	itemIndex?: number,
): NodeApiError | NodeOperationError {
	if (error instanceof InvalidInput) {
		return inputError(node, error.message, error.description, itemIndex);
	}
	if (isNodeError(error)) {
		error.context.itemIndex ??= itemIndex;
		return error;
	}
	return new NodeOperationError(node, error as Error, { itemIndex });
}

/** Reads input outside of an item; what is refused becomes an error of the node. */
export function checkInput<T>(node: INode, read: () => T): T {
	try {
		return read();
	} catch (error) {
		throw asNodeError(node, error);
	}
}

/** The same error, with a sentence more at the start or the end of its description. */
export function addToDescription<E>(error: E, words: string, where: 'start' | 'end' = 'start'): E {
	if (isNodeError(error)) {
		const { description } = error;
		const parts = where === 'start' ? [words, description] : [description, words];
		error.description = parts.flatMap((part) => (part ? sentence(part) : [])).join(' ');
	}
	return error;
}

/** With a full stop, unless it ends like a sentence already. */
function sentence(text: string): string {
	return /[.!?…]$/.test(text) ? text : `${text}.`;
}

/** The beginning of a text on one line, for a message. */
export function excerpt(text: string): string {
	const oneLine = text.replace(/\s+/g, ' ').trim();
	return oneLine.length > 300 ? `${oneLine.slice(0, 300)}…` : oneLine;
}
