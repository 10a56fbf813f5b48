import type { IDataObject } from 'n8n-workflow';
import { credentialText } from '../../transport/baseUrl';
import { InvalidInput } from '../../values/invalidInput';

/** The newest version of the Graph API when this was written (providers.md §4.1). */
export const defaultVersion = 'v26.0';

/** The version is the first part of every path; `26.0` is taken as well. */
export function versionPath(credential: Readonly<IDataObject>): string {
	const text = credentialText(credential, 'graphVersion', 'Graph API Version');
	const [, version] = /^v?(\d{1,3}\.\d{1,2})$/i.exec(text) ?? [];
	if (version !== undefined) return `/v${version}`;
	throw new InvalidInput(
		"'Graph API Version' in the credential is not a version",
		`Enter one as Meta writes it, e.g. ${defaultVersion}.`,
	);
}
