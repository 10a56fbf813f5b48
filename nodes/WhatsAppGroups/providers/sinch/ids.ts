import { unsupportedAddress } from '../../values/address';
import type { Address } from '../../values/address';
import { InvalidInput } from '../../values/invalidInput';

/** `<creator's phone>-<Unix seconds>`, also pasted with WhatsApp's own `@g.us` (providers.md §0). */
export function groupId(input: string): string {
	const id = input.replace(/@g\.us$/i, '');
	if (!/^\d+-\d+$/.test(id)) {
		throw new InvalidInput(
			"'Group' is not the ID of a group at Sinch",
			'A Sinch group ID is a phone number, a hyphen and a time, e.g. 5519900000000-1513616971. Choose the group from the list.',
		);
	}
	return id;
}

export function participantId(address: Address): string {
	if (address.kind !== 'phone') throw unsupportedAddress('Sinch', address);
	return address.digits;
}
