import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';
import type { ApiResponse } from './response';

/** Whether a request that was answered so may be sent again. */
export type Disposition =
	/** The provider did not take it: wait, then send it again, whatever the method. */
	| 'rateLimited'
	/** The provider is in trouble: a read may be sent again. */
	| 'unavailable'
	/** Sending it again would give the same answer. */
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

/** What an HTTP status means where the provider's own table has no row for its code. */
const statusRows: Readonly<Record<string, ErrorRow>> = {
	'3xx': {
		message: 'The provider redirects to another address',
		description: "Check 'Base URL' in the credential: it may need https:// or another path.",
		disposition: 'final',
	},
	'400': {
		message: 'The provider refused the request',
		description: 'Check the values of the fields against what the provider says below.',
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
		description: "Check the ID that was chosen, and 'Base URL' in the credential.",
		disposition: 'final',
	},
	'413': {
		message: 'The provider refused the request because it is too large',
		description: 'Send a smaller file.',
		disposition: 'final',
	},
	'420': {
		message: 'The provider is limiting the rate of requests',
		description: "Try again later, or set 'Delay Between Requests' and a lower 'Concurrency'.",
		disposition: 'rateLimited',
	},
	'4xx': {
		message: 'The provider refused the request',
		description: 'See what the provider says below.',
		disposition: 'final',
	},
	'5xx': {
		message: 'The provider could not process the request',
		description:
			'Try again later. If this was a change, check first whether it was made: it is not repeated automatically.',
		disposition: 'unavailable',
	},
	'2xx': {
		message: 'The provider answered in a way that cannot be read',
		description:
			"Check 'Base URL' in the credential: something other than the provider's API may be answering there.",
		disposition: 'final',
	},
};

const statusAliases: Readonly<Record<number, string>> = { 429: '420' };

export function rowFor(dialect: ErrorDialect, response: ApiResponse): ErrorRow {
	const { code } = dialect.read(response);
	return (
		(code === undefined ? undefined : dialect.rows[String(code)]) ??
		statusRows[statusAliases[response.status] ?? String(response.status)] ??
		statusRows[`${Math.floor(response.status / 100)}xx`] ??
		statusRows['2xx']
	);
}

/** An answer as the error that users see: what happened, what to do, and the provider's own words. */
export function toApiError(
	node: INode,
	dialect: ErrorDialect,
	response: ApiResponse,
	itemIndex?: number,
	/** Secrets of the credential, which providers sometimes echo. */
	secrets: readonly string[] = [],
): NodeApiError {
	const { code, details } = dialect.read(response);
	const row = rowFor(dialect, response);
	const words = details ? ` The provider says: ${excerpt(details)}` : '';
	const description = hideSecrets(`${row.description}${words}`, secrets);
	return new NodeApiError(
		node,
		{ code: code ?? response.status, httpCode: String(response.status) },
		{ message: row.message, description, httpCode: String(response.status), itemIndex },
	);
}

/** A host of files has no dialect, and its refusals say nothing about the credential. */
export const fileErrors: ErrorDialect = {
	read: ({ status }) => ({ code: 'file', details: `HTTP status ${status}` }),
	rows: {
		file: {
			message: 'The file could not be downloaded',
			description: 'Its address may have expired, or its host may be down: try again later.',
			disposition: 'final',
		},
	},
};

/** What each network fault means; the codes are those of Node.js and axios. */
const networkFaults: ReadonlyArray<[pattern: RegExp, message: string, description: string]> = [
	[
		/ENOTFOUND|EAI_AGAIN|getaddrinfo/i,
		"The provider's host name could not be resolved",
		"Check 'Base URL' in the credential for a typing mistake.",
	],
	[
		/ECONNREFUSED/i,
		'Nothing answers at the address of the provider',
		"Check 'Base URL' in the credential, and that the server is running and reachable from n8n.",
	],
	[
		/ECONNABORTED|ETIMEDOUT|timeout|timed out/i,
		'The provider did not answer in time',
		'Check that the provider is up, then try again.',
	],
	[
		/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|SSL|EPROTO/i,
		'No secure connection to the provider could be made',
		"Check 'Base URL' in the credential: the certificate is not valid for it, or it needs http:// instead of https://.",
	],
	[
		/Invalid URL|ERR_INVALID_URL|Unsupported protocol/i,
		"'Base URL' in the credential is not a URL",
		'Enter it with http:// or https://, e.g. https://waha.example.com.',
	],
	[
		/restricted IP address|hostname is restricted/i,
		'This n8n does not allow requests to the address of the provider',
		'Ask whoever runs n8n to allow the host, e.g. in N8N_SSRF_ALLOWED_HOSTNAMES.',
	],
];

/** What kept an answer from coming, or from coming whole. */
export function networkFault(cause: unknown): Pick<ErrorRow, 'message' | 'description'> {
	const text = networkText(cause);
	const [, message, description] = networkFaults.find(([pattern]) => pattern.test(text)) ?? [
		/./,
		'The connection to the provider broke off',
		'Check that the provider is up, then try again.',
	];
	return { message, description };
}

/** A request that got no whole answer. Whether the provider acted on it is unknown. */
export function toNetworkError(
	node: INode,
	cause: unknown,
	isRead: boolean,
	itemIndex?: number,
): NodeApiError {
	const { message, description } = networkFault(cause);
	const caution = isRead
		? ''
		: ' The provider may have made the change all the same: check before running it again.';
	// The cause stays out: an axios error carries the request's headers, and so the credential.
	return new NodeApiError(
		node,
		{},
		{ message, description: `${description}${caution}`, itemIndex },
	);
}

/** Codes and messages of an error and of what caused it. */
function networkText(error: unknown): string {
	const words: string[] = [];
	for (let link = error, depth = 0; link instanceof Error && depth < 4; depth += 1) {
		const { code, message, messages, cause } = link as Error & {
			code?: string;
			messages?: string[];
		};
		words.push(code ?? '', message, ...(messages ?? []));
		link = cause;
	}
	return words.join(' ');
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

/**
 * Input that is refused before any request, thrown where neither node nor item is known: `message`
 * names the field, `description` the way out.
 */
export class InvalidInput extends Error {
	constructor(
		message: string,
		readonly description: string,
	) {
		super(message);
	}
}

/** Runs `read`, and gives its `InvalidInput` the node and the item. */
export function checkInput<T>(node: INode, itemIndex: number | undefined, read: () => T): T {
	try {
		return read();
	} catch (error) {
		throw withItem(node, error, itemIndex);
	}
}

function withItem(node: INode, error: unknown, itemIndex?: number): unknown {
	return error instanceof InvalidInput
		? inputError(node, error.message, error.description, itemIndex)
		: error;
}

/** The same error, its description opened with a sentence. */
export function addToDescription(error: unknown, sentence: string): unknown {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		error.description = [sentence, error.description].filter(Boolean).join(' ');
	}
	return error;
}

/** The beginning of a text on one line, for a message. */
export function excerpt(text: string): string {
	const oneLine = text.replace(/\s+/g, ' ').trim();
	return oneLine.length > 300 ? `${oneLine.slice(0, 300)}…` : oneLine;
}

export function hideSecrets(text: string, secrets: readonly string[]): string {
	return secrets
		.map((secret) => secret.trim())
		.filter((secret) => secret.length > 3)
		.reduce((hidden, secret) => hidden.split(secret).join('***'), text);
}
