import type { ErrorDialect } from '../../transport/errors';
import { cloudApiCode, cloudApiDetails, cloudApiErrorIn, cloudApiRows } from '../cloudApi/errors';
import { asNumber, asRecord, asText, firstOf } from '../../transport/json';

/**
 * 360dialog's own limit is a 400 without a code: this sentence, in its own field and as a whole, is what
 * stands for one (providers.md §2.7).
 */
const ownRateLimit = 'You have exceeded the endpoint rate limit.';

/** Bodies come in four shapes: three of 360dialog's own, and Meta's (providers.md §2.7). */
export const dialog360Errors: ErrorDialect = {
	read({ status, body }) {
		const { meta, error } = asRecord(body);
		const own = asRecord(meta);
		const metas = cloudApiErrorIn(body);
		const code = cloudApiCode(asNumber(metas.code));
		const ownWords = firstOf(
			asText(own.developerMessage),
			asText(own.developer_message),
			asText(error),
		);
		const details = firstOf(cloudApiDetails(metas), ownWords, asText(body));
		const isRateLimit = status === 400 && code === null && ownWords === ownRateLimit;
		return {
			code: isRateLimit ? 'rate-limit' : (code ?? status),
			details: details ?? undefined,
		};
	},
	rows: {
		...cloudApiRows,
		'rate-limit': {
			message: '360dialog is limiting the rate of requests',
			description:
				"Try again later, or set 'Delay Between Requests' and a lower 'Concurrency' under Options.",
			disposition: 'rateLimited',
		},
		'400': {
			message: '360dialog refused the request',
			description:
				'Check the fields, and in the 360dialog Hub that the API is enabled and paid for.',
			disposition: 'final',
		},
		'401': {
			message: '360dialog does not accept the API key',
			description:
				'Open the credential and enter the key of this number, as the 360dialog Hub shows it when it is generated.',
			disposition: 'final',
		},
		'403': {
			message: '360dialog has blocked this endpoint for the number',
			description: 'Check in the 360dialog Hub whether the number may use groups.',
			disposition: 'final',
		},
		'404': {
			message: '360dialog does not know this address',
			description: "Check the values of the fields, and 'Base URL' in the credential.",
			disposition: 'final',
		},
	},
};
