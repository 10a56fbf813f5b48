import type { BusinessNumber } from '../model';
import type { Change } from './change';

/** A change, and the number it happened to. */
export interface NumberChange {
	number: BusinessNumber;
	change: Change;
}

/** What surrounds the changes of one delivery (providers.md §4.5). */
export function envelope(wabaId: string, changes: readonly NumberChange[]) {
	return {
		object: 'whatsapp_business_account',
		entry: [
			{
				id: wabaId,
				changes: changes.map(({ number, change: { field, value } }) => ({
					value: {
						messaging_product: 'whatsapp',
						metadata: {
							display_phone_number: number.phone,
							phone_number_id: number.phoneNumberId,
						},
						...value,
					},
					field,
				})),
			},
		],
	};
}

/** What a delivery reports, for the journal: its fields, each once. */
export function fieldsIn(changes: readonly NumberChange[]): string {
	return [...new Set(changes.map(({ change }) => change.field))].join();
}
