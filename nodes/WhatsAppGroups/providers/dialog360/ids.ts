import { InvalidInput } from '../../transport/errors';
import { readAddress, readGroupId, unsupportedAddress } from '../ids';

/** An opaque text such as `Y2FwaV9ncm91cDox…ZD` (providers.md §0). */
export function groupId(input: string): string {
	const id = readGroupId(input);
	if (/@|^\d+(-\d+)?$/.test(id)) {
		throw new InvalidInput(
			"'Group' is not the ID of a group at 360dialog",
			'A 360dialog group ID is a long text such as Y2FwaV9ncm91cDoxNzA1…ZD; this looks like the ID of another provider. Choose the group from the list.',
		);
	}
	return id;
}

/** `user` takes a phone number with plus sign or a business-scoped user ID (§2.2, §4.5.7). */
export function participantId(input: string): string {
	const address = readAddress(input);
	if (address.kind === 'userId') return address.id;
	if (address.kind === 'lid') throw unsupportedAddress('360dialog', address);
	return `+${address.digits}`;
}
