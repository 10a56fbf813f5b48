import { pagingFields } from '../fields';
import { collect } from '../collect';
import { defineOperation } from '../operation';

export const getAll = defineOperation({
	key: 'participant.getAll',
	name: 'Get Many',
	action: 'Get many group participants',
	description: 'Get many participants of a group with phone number and role, one item each',
	onGroup: true,
	simplify: true,
	fields: pagingFields,
	async run(item, listParticipants) {
		const group = item.group();
		const participants = await collect(
			item,
			async () => await listParticipants(item.api, { group }),
		);
		return participants.map((participant) => item.render(participant, { groupId: group }));
	},
});
