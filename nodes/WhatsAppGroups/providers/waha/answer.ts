import type { Acknowledgement } from '../../model';
import type { Api } from '../../transport/api';
import { asBoolean, asRecord } from '../../transport/json';
import type { Json } from '../../transport/json';
import type { ApiResponse } from '../../transport/response';

/** Engines answer `true`, `{ success: true }` or nothing; `false` means that the number may not (providers.md §3.4). */
export function checkAllowed(api: Api, { body }: ApiResponse): void {
	if (asBoolean(body) !== false && asBoolean(asRecord(body).success) !== false) return;
	throw api.failure(
		'WhatsApp does not allow this to the number of the session',
		'Make the number an admin of the group, and check that it is still in the group.',
	);
}

/** A sentence instead of data is a refusal that comes with a success status (providers.md §3.4.1). */
export function checkDone(api: Api, response: ApiResponse): void {
	checkAllowed(api, response);
	const { body } = response;
	if (typeof body !== 'string' || asBoolean(body) !== null) return;
	// A page of a proxy, or JSON that lost its end.
	if (/^\s*[<{["]/.test(body)) throw api.unreadable(response);
	throw api.failure('WhatsApp refused the request', `WAHA says: ${body.slice(0, 300)}`);
}

/** Like `readDone`, for what every engine answers with `{ success: true }` (providers.md §3.4). */
export function readSuccess(api: Api, response: ApiResponse): Acknowledgement {
	checkDone(api, response);
	if (!isYes(response)) throw api.unreadable(response);
	return { status: 'success' };
}

/** Whether the answer says yes, and nothing more. */
export function isYes({ body }: Pick<ApiResponse, 'body'>): boolean {
	return asBoolean(body) === true || asBoolean(asRecord(body).success) === true;
}

/** A change, which no engine answers with more than that. */
export function readDone(api: Api, response: ApiResponse): Acknowledgement {
	checkDone(api, response);
	return { status: 'success' };
}

/** The elements of a list. Anything else is no empty list, but an answer that cannot be read. */
export function readList(api: Api, response: ApiResponse): Json[] {
	if (!Array.isArray(response.body)) throw api.unreadable(response);
	return response.body.map(asRecord);
}
