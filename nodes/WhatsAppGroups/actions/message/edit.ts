import { defineOnMessage } from './onMessage';

export const edit = defineOnMessage({
	key: 'message.edit',
	name: 'Edit',
	action: 'Edit message in group',
	description:
		'Change the text of a message that the account wrote, or the caption of its file, within 15 minutes',
	ifUnknown:
		'The message may be changed all the same: look into the group. Running this again does no harm.',
	fields: [
		{
			displayName: 'Text',
			name: 'text',
			type: 'string',
			required: true,
			typeOptions: { rows: 4 },
			default: '',
			placeholder: 'e.g. The meeting is at 10, not at 9',
			description:
				'New text of the message, sent as it is written, with its spaces and line breaks',
		},
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				{
					displayName: 'High-Quality Link Preview',
					name: 'linkPreviewHighQuality',
					type: 'boolean',
					default: true,
					description:
						'Whether to show the preview with a large picture, which is uploaded first; the engine WEBJS shows the plain one',
				},
				{
					displayName: 'Link Preview',
					name: 'linkPreview',
					type: 'boolean',
					default: true,
					description: 'Whether to show a preview of the first link in the text',
				},
			],
		},
	],
	input({ values }) {
		const fields = values.collection('additionalFields');
		return {
			text: values.text('text'),
			linkPreview: fields.optionalFlag('linkPreview'),
			linkPreviewHighQuality: fields.optionalFlag('linkPreviewHighQuality'),
		};
	},
});
