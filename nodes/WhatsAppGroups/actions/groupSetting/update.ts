import { InvalidInput } from '../../values/invalidInput';
import { defineAcknowledged } from '../acknowledged';

export const update = defineAcknowledged({
	key: 'groupSetting.update',
	name: 'Update',
	action: 'Update group settings',
	description: 'Change who may edit the group info and who may send messages',
	ifUnknown:
		'The change may be made all the same: look with Group Setting: Get. Running this again does no harm.',
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
	input({ values }) {
		const fields = values.collection('updateFields');
		const infoAdminsOnly = fields.optionalFlag('infoAdminsOnly');
		const messagesAdminsOnly = fields.optionalFlag('messagesAdminsOnly');
		if (infoAdminsOnly === undefined && messagesAdminsOnly === undefined) {
			throw new InvalidInput(
				"'Update Fields' would change nothing",
				'Add at least one setting that is to be changed; an expression in it must give true or false.',
			);
		}
		return { infoAdminsOnly, messagesAdminsOnly };
	},
});
