import type { CredentialTest, Finding } from '../../contract/credentialTest';
import { asRecord, asText } from '../../transport/json';

/** Sinch has no call that says who one is: the list of groups is asked for (providers.md §1.1). */
export const sinchCredentialTest: CredentialTest = {
	headers: { userName: 'userName', authenticationToken: 'authenticationToken' },
	questions: [{ path: '/v1/whatsapp/groups', read: readGroups }],
	refusals: {
		// Assumed: the documents name the status, but not for what (providers.md §1.1).
		'403': {
			message: 'Sinch does not let this account use groups',
			description: 'Ask Sinch support to enable WhatsApp groups for the number of the account.',
		},
	},
	address: 'The address of Sinch is https://api-messaging.wavy.global.',
};

function readGroups(body: unknown): Finding {
	const { groups } = asRecord(body);
	const isList =
		Array.isArray(groups) && groups.every((group) => asText(asRecord(group).id) !== null);
	return isList ? 'fine' : 'foreign';
}
