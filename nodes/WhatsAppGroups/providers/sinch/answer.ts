import type { Acknowledgement } from '../../model';
import type { Api } from '../../transport/api';
import { asList, asNumber, asRecord, asText } from '../../transport/json';
import type { Json } from '../../transport/json';
import type { ApiResponse } from '../../transport/response';

/** The object of a 2xx. Throws when it says no all the same, or is none. */
export function readAnswer(api: Api, response: ApiResponse): Json {
	const { body } = response;
	const answer = asRecord(body);
	const isRefusal = asNumber(answer.errorCode) !== null || asText(answer.errorMessage) !== null;
	if (isRefusal) throw api.refusal(response);
	if (answer !== body) throw api.unreadable(response);
	return answer;
}

/** Every answer with data is `{ "groups": [ … ] }`, also for one group (providers.md §1.2). */
export function readGroups(api: Api, response: ApiResponse): Json[] {
	const { groups } = readAnswer(api, response);
	if (!Array.isArray(groups)) throw api.unreadable(response);
	return asList(groups).map(asRecord);
}

/** The one group of an answer. */
export function readGroup(api: Api, response: ApiResponse): Json {
	const [group] = readGroups(api, response);
	if (group === undefined) throw api.unreadable(response);
	return group;
}

/** Changes are answered with `null` or `{}` (providers.md §1.2). */
export function readDone(api: Api, response: ApiResponse): Acknowledgement {
	if (response.body !== null) readAnswer(api, response);
	return { status: 'success' };
}
