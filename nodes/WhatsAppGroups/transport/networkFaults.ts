/** What became of a request that got no whole answer. */
export interface NetworkFault {
	message: string;
	description: string;
	/** Whether bytes of it may have reached the provider. */
	maySent: boolean;
}

interface Row extends NetworkFault {
	/** Codes of Node.js, axios and OpenSSL, or their words where they give no code. */
	pattern: RegExp;
}

const rows: readonly Row[] = [
	{
		pattern: /\b(ENOTFOUND|EAI_AGAIN|EAI_FAIL)\b|getaddrinfo/,
		message: "The provider's host name could not be resolved",
		description: "Check 'Base URL' in the credential for a typing mistake.",
		maySent: false,
	},
	{
		pattern: /\bECONNREFUSED\b/,
		message: 'Nothing answers at the address of the provider',
		description:
			"Check 'Base URL' in the credential, and that the server is running and reachable from n8n.",
		maySent: false,
	},
	{
		pattern: /\b(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)\b/,
		message: 'The provider cannot be reached over the network',
		description: "Check 'Base URL' in the credential, and the network of the n8n server.",
		maySent: false,
	},
	{
		// A connection that breaks off in the handshake has no code of its own.
		pattern:
			/\b(\w*CERT\w*|DEPTH_ZERO_SELF_SIGNED\w*|UNABLE_TO_\w+|ERR_TLS_\w+|ERR_SSL_\w+|EPROTO)\b|before secure TLS connection/,
		message: 'No secure connection to the provider could be made',
		description:
			"Check 'Base URL' in the credential: the certificate is not valid for it, or it needs http:// instead of https://.",
		maySent: false,
	},
	{
		pattern: /\bERR_INVALID_URL\b|Invalid URL|Unsupported protocol/,
		message: "'Base URL' in the credential is not a URL",
		description: 'Enter it with http:// or https://, e.g. https://waha.example.com.',
		maySent: false,
	},
	{
		pattern: /restricted IP address|hostname is restricted/,
		message: 'This n8n does not allow requests to the address of the provider',
		description: 'Ask whoever runs n8n to allow the host, e.g. in N8N_SSRF_ALLOWED_HOSTNAMES.',
		maySent: false,
	},
	{
		pattern: /\bERR_INVALID_CHAR\b|Invalid character in header/,
		message: 'The credential contains a character that cannot be sent',
		description: 'Open the credential and enter the key again, without line breaks.',
		maySent: false,
	},
	{
		pattern: /syscall:connect\b/,
		message: 'The provider cannot be reached over the network',
		description: "Check 'Base URL' in the credential, and the network of the n8n server.",
		maySent: false,
	},
	{
		pattern: /\b(ECONNABORTED|ETIMEDOUT|ERR_CANCELED|TimeoutError|ABORT_ERR)\b|timed? ?out/,
		message: 'The provider did not answer in time',
		description: 'Check that the provider is up, then try again.',
		maySent: true,
	},
];

const brokenOff: NetworkFault = {
	message: 'The connection to the provider broke off',
	description: 'Check that the provider is up, then try again.',
	maySent: true,
};

export function networkFaultOf(cause: unknown): NetworkFault {
	const text = wordsOf(cause).join(' ');
	return rows.find(({ pattern }) => pattern.test(text)) ?? brokenOff;
}

/** Codes, system calls and messages of an error and of all that caused it. */
function wordsOf(error: unknown, depth = 0): string[] {
	if (!(error instanceof Error) || depth > 5) return [];
	const { code, syscall, message, messages, name, cause, errors } = error as Error & {
		code?: string;
		syscall?: string;
		messages?: string[];
		errors?: unknown[];
	};
	return [
		name,
		code ?? '',
		syscall === undefined ? '' : `syscall:${syscall}`,
		message,
		...(messages ?? []),
		...(errors ?? []).flatMap((inner) => wordsOf(inner, depth + 1)),
		...wordsOf(cause, depth + 1),
	];
}
