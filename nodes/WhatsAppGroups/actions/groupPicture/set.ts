import { defineOperation } from '../operation';

export const set = defineOperation({
	key: 'groupPicture.set',
	name: 'Set',
	action: 'Set group picture',
	description: 'Set the picture of a group from a file of the input item',
	onGroup: true,
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
	async run(item, setPicture) {
		await setPicture(item.api, { group: item.group(), image: await item.image() });
		return item.done();
	},
});
