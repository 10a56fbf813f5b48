import type { ErrorDialect } from '../../transport/errors';
import { asNumber, asRecord, asText, firstOf } from '../../transport/json';

/** Calls that are refused with 400 for reasons of their own (§1.2). */
const refusedCalls: Readonly<Record<string, string>> = {
	'POST /v1/whatsapp/groups': '400 create',
	'POST /v1/whatsapp/send': '400 send',
};

/** Sinch documents the body of its 401 only, `{ errorCode, errorMessage }` (providers.md §1.1). */
export const sinchErrors: ErrorDialect = {
	read({ request, status, body }) {
		const { errorCode, errorMessage } = asRecord(body);
		const code = firstOf(asNumber(errorCode), status);
		return {
			code:
				(code === 400 ? refusedCalls[`${request.method} ${request.path}`] : undefined) ??
				code ??
				undefined,
			details: firstOf(asText(errorMessage), asText(body)) ?? undefined,
		};
	},
	rows: {
		'400': {
			message: 'Sinch refused the request',
			description:
				'Check the fields: a phone number that is not in the group is refused like this.',
			disposition: 'final',
		},
		'400 create': {
			message: 'Sinch refused to create the group',
			description:
				'The subject may not fit, or there are too many unused groups: leave some with Group: Leave.',
			disposition: 'final',
		},
		'400 send': {
			message: 'Sinch refused the message',
			description: 'Check the text, and with Group: Get that the account is in the group.',
			disposition: 'final',
		},
		'401': {
			message: 'Sinch does not accept the user name and authentication token',
			description:
				'Open the credential and enter both as they stand in the Sinch Messaging platform.',
			disposition: 'final',
		},
		'404': {
			message: 'Sinch does not know this group',
			description: 'Choose the group from the list again: the account may have left it.',
			disposition: 'final',
		},
		'412': {
			message: 'Sinch refused the request in the present state of the group',
			description: 'Read the group with Get and check that the change still applies.',
			disposition: 'final',
		},
		'420': {
			message: 'Sinch is limiting the rate of messages',
			description:
				"Try again later, or set 'Delay Between Requests' and a lower 'Concurrency' under Options.",
			disposition: 'rateLimited',
		},
		'429': {
			message: 'Sinch is limiting the rate of requests',
			description:
				"Try again later, or set 'Delay Between Requests' and a lower 'Concurrency' under Options.",
			disposition: 'rateLimited',
		},
	},
};
