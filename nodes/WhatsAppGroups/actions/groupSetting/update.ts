import { defineOperation } from '../operation';

export const update = defineOperation({
	key: 'groupSetting.update',
	name: 'Update',
	action: 'Update group settings',
	description: 'Change who may edit the group info and who may send messages',
	onGroup: true,
	fields: [
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				{
					displayName: 'Only Admins Edit Group Info',
					name: 'infoAdminsOnly',
					type: 'boolean',
					default: true,
					description: 'Whether only admins may change subject, description and picture',
				},
				{
					displayName: 'Only Admins Send Messages',
					name: 'messagesAdminsOnly',
					type: 'boolean',
					default: true,
					description: 'Whether only admins may send messages to the group',
				},
			],
		},
	],
	async run(item, updateSettings) {
		const { infoAdminsOnly, messagesAdminsOnly } = item.collection('updateFields');
		if (infoAdminsOnly === undefined && messagesAdminsOnly === undefined) {
			throw item.inputError(
				"'Update Fields' is empty",
				'Add at least one setting that is to be changed.',
			);
		}
		await updateSettings(item.api, {
			group: item.group(),
			infoAdminsOnly: infoAdminsOnly as boolean | undefined,
			messagesAdminsOnly: messagesAdminsOnly as boolean | undefined,
		});
		return item.done();
	},
});
