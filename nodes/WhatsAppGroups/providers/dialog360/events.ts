import type { TriggerSupport } from '../../contract/trigger';
import { sameSecret } from '../../contract/delivery';
import { cloudApiEvents } from '../cloudApi/eventTexts';
import { parseEnvelope } from '../cloudApi/events';
import { registration, secretHeader } from './registration';

export const dialog360Trigger: TriggerSupport = {
	events: cloudApiEvents,
	notice:
		'A 360dialog number has one webhook URL. While this workflow is published, and during a test run, its trigger has that place; afterwards the URL that was there before is put back. Only one published workflow can have a number: the last one published takes it over, and says so in the log of n8n.',
	registration,
	verify: ({ headers }, secret) =>
		sameSecret(headers[secretHeader.toLowerCase()], secret)
			? undefined
			: `the header ${secretHeader} is missing or not the one that was registered`,
	parse: ({ body }) => parseEnvelope(body),
};
