import { readEmoji } from '../../values/emoji';
import { isMissing } from '../../values/values';
import type { Values } from '../../values/values';
import { defineOnMessage } from './onMessage';

export const react = defineOnMessage({
	key: 'message.react',
	name: 'React',
	action: 'React to message in group',
	description: 'React to a message with an emoji, or take the reaction back',
	ifUnknown:
		'The reaction may be there all the same: look into the group. Running this again does no harm.',
	fields: [
		{
			displayName: 'Emoji',
			name: 'emoji',
			type: 'string',
			default: '👍',
			placeholder: 'e.g. 👍',
			description:
				'The reaction, which replaces an earlier one of the number; leave it empty to take that back',
		},
	],
	input: ({ values }) => ({ emoji: emojiIn(values) }),
});

/** Only a text that is empty takes the reaction back, not an expression that finds nothing. */
function emojiIn(values: Values): string {
	const field = values.field('emoji');
	const text = values.optionalText('emoji');
	if (text === undefined && field.isExpression) throw isMissing(field, 'Enter an emoji.');
	return text === undefined || text.trim() === '' ? '' : readEmoji(field.label, text);
}
