import { defineOnMessage } from './onMessage';

export const pin = defineOnMessage({
	key: 'message.pin',
	name: 'Pin',
	action: 'Pin message in group',
	description: 'Pin a message for everybody; of more than three the oldest pin is taken off',
	ifUnknown:
		'The message may be pinned all the same: look into the group. Running this again does no harm.',
	fields: [
		{
			displayName: 'Pinned For (Days)',
			name: 'pinnedFor',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 30 },
			default: 7,
			description: 'How long the message stays pinned: 1 to 30 days; WAHA takes 1, 7 or 30',
		},
	],
	input: ({ values }) => ({ days: values.wholeNumber('pinnedFor', 7, { min: 1, max: 30 }) }),
});
