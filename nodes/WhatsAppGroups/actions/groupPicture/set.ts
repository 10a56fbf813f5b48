import { defineAcknowledged } from '../acknowledged';
import { readPicture } from './readPicture';

export const set = defineAcknowledged({
	key: 'groupPicture.set',
	name: 'Set',
	action: 'Set group picture',
	description: 'Set the picture of a group from a file of the input item',
	ifUnknown:
		'The picture may be set all the same: look at the group in WhatsApp. Running this again does no harm.',
	fields: [
		{
			displayName: 'Input Data Field Name',
			name: 'binaryPropertyName',
			type: 'string',
			required: true,
			default: 'data',
			description:
				'Name of the input field that holds the picture. 360dialog takes a square JPEG of at least 192 × 192 pixels and at most 5 MB.',
			hint: 'The name of the input field containing the binary file data to be used as the picture',
		},
	],
	input: async (item) => ({ image: await readPicture(item) }),
});
