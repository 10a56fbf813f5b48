import type { ICredentialDataDecryptedObject, ICredentialType } from 'n8n-workflow';

/** The field of a credential that each header carries. */
export type SecretHeaders = Readonly<Record<string, string>>;

/**
 * The headers for a credential, without the spaces and line breaks that are copied along with a key;
 * a field that is left empty is not sent.
 */
export function headersFor(
	headers: SecretHeaders,
	data: ICredentialDataDecryptedObject,
): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers)
			.map(([header, field]) => [header, secretText(data[field])])
			.filter(([, value]) => value !== ''),
	);
}

/** `authenticate` of a credential: by code, since n8n evaluates an expression anew for each request. */
export function sending(headers: SecretHeaders): ICredentialType['authenticate'] {
	return async (credentials, request) => ({
		...request,
		headers: { ...request.headers, ...headersFor(headers, credentials) },
	});
}

/** What an expression gives may be anything; only text and numbers can be a key. */
function secretText(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}
