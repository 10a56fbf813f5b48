import type { GroupEvent } from '../../model';
import { readEach } from '../../contract/events';
import { asList, asRecord, asText } from '../../transport/json';
import { readGroupEvents } from './groupEvents';
import { contactsIn, readMessage } from './messageEvents';
import { readStatus } from './statusEvents';

interface Telling {
	/** Whether events name the number that they happened at; else the credential stands for one. */
	tellsAccount?: boolean;
}

/**
 * The group events in an envelope of Meta's webhooks (providers.md §4.5), which 360dialog forwards as
 * they are; a text with the reason when the body is no such envelope.
 */
export function parseEnvelope(
	body: unknown,
	{ tellsAccount = false }: Telling = {},
): GroupEvent[] | string {
	const { object, entry } = asRecord(body);
	if (object !== 'whatsapp_business_account' || !Array.isArray(entry)) {
		return 'the body is no envelope of object “whatsapp_business_account”';
	}
	return readEach(entry, ({ changes }) =>
		readEach(changes, (change) => {
			const events = readChange(asText(change.field) ?? '', change.value);
			if (!tellsAccount) return events;
			const account = asText(asRecord(asRecord(change.value).metadata).phone_number_id);
			return events.map((event) => ({ ...event, account }));
		}),
	);
}

// The OpenAPI spells some of the fields in the singular, the documents in the plural (§8).
const groupFields = /^group_(lifecycle|participants?|settings?|status(es)?)_updates?$/;

function readChange(field: string, content: unknown): GroupEvent[] {
	const { messages, statuses, contacts, groups, ...beside } = asRecord(content);
	if (/^messages?$/.test(field)) {
		const find = contactsIn(asList(contacts));
		return [
			...readEach(messages, (message) => readMessage(message, find)),
			...readEach(statuses, (status) => readStatus(status, find)),
		];
	}
	if (!groupFields.test(field)) return [];
	return readEach(groups, (group) => readGroupEvents(group, { field, ...beside }));
}
