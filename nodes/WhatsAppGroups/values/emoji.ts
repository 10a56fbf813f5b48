import { InvalidInput } from './invalidInput';
import { shown } from './shown';

/** One emoji, however many code points it is made of, without the space around it; throws InvalidInput. */
export function readEmoji(label: string, text: string): string {
	const emoji = text.trim();
	const isOne = [...new Intl.Segmenter().segment(emoji)].length === 1;
	// Pictures, flags, and keycaps such as 1️⃣.
	if (isOne && /\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|\u20e3/u.test(emoji))
		return emoji;
	throw new InvalidInput(
		`'${label}' is not one emoji`,
		`It holds ${shown(text)}. Enter one such as 👍, or leave the field empty to take the reaction back.`,
	);
}
