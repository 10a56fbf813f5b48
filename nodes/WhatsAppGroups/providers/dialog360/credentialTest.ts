import type { CredentialTest, Finding } from '../../contract/credentialTest';
import { asList, asRecord, asText } from '../../transport/json';
import { excerpt } from '../../transport/errors';

/** The number's health first, then whether it may use groups at all (providers.md §2.2, §2.5). */
export const dialog360CredentialTest: CredentialTest = {
	headers: { 'D360-API-KEY': 'apiKey' },
	questions: [
		{ path: '/health_status', read: readHealth },
		{ path: '/groups?limit=1', read: readGroups },
	],
	refusals: {
		'400': {
			message: '360dialog knows the API key, but does not serve its number',
			description: 'Check in the 360dialog Hub that the API is enabled and paid for.',
		},
	},
	address: 'The address of 360dialog is https://waba-v2.360dialog.io.',
};

/** `LIMITED` restricts whom a number may write to, and nothing that this node does with groups. */
function readHealth(body: unknown): Finding {
	const health = asRecord(asRecord(body).health_status);
	switch (health.can_send_message) {
		case 'AVAILABLE':
		case 'LIMITED':
			return 'fine';
		case 'BLOCKED':
			return {
				message: 'The API key is right, but WhatsApp has blocked its number',
				description: `Open the number in the 360dialog Hub and follow what it says.${reasons(health.entities)}`,
			};
		default:
			return 'foreign';
	}
}

/** What WhatsApp says about number, account, business or app, wherever it says something. */
function reasons(entities: unknown): string {
	const words = asList(entities)
		.flatMap((entity) => asList(asRecord(entity).errors))
		.map(asRecord)
		.flatMap(({ error_description: what, possible_solution: solution }) => [what, solution])
		.map(asText)
		.filter((text) => text !== null);
	return words.length === 0 ? '' : ` WhatsApp says: ${excerpt([...new Set(words)].join(' '))}`;
}

function readGroups(body: unknown): Finding {
	return Array.isArray(asRecord(asRecord(body).data).groups) ? 'fine' : 'foreign';
}
