import { InvalidInput } from '../../values/invalidInput';
import { defineAcknowledged } from '../acknowledged';

export const update = defineAcknowledged({
	key: 'groupSetting.update',
	name: 'Update',
	action: 'Update group settings',
	description:
		'Change who may edit the group info, send messages and add members, and whether new members are approved',
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
					displayName: 'Approve New Members',
					name: 'joinApproval',
					type: 'boolean',
					default: true,
					description:
						'Whether an admin has to let in who opens the invite link, with Join Request: Approve or in WhatsApp',
				},
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
				{
					displayName: 'Who Can Add Members',
					name: 'membersCanAdd',
					type: 'options',
					default: false,
					description: 'Who may add people to the group',
					options: [
						{ name: 'All Participants', value: true },
						{ name: 'Only Admins', value: false },
					],
				},
			],
		},
	],
	input({ values }) {
		const fields = values.collection('updateFields');
		const settings = {
			infoAdminsOnly: fields.optionalFlag('infoAdminsOnly'),
			joinApproval: fields.optionalFlag('joinApproval'),
			membersCanAdd: fields.optionalFlag('membersCanAdd'),
			messagesAdminsOnly: fields.optionalFlag('messagesAdminsOnly'),
		};
		if (Object.values(settings).every((value) => value === undefined)) {
			throw new InvalidInput(
				"'Update Fields' would change nothing",
				'Add at least one setting that is to be changed; an expression in it must give true or false.',
			);
		}
		return settings;
	},
});
