import { personKeys } from '../../values/address';
import { participantsField } from '../fields';
import { defineOperation, only } from '../operation';
import { participantReader } from '../perEntry';
import { waitFields, waitSecondsIn } from '../waiting';

export const create = defineOperation({
	key: 'group.create',
	name: 'Create',
	action: 'Create group',
	description: 'Create a group, of which the account becomes the first admin',
	simplify: true,
	ifUnknown:
		'The group may have been created all the same: look with Group: Get Many before running this again.',
	fields: [
		{
			displayName: 'Subject',
			name: 'subject',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Customers in London',
			description:
				'Name of the group. Sinch takes up to 25 characters, 360dialog and Meta up to 128.',
		},
		...waitFields(
			'group.create.waitForResult',
			'Whether to wait until the provider has created the group and return it with its invite link, instead of returning the ID of the request at once',
		),
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				only('group.create.description', {
					displayName: 'Description',
					name: 'description',
					type: 'string',
					typeOptions: { rows: 3 },
					default: '',
					description: 'What the group is about, up to 2048 characters',
				}),
				only('group.create.joinApprovalMode', {
					displayName: 'Join Approval Mode',
					name: 'joinApprovalMode',
					type: 'options',
					default: 'autoApprove',
					description:
						'What happens when somebody opens the invite link. It cannot be changed later.',
					options: [
						{
							name: 'Approval Required',
							value: 'approvalRequired',
							description: 'They ask to join, and an admin approves or rejects',
						},
						{ name: 'Auto Approve', value: 'autoApprove', description: 'They join at once' },
					],
				}),
				only('group.create.participants', {
					...participantsField,
					required: false,
					description: `First participants of the group. ${participantsField.description}`,
				}),
			],
		},
	],
	async run(item, createGroup) {
		const { api, provider, values } = item;
		const { limits, name: taker } = provider;
		const fields = values.collection('additionalFields');
		const answer = await createGroup(api, {
			subject: values.text('subject', { maxLength: limits.subject, taker }),
			description: fields.optionalText('description', { maxLength: limits.description, taker }),
			joinApprovalMode: fields.choice('joinApprovalMode', ['approvalRequired', 'autoApprove']),
			participants: fields.wholeList('participants', personKeys, participantReader(item)),
			waitSeconds: waitSecondsIn(values),
		});
		return [item.render(answer)];
	},
});
