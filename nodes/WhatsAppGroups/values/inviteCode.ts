import { InvalidInput } from './invalidInput';

/**
 * The code of an invite link, which may be given whole, bare, or inside the sentence in which WhatsApp
 * shares it. Throws InvalidInput.
 */
export function readInviteCode(label: string, given: string): string {
	const text = given.replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '').trim();
	const inLink =
		/chat\.whatsapp\.com\/(?:invite\/)?([\w-]+)|whatsapp:\/\/chat\/?\?code=([\w-]+)/i.exec(text);
	const code = inLink ? (inLink[1] ?? inLink[2]) : text;
	// The ID of a group is a number, with or without its end.
	const isCode = /^[\w-]{6,}$/.test(code) && !/^[\d-]+$/.test(code);
	if (isCode) return code;
	throw new InvalidInput(
		`'${label}' is not an invite link to a group`,
		'Enter the link as an admin shares it, e.g. https://chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv, or the code at its end.',
	);
}
