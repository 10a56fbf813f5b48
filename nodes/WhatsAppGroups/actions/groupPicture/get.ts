import { defineOperation } from '../operation';

export const get = defineOperation({
	key: 'groupPicture.get',
	name: 'Get',
	action: 'Get group picture',
	description: 'Download the picture of a group as a file',
	onGroup: true,
	fields: [
		{
			displayName: 'Output Data Field Name',
			name: 'outputPropertyName',
			type: 'string',
			required: true,
			default: 'data',
			description: 'Name of the output field that will hold the picture',
			hint: 'The name of the output field to put the binary file data in',
		},
	],
	async run(item, getPicture) {
		const field = item.values.id(
			'outputPropertyName',
			'Enter the name of the field that is to hold the picture.',
		);
		const { data, fileName, mimeType } = await getPicture(item.api, { group: item.group() });
		const file = await item.context.helpers.prepareBinaryData(data, fileName, mimeType);
		return [
			{
				json: { groupId: item.group(), fileName, mimeType, fileSize: data.length },
				binary: { [field]: file },
			},
		];
	},
});
