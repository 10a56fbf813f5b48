import { failOnPartialFailureOption, participantsField } from '../fields';
import { defineOperation } from '../operation';
import { renderResults } from '../results';

export const promote = defineOperation({
	key: 'participant.promote',
	name: 'Promote to Admin',
	action: 'Promote group participants to admin',
	description: 'Make participants admins of the group, one item per participant',
	onGroup: true,
	simplify: true,
	fields: [participantsField],
	options: [failOnPartialFailureOption],
	async run(item, promote) {
		const participants = item.requiredParticipants();
		return renderResults(item, await promote(item.api, { group: item.group(), participants }));
	},
});
