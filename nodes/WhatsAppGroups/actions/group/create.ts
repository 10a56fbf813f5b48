import { participantsField } from '../fields';
import type { JoinApprovalMode } from '../../model';
import { defineOperation, only } from '../operation';

const defaultWaitSeconds = 60;

export const create = defineOperation({
	key: 'group.create',
	name: 'Create',
	action: 'Create group',
	description: 'Create a group, of which the account becomes the first admin',
	simplify: true,
	fields: [
		{
			displayName: 'Subject',
			name: 'subject',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Customers in London',
			description: 'Name of the group. Sinch takes up to 25 characters, 360dialog up to 128.',
		},
		only('group.create.waitForResult', {
			displayName: 'Wait for Result',
			name: 'waitForResult',
			type: 'boolean',
			default: false,
			description:
				'Whether to wait until the provider has created the group and return it with its invite link, instead of returning the ID of the request at once',
		}),
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
				only('group.create.waitForResult', {
					displayName: 'Maximum Wait (Seconds)',
					name: 'maximumWait',
					type: 'number',
					typeOptions: { minValue: 1 },
					default: defaultWaitSeconds,
					description: "How long 'Wait for Result' waits before it fails",
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
		const { limits } = item.provider;
		const subject = item.text('subject', 'Subject', limits.subject);
		const { description, joinApprovalMode, maximumWait, participants } =
			item.collection('additionalFields');
		const answer = await createGroup(item.api, {
			subject,
			description: description
				? item.checkLength(String(description).trim(), 'Description', limits.description)
				: undefined,
			joinApprovalMode: joinApprovalMode as JoinApprovalMode | undefined,
			participants: participants ? item.participants('participants', participants) : undefined,
			waitSeconds: item.flag('waitForResult') ? Number(maximumWait ?? defaultWaitSeconds) : 0,
		});
		return [item.render(answer)];
	},
});
