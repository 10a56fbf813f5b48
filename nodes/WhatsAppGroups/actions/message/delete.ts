import { defineOnMessage } from './onMessage';

export const deleteOperation = defineOnMessage({
	key: 'message.delete',
	name: 'Delete',
	action: 'Delete message in group',
	description:
		'Delete a message for everybody: one of the account itself, or as an admin of the group any',
	ifUnknown: 'The message may be deleted all the same: look into the group.',
});
