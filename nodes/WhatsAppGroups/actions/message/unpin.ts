import { defineOnMessage } from './onMessage';

export const unpin = defineOnMessage({
	key: 'message.unpin',
	name: 'Unpin',
	action: 'Unpin message in group',
	description: 'Take the pin off a message',
	ifUnknown:
		'The pin may be gone all the same: look into the group. Running this again does no harm.',
});
