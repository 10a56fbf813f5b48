import { defineOperation } from '../operation';
import { messageIdField, messageIdOf } from './onMessage';

export const forward = defineOperation({
	key: 'message.forward',
	name: 'Forward',
	action: 'Forward message to group',
	description: 'Forward a message of another group or chat, or of the group itself',
	onGroup: true,
	simplify: true,
	ifUnknown:
		'The message may be forwarded all the same: look into the group before running this again.',
	fields: [messageIdField],
	async run(item, forwardMessage) {
		const message = messageIdOf(item);
		const answer = await forwardMessage(item.api, { group: item.group(), message });
		return [item.render(answer, { groupId: item.group() })];
	},
});
