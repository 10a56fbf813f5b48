import { failOnPartialFailureOption, participantsField } from '../fields';
import { defineOperation } from '../operation';
import { renderResults } from '../results';

export const demote = defineOperation({
	key: 'participant.demote',
	name: 'Demote From Admin',
	action: 'Demote group participants from admin',
	description: 'Make admins plain participants again, one item per participant',
	onGroup: true,
	simplify: true,
	fields: [participantsField],
	options: [failOnPartialFailureOption],
	async run(item, demote) {
		const participants = item.requiredParticipants();
		return renderResults(item, await demote(item.api, { group: item.group(), participants }));
	},
});
