import type { CredentialTest, Finding } from '../../contract/credentialTest';
import { credentialText } from '../../transport/baseUrl';
import { path } from '../../transport/connection';
import { asList, asRecord, asText } from '../../transport/json';
import type { Json } from '../../transport/json';

/** The account's numbers first, then the groups of one that may have some (providers.md §4.3). */
export const metaCredentialTest: CredentialTest = {
	headers: { Authorization: 'accessToken' },
	scheme: 'Bearer',
	questions: [
		{
			path: (credential) => {
				const account = credentialText(
					credential,
					'businessAccountId',
					'WhatsApp Business Account ID',
				);
				return `${path`/${account}`}/phone_numbers?fields=id,is_official_business_account&limit=100`;
			},
			read: readNumbers,
		},
		{
			path: (_, [numbers]) => `${path`/${eligibleIn(numbers) ?? ''}`}/groups?limit=1`,
			read: readGroups,
		},
	],
	refusals: {
		'10': {
			message: 'The access token lacks a permission',
			description:
				'It needs whatsapp_business_management for the account and its webhooks, and whatsapp_business_messaging for groups and messages.',
		},
		'100': {
			message: "'WhatsApp Business Account ID' is not the ID of a WhatsApp Business Account",
			description:
				'WhatsApp Manager shows it under Account tools; it is neither the ID of the app, of the business nor of a phone number.',
		},
		'2500': {
			message: "'WhatsApp Business Account ID' or 'Graph API Version' is not right",
			description:
				'The ID is that of the WhatsApp Business Account, which WhatsApp Manager shows under Account tools, and the version one that Meta has published, e.g. v26.0.',
		},
		'unknown-node': {
			message: "Meta does not know the 'WhatsApp Business Account ID', or hides it from this token",
			description:
				'Compare it with WhatsApp Manager, and give the user of the token this account in Meta Business Settings.',
		},
	},
	address: 'The address of Meta is https://graph.facebook.com.',
};

function readNumbers(body: unknown): Finding {
	const { data } = asRecord(body);
	if (!Array.isArray(data)) return 'foreign';
	if (data.length === 0) {
		return {
			message: 'The access token is right, but the WhatsApp Business Account has no phone number',
			description: 'Add a number in WhatsApp Manager.',
		};
	}
	if (eligibleIn(body) !== null) return 'fine';
	return {
		message: 'The access token is right, but no number of the account may use groups',
		description: 'Groups need an Official Business Account: apply for it in WhatsApp Manager.',
	};
}

/** The first number that is an Official Business Account, or does not say that it is none. */
function eligibleIn(numbers: unknown): string | null {
	const all = asList(asRecord(numbers).data).map(asRecord);
	const isEligible = ({ is_official_business_account: isOfficial }: Json) => isOfficial !== false;
	return asText(all.find(isEligible)?.id);
}

function readGroups(body: unknown): Finding {
	return Array.isArray(asRecord(asRecord(body).data).groups) ? 'fine' : 'foreign';
}
