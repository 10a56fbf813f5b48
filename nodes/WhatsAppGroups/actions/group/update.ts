import { defineOperation, only } from '../operation';

export const update = defineOperation({
	key: 'group.update',
	name: 'Update',
	action: 'Update group',
	description: 'Change the subject or description of a group',
	onGroup: true,
	fields: [
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				only('group.update.description', {
					displayName: 'Description',
					name: 'description',
					type: 'string',
					typeOptions: { rows: 3 },
					default: '',
					description: 'What the group is about, up to 2048 characters; empty removes it',
				}),
				{
					displayName: 'Subject',
					name: 'subject',
					type: 'string',
					default: '',
					description:
						'New name of the group. Sinch takes up to 25 characters, 360dialog up to 128.',
				},
			],
		},
	],
	async run(item, updateGroup) {
		const { limits } = item.provider;
		const { subject, description } = item.collection('updateFields');
		if (subject === undefined && description === undefined) {
			throw item.inputError(
				"'Update Fields' is empty",
				'Add at least one field that is to be changed.',
			);
		}
		await updateGroup(item.api, {
			group: item.group(),
			subject:
				subject === undefined ? undefined : item.checkText(subject, 'Subject', limits.subject),
			description:
				description === undefined
					? undefined
					: item.checkLength(String(description).trim(), 'Description', limits.description),
		});
		return item.done();
	},
});
