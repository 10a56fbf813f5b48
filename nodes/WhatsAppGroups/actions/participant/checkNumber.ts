import { personKeys, readAddress } from '../../values/address';
import { InvalidInput } from '../../values/invalidInput';
import { isMissing, readable } from '../../values/values';
import { failOnPartialFailureOption, participantsField } from '../fields';
import type { Item } from '../item';
import { defineOperation } from '../operation';

export const checkNumber = defineOperation({
	key: 'participant.checkNumber',
	name: 'Check Number',
	action: 'Check phone numbers',
	description: 'Check whether phone numbers are on WhatsApp, one item per number',
	simplify: true,
	fields: [
		{
			...participantsField,
			displayName: 'Phone Numbers',
			description:
				'Phone numbers with country code, separated by commas, or an expression that gives a list',
		},
	],
	options: [
		{
			...failOnPartialFailureOption,
			description:
				'Whether the node fails when some of the entries are no phone numbers, instead of putting out one item per entry with its status',
		},
	],
	async run(item, checkNumbers) {
		const entries = item.values.list('participants', personKeys, numberReader(item));
		const field = item.values.field('participants');
		if (entries.length === 0) {
			throw isMissing(field, 'Enter at least one phone number with country code.');
		}
		if (item.values.collection('options').flag('failOnPartialFailure', false)) {
			readable(field.label, entries);
		}
		const participants = entries.flatMap(({ id }) => id ?? []);
		const answers = participants.length === 0 ? [] : await checkNumbers(item.api, { participants });
		let next = 0;
		return entries.map(({ id, given, problem }) => {
			const input = typeof given === 'string' ? given : (JSON.stringify(given) ?? null);
			if (id !== undefined) {
				const { model, raw } = answers[next++];
				return item.render(
					{ model: { ...model, status: 'success', reason: null }, raw },
					{ input },
				);
			}
			const failed = { status: 'failed', reason: problem ?? null };
			return { json: { input, phone: null, exists: null, id: null, ...failed } };
		});
	},
});

/** Only numbers can be looked up: whoever has an ID of WhatsApp is on it. */
function numberReader({ provider }: Item): (text: string) => string {
	return (text) => {
		const address = readAddress(text);
		if (address.kind === 'phone') return provider.participantId(address);
		throw new InvalidInput(
			'A phone number is expected',
			'This is an ID, which has no number to check: whoever has one is on WhatsApp.',
		);
	};
}
