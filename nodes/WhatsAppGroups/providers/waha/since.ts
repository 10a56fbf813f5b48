import type { NodeApiError } from 'n8n-workflow';
import type { Api } from '../../transport/api';
import { addToDescription, failureIn } from '../../transport/errors';
import { wahaErrors } from './errors';
import { isAtLeast, knownServer } from './server';

/** What not every release of WAHA can do. */
export interface Need {
	/** Begins a sentence that goes on with “WAHA … or newer”, e.g. “Join requests need”. */
	needing: string;
	/** The release that brought it. */
	since: string;
	/** The engines that have it, where not all do. */
	engines?: string;
	/**
	 * An older server takes the address for another one, e.g. `groups/count` for the group “count”, and may
	 * answer anything; else it answers 404.
	 */
	isTakenForAnother?: true;
}

/**
 * Does what only some releases can. The server is asked which release it is only when it has refused: what
 * works costs no request more.
 */
export async function since<T>(api: Api, need: Need, work: () => Promise<T>): Promise<T> {
	try {
		return await (need.engines === undefined ? work() : onEngines(need.engines, work));
	} catch (error) {
		throw await explained(api, need, failureIn(error));
	}
}

/** Does what only some engines can; the others say that they have not implemented it. */
export async function onEngines<T>(engines: string, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		const failure = failureIn(error);
		if (failure.message !== wahaErrors.rows['not-implemented'].message) throw failure;
		throw addToDescription(failure, `WAHA can do this with the engines ${engines}.`);
	}
}

async function explained(api: Api, need: Need, error: NodeApiError): Promise<Error> {
	const isAbsent = error.httpCode === '404';
	const isOther = need.isTakenForAnother && ['200', '500'].includes(error.httpCode ?? '');
	if (!isAbsent && !isOther) return error;
	const { release } = await knownServer(api);
	if (release === '' ? !isAbsent : isAtLeast(release, need.since)) return error;
	return api.failure(
		`${need.needing} WAHA ${need.since} or newer`,
		release === ''
			? 'The server does not know the address, so it is probably older: update WAHA.'
			: `The server is release ${release}: update WAHA.`,
	);
}
