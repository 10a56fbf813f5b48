import { failOnPartialFailureOption, participantsField } from '../fields';
import { defineOperation } from '../operation';
import { renderResults } from '../results';

export const remove = defineOperation({
	key: 'participant.remove',
	name: 'Remove',
	action: 'Remove group participants',
	description: 'Take people out of a group, one item per participant with what became of it',
	onGroup: true,
	simplify: true,
	fields: [participantsField],
	options: [failOnPartialFailureOption],
	async run(item, remove) {
		const participants = item.requiredParticipants();
		return renderResults(item, await remove(item.api, { group: item.group(), participants }));
	},
});
