import type { IDataObject } from 'n8n-workflow';
import type { SentSecrets } from '../transport/authentication';
import type { ErrorRow } from '../transport/errors';

/** What is wrong with a credential, and what to do about it. */
export type Advice = Pick<ErrorRow, 'message' | 'description'>;

export type Finding =
	/** An answer of this provider, with nothing against the credential. */
	| 'fine'
	/** No answer of this provider: something else is at the address. */
	| 'foreign'
	/** An answer of this provider which says that the node could do nothing with the credential. */
	| Advice;

/** One read that a credential is tested with. */
export interface CredentialQuestion {
	/** Below the base URL; from the credential, and from what was answered so far. Throws InvalidInput. */
	path: string | ((credential: Readonly<IDataObject>, answers: readonly unknown[]) => string);
	/** Judges the JSON of a 2xx answer. */
	read: (body: unknown) => Finding;
}

/** How a provider's credential is sent, and how it is tested. */
export interface CredentialTest extends SentSecrets {
	/** Asked in turn until an answer is not fine. */
	questions: readonly CredentialQuestion[];
	/** By the provider's code: refusals that mean something else here than in an operation. */
	refusals: Readonly<Record<string, Advice>>;
	/** Where something else than the provider answers: what to enter. */
	address: string;
}
