import { failOnPartialFailureOption, participantsField } from '../fields';
import { defineOperation } from '../operation';
import { renderResults } from '../results';

export const add = defineOperation({
	key: 'participant.add',
	name: 'Add',
	action: 'Add group participants',
	description: 'Add people to a group, one item per participant with what became of it',
	onGroup: true,
	simplify: true,
	fields: [participantsField],
	options: [failOnPartialFailureOption],
	async run(item, add) {
		const participants = item.requiredParticipants();
		return renderResults(item, await add(item.api, { group: item.group(), participants }));
	},
});
