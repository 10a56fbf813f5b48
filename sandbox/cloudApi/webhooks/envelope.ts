import type { BusinessNumber } from '../model';
import type { Change } from './change';
import type { Variants } from './variants';

/** A change, and the number it happened to. */
export interface NumberChange {
	number: BusinessNumber;
	change: Change;
}

/** What surrounds the changes of one delivery (providers.md §4.5), in one of the ways it may be. */
export function envelope(
	wabaId: string,
	told: readonly NumberChange[],
	{ batches }: Pick<Variants, 'batches'>,
) {
	const changes = (batches === 'values' ? merged(told) : told).map(addressed);
	const entry =
		batches === 'entries'
			? changes.map((change) => ({ id: wabaId, changes: [change] }))
			: [{ id: wabaId, changes }];
	return { object: 'whatsapp_business_account', entry };
}

function addressed({ number, change: { field, value } }: NumberChange) {
	return {
		value: {
			messaging_product: 'whatsapp',
			metadata: { display_phone_number: number.phone, phone_number_id: number.phoneNumberId },
			...value,
		},
		field,
	};
}

/** Messages that follow each other to one number become one value; each sender is told once. */
function merged(told: readonly NumberChange[]): NumberChange[] {
	const together: NumberChange[] = [];
	for (const next of told) {
		const last = together.at(-1);
		const canJoin =
			last?.number === next.number &&
			'messages' in last.change.value &&
			'messages' in next.change.value;
		if (!canJoin) {
			together.push(next);
			continue;
		}
		const [before, after] = [last.change.value, next.change.value] as unknown as MessagesValue[];
		const contacts = [...before.contacts, ...after.contacts];
		const value = {
			contacts: [
				...new Map(contacts.map((contact) => [JSON.stringify(contact), contact])).values(),
			],
			messages: [...before.messages, ...after.messages],
		};
		together.splice(-1, 1, { number: next.number, change: { field: 'messages', value } });
	}
	return together;
}

interface MessagesValue {
	contacts: unknown[];
	messages: unknown[];
}

/** What a delivery reports, for the journal: its fields, each once. */
export function fieldsIn(changes: readonly NumberChange[]): string {
	return [...new Set(changes.map(({ change }) => change.field))].join();
}
