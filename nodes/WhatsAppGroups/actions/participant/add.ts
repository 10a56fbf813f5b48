import { only } from '../operation';
import { defineForParticipants } from '../perEntry';

export const add = defineForParticipants({
	key: 'participant.add',
	name: 'Add',
	action: 'Add group participants',
	description: 'Add people to a group, one item per participant with what became of it',
	ifUnknown: 'They may be in the group all the same: look with Participant: Get Many.',
	options: [
		only('participant.add.checkNumbers', {
			displayName: 'Check Numbers First',
			name: 'checkNumbers',
			type: 'boolean',
			default: false,
			description:
				'Whether to check which numbers are on WhatsApp, with one more request per number, and to add only those',
		}),
	],
	input: ({ values }) => ({
		checkNumbers: values.collection('options').flag('checkNumbers', false),
	}),
});
