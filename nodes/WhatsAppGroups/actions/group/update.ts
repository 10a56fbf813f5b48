import { InvalidInput } from '../../values/invalidInput';
import { defineAcknowledged } from '../acknowledged';
import { only } from '../operation';
import { waitFields, waitSecondsIn } from '../waiting';

export const update = defineAcknowledged({
	key: 'group.update',
	name: 'Update',
	action: 'Update group',
	description: 'Change the subject or description of a group',
	ifUnknown:
		'The change may be made all the same: look with Group: Get. Running this again does no harm.',
	fields: [
		...waitFields(
			'group.update.waitForResult',
			'Whether to wait until the change is to be seen in the group, instead of returning as soon as the provider has taken it',
		),
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
					description:
						'What the group is about, up to 2048 characters. Left empty, it removes the description; an expression that gives nothing leaves it as it is.',
				}),
				{
					displayName: 'Subject',
					name: 'subject',
					type: 'string',
					default: '',
					description:
						'New name of the group. Sinch takes up to 25 characters, 360dialog and Meta up to 128.',
				},
			],
		},
	],
	input({ provider: { limits, name }, values }) {
		const fields = values.collection('updateFields');
		const subject = fields.optionalText('subject', { maxLength: limits.subject, taker: name });
		const description = fields.optionalText('description', {
			maxLength: limits.description,
			taker: name,
		});
		if (subject?.trim() === '') throw new InvalidInput("'Subject' is empty", 'Enter a text.');
		if (subject === undefined && description === undefined) {
			throw new InvalidInput(
				"'Update Fields' would change nothing",
				'Add at least one field that is to be changed; an expression in it must give a value.',
			);
		}
		return { subject, description, waitSeconds: waitSecondsIn(values) };
	},
});
