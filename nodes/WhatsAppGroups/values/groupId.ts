import { InvalidInput } from './invalidInput';
import { shown } from './shown';

/**
 * A group as it was picked or pasted, without the spaces around or inside it. Anything but a text or a
 * number of few digits is no group; an invite link is refused with the way out.
 */
export function readGroupId(given: unknown): string {
	const isNumber = typeof given === 'number' && Number.isSafeInteger(given);
	if (typeof given !== 'string' && !isNumber) {
		throw new InvalidInput(
			"'Group' is not the ID of a group",
			typeof given === 'number'
				? `It holds the number ${given}, which has lost digits. Give the ID as a text.`
				: `It holds ${shown(given)}. Choose a group from the list, or use an expression that gives its ID.`,
		);
	}
	const text = String(given).replace(/[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '');
	if (/chat\.whatsapp\.com\//i.test(text)) {
		throw new InvalidInput(
			"'Group' is an invite link, which is not the ID of the group",
			'Choose the group from the list, or enter the ID that Get Many gives.',
		);
	}
	return text;
}
