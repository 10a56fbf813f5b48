import { InvalidInput } from './invalidInput';

/** A person as users write them: a phone number, or an id that one of the providers gave out. */
export type Address =
	| { kind: 'phone'; digits: string }
	/** WAHA's id of somebody whose number is hidden, without `@lid`. */
	| { kind: 'lid'; id: string }
	/**
	 * Meta's business-scoped user id, e.g. `US.13491208655302741918`, or that of a parent business,
	 * `US.ENT.11815799212886844830` (providers.md §4.5.7, §9).
	 */
	| { kind: 'userId'; id: string };

/**
 * Under which keys a person stands in what this node and the providers put out, simplified or not: the
 * id first, since not everybody's number is known.
 */
export const personKeys = [
	'participant',
	'id',
	'wa_id',
	'user_id',
	'jid',
	'JID',
	'requesterId',
	'phone',
	'phoneNumber',
	'PhoneNumber',
	'pn',
	'requesterPn',
	'input',
	'user',
] as const;

/** Marks of direction and width that come along when a number is copied; nobody sees them. */
const invisible = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const arabicDigits = /[\u0660-\u0669\u06f0-\u06f9]/g;
const dashes = /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/g;

/**
 * Reads `+44 7700 900123`, `+44 (0) 7700 900123`, `0044…`, bare digits, `tel:…`, `wa.me/…`, `…@c.us`,
 * `…@s.whatsapp.net`, `…@lid` and `US.1349…`. Phone numbers are held to E.164: 7 to 15 digits with country
 * code. Throws InvalidInput.
 */
export function readAddress(input: string): Address {
	const text = input
		.replace(invisible, '')
		.replace(dashes, '-')
		.normalize('NFKC')
		.replace(arabicDigits, (digit) => String(digit.charCodeAt(0) & 0xf))
		.trim();
	const lid = /^(\d+)@lid$/i.exec(text);
	if (lid) return { kind: 'lid', id: lid[1] };
	if (/^[A-Z]{2}(\.ENT)?\.[A-Za-z\d]{6,}$/.test(text)) return { kind: 'userId', id: text };

	const number = text
		.replace(/^(https?:\/\/)?(wa\.me\/|api\.whatsapp\.com\/send\/?\?phone=)([^?&#]*).*$/i, '$3')
		.replace(/^tel:/i, '')
		.replace(/%2b/i, '+')
		// A device suffix such as `:12` stands before the host in some ids.
		.replace(/(:\d+)?@(c\.us|s\.whatsapp\.net)$/i, '')
		.replace(/^\(\s*\+/, '+')
		// The 0 in brackets is dialled inside the country only.
		.replace(/^((?:\+|00)?\s*\d{1,3}\)?[\s-]*)\(\s*0\s*\)/, '$1')
		.trim();
	// A slash may part two numbers, so it is never read as a mere separator.
	const isNumber = /^\+?[\d\s().-]+$/.test(number) && !/\(\s*0\s*\)/.test(number);
	const digits = number.replace(/\D/g, '').replace(/^00/, '');
	if (!isNumber || !/^[1-9]\d{6,14}$/.test(digits)) throw notAPhoneNumber(isNumber ? digits : '');
	return { kind: 'phone', digits };
}

function notAPhoneNumber(digits: string): InvalidInput {
	const isLocal = /^0\d+$/.test(digits);
	return new InvalidInput(
		'A phone number is expected',
		isLocal
			? 'Write it with the country code in place of the leading 0, e.g. +44 7700 900123.'
			: 'Write one phone number with the country code and 7 to 15 digits, e.g. +44 7700 900123.',
	);
}

/** The refusal of an id that the provider does not know. */
export function unsupportedAddress(provider: string, address: Address): InvalidInput {
	const what = address.kind === 'lid' ? 'an @lid ID' : 'a business-scoped user ID';
	return new InvalidInput(
		'An ID of another provider',
		`${provider} does not know ${what}. Enter the phone number instead, e.g. +44 7700 900123.`,
	);
}
