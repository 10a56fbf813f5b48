import { defineForParticipants } from '../perEntry';

export const demote = defineForParticipants({
	key: 'participant.demote',
	name: 'Demote From Admin',
	action: 'Demote group participants from admin',
	description: 'Make admins plain participants again, one item per participant',
	ifUnknown: 'They may be no admins any more all the same: look with Participant: Get Many.',
});
