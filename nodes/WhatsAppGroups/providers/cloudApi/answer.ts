import type { Api } from '../../transport/api';
import type { ApiResponse } from '../../transport/response';
import { asBoolean, asRecord } from '../../transport/json';
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
	if (answer !== body || isRefused) throw api.refusal(response);
	return answer;
}
