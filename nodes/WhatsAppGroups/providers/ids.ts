import { InvalidInput } from '../transport/errors';

/** A person as users write them: a phone number, or an id that one of the providers gave out. */
export type Address =
	| { kind: 'phone'; digits: string }
	/** WAHA's id of somebody whose number is hidden, without `@lid`. */
	| { kind: 'lid'; id: string }
	/** Meta's business-scoped user id, e.g. `US.13491208655302741918` (providers.md §4.5.7). */
	| { kind: 'userId'; id: string };

/**
 * Reads `+44 7700 900123`, `0044…`, bare digits, `…@c.us`, `…@s.whatsapp.net`, `…@lid` and
 * `US.1349…`. Phone numbers are held to E.164: 7 to 15 digits with country code.
 */
export function readAddress(input: string): Address {
	const text = input.trim();
	const lid = /^(\d+)@lid$/i.exec(text);
	if (lid) return { kind: 'lid', id: lid[1] };
	if (/^[A-Z]{2}\.\d{6,}$/.test(text)) return { kind: 'userId', id: text };

	// A device suffix such as `:12` stands before the host in some ids.
	const number = text.replace(/(:\d+)?@(c\.us|s\.whatsapp\.net)$/i, '');
	const digits = number.replace(/^\+|[\s().\-/]/g, '').replace(/^00/, '');
	if (!/^[1-9]\d{6,14}$/.test(digits)) throw notAPhoneNumber(text, digits);
	return { kind: 'phone', digits };
}

function notAPhoneNumber(text: string, digits: string): InvalidInput {
	const advice = /^0\d+$/.test(digits)
		? 'Write it with the country code in place of the leading 0, e.g. +44 7700 900123.'
		: 'Write it with the country code and 7 to 15 digits, e.g. +44 7700 900123.';
	return new InvalidInput(
		"'Participants' contains something that is not a phone number",
		`“${text}”: ${advice}`,
	);
}

/** A pasted group id without the spaces around or inside it; refuses an invite link. */
export function readGroupId(input: string): string {
	const text = input.replace(/[\s\u200b\u00a0]/g, '');
	if (text === '') {
		throw new InvalidInput("'Group' is empty", 'Choose a group from the list, or enter its ID.');
	}
	if (/chat\.whatsapp\.com\//i.test(text)) {
		throw new InvalidInput(
			"'Group' is an invite link, which is not the ID of the group",
			'Choose the group from the list, or enter the ID that Get Many gives.',
		);
	}
	return text;
}

export function unsupportedAddress(provider: string, address: Address): InvalidInput {
	const what = address.kind === 'lid' ? 'an @lid ID' : 'a business-scoped user ID';
	return new InvalidInput(
		"'Participants' contains an ID of another provider",
		`${provider} does not know ${what}. Enter the phone number instead, e.g. +44 7700 900123.`,
	);
}
