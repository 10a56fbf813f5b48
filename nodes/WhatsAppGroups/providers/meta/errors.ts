import { asNumber, asText, firstOf } from '../../transport/json';
import type { ErrorDialect, ErrorRow } from '../../transport/errors';
import {
	cloudApiCode,
	cloudApiDetails,
	cloudApiErrorIn,
	cloudApiRows,
	isUnknownNode,
} from '../cloudApi/errors';

const wrongToken: ErrorRow = {
	message: 'Meta does not accept the access token',
	description:
		'Open the credential and enter the token of a system user from Meta Business Settings: those from the App Dashboard expire within a day.',
	disposition: 'final',
};

/** Graph's own envelope (providers.md §4.6). */
export const metaErrors: ErrorDialect = {
	read({ status, body }) {
		const error = cloudApiErrorIn(body);
		const code = cloudApiCode(asNumber(error.code));
		const details = firstOf(cloudApiDetails(error), asText(body));
		return {
			code: isUnknownNode(error) ? 'unknown-node' : (code ?? status),
			details: details ?? undefined,
		};
	},
	rows: {
		...cloudApiRows,
		'10': {
			message: 'The access token lacks a permission',
			description:
				'In Meta Business Settings, under System Users, make a token with whatsapp_business_messaging and whatsapp_business_management, and give its user the WhatsApp account.',
			disposition: 'final',
		},
		'190': wrongToken,
		'2200': {
			message: 'Meta could not verify the webhook URL of this n8n',
			description:
				'Meta calls the URL before it takes it. Check that it is reached from the internet over https, with a certificate that is not self-signed.',
			disposition: 'final',
		},
		'2500': {
			message: 'Meta does not know this path',
			description:
				"Check 'Graph API Version' in the credential, and that the IDs are what they are said to be.",
			disposition: 'final',
		},
		'131215': {
			message: 'The number may not use groups',
			description:
				'Groups need an Official Business Account. Test numbers, and numbers that the WhatsApp Business app uses as well, are not eligible.',
			disposition: 'final',
		},
		// No token at all.
		'104': wrongToken,
		'401': wrongToken,
		'unknown-node': {
			message: 'Meta does not know this ID, or the access token may not see it',
			description:
				"Choose group and number from the list again. If that does not help, check 'WhatsApp Business Account ID' in the credential, and that the token's user has been given this account.",
			disposition: 'final',
		},
	},
};
