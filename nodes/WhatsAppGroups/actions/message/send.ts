import { personKeys } from '../../values/address';
import { defineOperation, only } from '../operation';
import { participantReader } from '../perEntry';

export const send = defineOperation({
	key: 'message.send',
	name: 'Send',
	action: 'Send message to group',
	description: 'Send a text message that every participant of the group sees',
	onGroup: true,
	simplify: true,
	ifUnknown:
		'The message may have been sent all the same: look into the group before running this again.',
	fields: [
		{
			displayName: 'Text',
			name: 'text',
			type: 'string',
			required: true,
			typeOptions: { rows: 4 },
			default: '',
			placeholder: 'e.g. Welcome to the group!',
			description: 'Text of the message, sent as it is written, with its spaces and line breaks',
		},
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				only('message.send.correlationId', {
					displayName: 'Correlation ID',
					name: 'correlationId',
					type: 'string',
					default: '',
					description: 'Text of your own that comes back in the statuses of the message',
				}),
				only('message.send.linkPreviewHighQuality', {
					displayName: 'High-Quality Link Preview',
					name: 'linkPreviewHighQuality',
					type: 'boolean',
					default: true,
					description:
						'Whether to show the preview with a large picture, which is uploaded first; the engine WEBJS shows the plain one',
				}),
				only('message.send.linkPreview', {
					displayName: 'Link Preview',
					name: 'linkPreview',
					type: 'boolean',
					default: true,
					description: 'Whether to show a preview of the first link in the text',
				}),
				only('message.send.mentions', {
					displayName: 'Mentions',
					name: 'mentions',
					type: 'string',
					default: '',
					placeholder: 'e.g. +44 7700 900123, all',
					description:
						'Participants to mention: phone numbers with country code, separated by commas, or <code>all</code> for everybody. Name them with @ and the number in the text too.',
				}),
				only('message.send.replyTo', {
					displayName: 'Reply to Message ID',
					name: 'replyTo',
					type: 'string',
					default: '',
					description: 'ID of the message in the group that this one answers',
				}),
			],
		},
	],
	async run(item, sendText) {
		const fields = item.values.collection('additionalFields');
		const readPerson = participantReader(item);
		const answer = await sendText(item.api, {
			group: item.group(),
			text: item.values.text('text'),
			correlationId: fields.optionalId('correlationId'),
			linkPreview: fields.optionalFlag('linkPreview'),
			linkPreviewHighQuality: fields.optionalFlag('linkPreviewHighQuality'),
			mentions: fields.wholeList('mentions', personKeys, (text) =>
				/^@?all$/i.test(text) ? 'all' : readPerson(text.replace(/^@/, '')),
			),
			replyTo: fields.optionalId('replyTo'),
		});
		return [item.render(answer, { groupId: item.group() })];
	},
});
