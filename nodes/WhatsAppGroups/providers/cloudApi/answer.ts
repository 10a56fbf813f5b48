import type { Acknowledgement } from '../../model';
import type { Api } from '../../transport/api';
import type { ApiResponse } from '../../transport/response';
import { asBoolean, asRecord, asText } from '../../transport/json';
import type { Json } from '../../transport/json';

/**
 * The object that a 2xx answer holds, `{}` for an empty one, as several are unspecified (providers.md
 * §7, §8). Throws when it is anything else, or says after all that the call was refused.
 */
export function readAnswer(api: Api, response: ApiResponse): Json {
	const { body } = response;
	if (body === null) return {};
	const answer = asRecord(body);
	const isRefused =
		Boolean(answer.error) ||
		asBoolean(answer.success) === false ||
		asBoolean(asRecord(answer.meta).success) === false;
	if (isRefused) throw api.refusal(response);
	if (answer !== body) throw api.unreadable(response);
	return answer;
}

/** A change that is made later; a webhook tells whether it was (providers.md §2.2). */
export function readAccepted(api: Api, response: ApiResponse): Acknowledgement {
	return { status: 'pending', requestId: asText(readAnswer(api, response).request_id) };
}
