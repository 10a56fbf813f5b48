import { defineForParticipants } from '../perEntry';

export const add = defineForParticipants({
	key: 'participant.add',
	name: 'Add',
	action: 'Add group participants',
	description: 'Add people to a group, one item per participant with what became of it',
	ifUnknown: 'They may be in the group all the same: look with Participant: Get Many.',
});
