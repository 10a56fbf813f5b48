import type { Account } from '../../contract/provider';
import type { Api } from '../../transport/api';
import { asList, asRecord, asText, firstOf } from '../../transport/json';
import { InvalidInput } from '../../values/invalidInput';
import { readAnswer } from '../cloudApi/answer';
import { nextCursor } from '../cloudApi/readers';
import { businessAccountPath } from './businessAccount';

/** More than any business account has; a cursor that goes on and on ends somewhere. */
const mostPages = 20;

/** A business account has several numbers; groups belong to one of them (providers.md §4.2). */
export const phoneNumber: Account = {
	parameter: 'phoneNumber',
	field: {
		displayName: 'Phone Number',
		name: 'phoneNumber',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The number of the WhatsApp Business Account that acts',
		typeOptions: { loadOptionsDependsOn: ['provider'] },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Select a phone number…',
				typeOptions: { searchListMethod: 'searchAccounts', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 106540352242922',
			},
		],
	},

	async list(api: Api) {
		const numbers: Array<{ name: string; value: string }> = [];
		let cursor: string | undefined;
		for (let pages = 0; pages < mostPages; pages += 1) {
			const response = await api.request({
				method: 'GET',
				path: `${businessAccountPath(api)}/phone_numbers`,
				qs: {
					fields: 'id,display_phone_number,verified_name,is_official_business_account',
					limit: 100,
					...(cursor === undefined ? {} : { after: cursor }),
				},
			});
			const answer = readAnswer(api, response);
			if (!Array.isArray(answer.data)) throw api.unreadable(response);
			numbers.push(...asList(answer.data).flatMap(toEntry));
			cursor = nextCursor(answer);
			if (cursor === undefined) break;
		}
		if (numbers.length > 0) return numbers;
		throw api.failure(
			'The WhatsApp Business Account has no phone number',
			"Add one in WhatsApp Manager, or check 'WhatsApp Business Account ID' in the credential.",
		);
	},

	read(input) {
		if (/^\d{5,25}$/.test(input)) return input;
		throw new InvalidInput(
			"'Phone Number' is not the ID of a number",
			'Meta gives each number an ID of digits, e.g. 106540352242922, which is not the number itself. Choose it from the list.',
		);
	},
};

/** With what groups need, since a number without it fails at everything. */
function toEntry(entry: unknown): Array<{ name: string; value: string }> {
	const {
		id,
		display_phone_number: number,
		verified_name: verified,
		is_official_business_account: isOfficial,
	} = asRecord(entry);
	const value = asText(id);
	if (value === null) return [];
	const name = [firstOf(asText(number), value), asText(verified)].filter(Boolean).join(' – ');
	return [{ name: isOfficial === false ? `${name} (no groups: not official)` : name, value }];
}
