import type { TriggerSupport } from '../../contract/trigger';
import { cloudApiEvents } from '../cloudApi/eventTexts';
import { parseEnvelope } from '../cloudApi/events';
import { registration } from './registration';
import { answerChallenge, verifySignature } from './verify';

export const metaTrigger: TriggerSupport = {
	events: cloudApiEvents,
	notice:
		"In the App Dashboard, under WhatsApp > Configuration, subscribe to the webhook fields messages and the four that begin with group_. The address is set by this trigger: while the workflow is published, and during a test run, the events of the number come here instead of to the app's own address. Only one published workflow can have a number: the last one published takes it over, and says so in the log of n8n.",
	registration,
	credentialSecret: {
		of: ({ appSecret }) => (typeof appSecret === 'string' ? appSecret.trim() : ''),
		missing: {
			message: "'App Secret' in the credential is empty",
			description:
				'The trigger needs it to tell the webhooks of Meta from forged ones. The App Dashboard shows it under App settings > Basic.',
		},
	},
	options: ['replaceOther', 'wholeAccount'],
	verify: verifySignature,
	challenge: answerChallenge,
	parse: ({ body }) => parseEnvelope(body, { tellsAccount: true }),
};
