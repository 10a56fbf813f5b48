import { defineForParticipants } from '../perEntry';

export const remove = defineForParticipants({
	key: 'participant.remove',
	name: 'Remove',
	action: 'Remove group participants',
	description: 'Take people out of a group, one item per participant with what became of it',
	ifUnknown: 'They may be removed all the same: look with Participant: Get Many.',
});
