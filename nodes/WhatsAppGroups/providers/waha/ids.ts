import { unsupportedAddress } from '../../values/address';
import type { Address } from '../../values/address';
import { InvalidInput } from '../../values/invalidInput';

/** `<digits>@g.us`, or of old `<phone>-<seconds>@g.us`; the host may be left out (providers.md §3.3). */
export function groupId(input: string): string {
	const id = input.replace(/@g\.us$/i, '');
	if (!/^\d+(-\d+)?$/.test(id)) {
		throw new InvalidInput(
			"'Group' is not the ID of a group at WAHA",
			'A WAHA group ID is a number followed by @g.us, e.g. 120363414984201825@g.us; one that ends in @c.us or @lid is a person. Choose the group from the list.',
		);
	}
	return `${id}@g.us`;
}

export function participantId(address: Address): string {
	if (address.kind === 'userId') throw unsupportedAddress('WAHA', address);
	return address.kind === 'lid' ? `${address.id}@lid` : `${address.digits}@c.us`;
}

/** The number in `<digits>@c.us` or `<digits>@s.whatsapp.net`; an `@lid` hides it. */
export function phoneOf(id: string | null): string | null {
	return /^(\d+)(?::\d+)?@(?:c\.us|s\.whatsapp\.net)$/.exec(id ?? '')?.[1] ?? null;
}
