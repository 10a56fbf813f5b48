import { defineForParticipants } from '../perEntry';
import { waitFields, waitSecondsIn } from '../waiting';

export const remove = defineForParticipants({
	key: 'participant.remove',
	name: 'Remove',
	action: 'Remove group participants',
	description: 'Take people out of a group, one item per participant with what became of it',
	ifUnknown: 'They may be removed all the same: look with Participant: Get Many.',
	fields: waitFields(
		'participant.remove.waitForResult',
		'Whether to wait until they are gone and tell what became of each, instead of returning as soon as the provider has taken the request',
	),
	input: ({ values }) => ({ waitSeconds: waitSecondsIn(values) }),
});
