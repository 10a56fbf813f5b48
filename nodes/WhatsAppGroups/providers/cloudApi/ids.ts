import { unsupportedAddress } from '../../values/address';
import type { Address } from '../../values/address';
import { InvalidInput } from '../../values/invalidInput';

/** How ids are written in WhatsApp's Cloud API; `name` is the service, for errors. */
export function cloudApiIds(name: string) {
	return {
		/** An opaque text such as `Y2FwaV9ncm91cDox…ZD` in the letters of base64 (providers.md §0). */
		groupId(input: string): string {
			const isOpaque = /^[\w+/-]{16,}={0,2}$/.test(input);
			if (!isOpaque || /^\d+(-\d+)?$/.test(input)) {
				throw new InvalidInput(
					`'Group' is not the ID of a group at ${name}`,
					`A ${name} group ID is a long text such as Y2FwaV9ncm91cDoxNzA1…ZD; this may be the ID of another provider. Choose the group from the list.`,
				);
			}
			return input;
		},

		/** `user` takes a phone number with plus sign or a business-scoped user ID (§2.2, §4.5.7). */
		participantId(address: Address): string {
			if (address.kind === 'userId') return address.id;
			if (address.kind === 'lid') throw unsupportedAddress(name, address);
			return `+${address.digits}`;
		},
	};
}
