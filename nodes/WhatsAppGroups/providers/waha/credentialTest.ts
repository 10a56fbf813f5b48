import type { CredentialTest, Finding } from '../../contract/credentialTest';
import { asRecord, asText } from '../../transport/json';
import { noSession } from './account';

/** Every session of the server, stopped ones included (providers.md §3.1, §3.2). */
export const wahaCredentialTest: CredentialTest = {
	headers: { 'X-Api-Key': 'apiKey' },
	questions: [{ path: '/api/sessions?all=true', read: readSessions }],
	refusals: {
		'403': {
			message: 'WAHA knows the API key, but does not let it list the sessions',
			description:
				'Use the key of the server. With the key of one session the node works all the same, if you enter that session by name.',
		},
	},
	address:
		'Enter the address at which your WAHA server is reached, without a path such as /dashboard, e.g. http://waha:3000.',
};

function readSessions(body: unknown): Finding {
	if (!Array.isArray(body)) return 'foreign';
	if (body.length === 0) return noSession;
	const areSessions = body
		.map(asRecord)
		.every(({ name, status }) => asText(name) !== null && asText(status) !== null);
	return areSessions ? 'fine' : 'foreign';
}
