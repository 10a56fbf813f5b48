import { defineForParticipants } from '../perEntry';

export const promote = defineForParticipants({
	key: 'participant.promote',
	name: 'Promote to Admin',
	action: 'Promote group participants to admin',
	description: 'Make participants admins of the group, one item per participant',
	ifUnknown: 'They may be admins all the same: look with Participant: Get Many.',
});
