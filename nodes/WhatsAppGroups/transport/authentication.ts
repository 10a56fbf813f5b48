import type { ICredentialDataDecryptedObject, ICredentialType } from 'n8n-workflow';

/** How the secrets of a credential are sent. */
export interface SentSecrets {
	/** The field of the credential that each header carries. */
	headers: Readonly<Record<string, string>>;
	/** What stands before them, e.g. `Bearer`. */
	scheme?: string;
}

/**
 * The headers for a credential, without the spaces and line breaks that are copied along with a key;
 * a field that is left empty is not sent.
 */
export function headersFor(
	{ headers, scheme }: SentSecrets,
	data: ICredentialDataDecryptedObject,
): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers)
			.map(([header, field]) => [header, secretText(data[field])])
			.filter(([, value]) => value !== '')
			.map(([header, value]) => [header, scheme === undefined ? value : `${scheme} ${value}`]),
	);
}

/** `authenticate` of a credential: by code, since n8n evaluates an expression anew for each request. */
export function sending(secrets: SentSecrets): ICredentialType['authenticate'] {
	return async (credentials, request) => ({
		...request,
		headers: { ...request.headers, ...headersFor(secrets, credentials) },
	});
}

/** What an expression gives may be anything; only text and numbers can be a key. */
function secretText(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}
