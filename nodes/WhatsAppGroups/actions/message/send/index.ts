import { defineOperation } from '../../operation';
import { readContent } from './content';
import { sendFields } from './fields';

export const send = defineOperation({
	key: 'message.send',
	name: 'Send',
	action: 'Send message to group',
	description: 'Send a message that every participant of the group sees',
	onGroup: true,
	simplify: true,
	ifUnknown:
		'The message may have been sent all the same: look into the group before running this again.',
	fields: sendFields,
	async run(item, sendMessage) {
		const fields = item.values.collection('additionalFields');
		const answer = await sendMessage(item.api, {
			group: item.group(),
			content: await readContent(item),
			correlationId: fields.optionalId('correlationId'),
			replyTo: fields.optionalId('replyTo'),
		});
		return [item.render(answer, { groupId: item.group() })];
	},
});
