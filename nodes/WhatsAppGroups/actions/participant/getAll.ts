import { pagingFields } from '../fields';
import { collect } from '../collect';
import { defineOperation, only } from '../operation';

export const getAll = defineOperation({
	key: 'participant.getAll',
	name: 'Get Many',
	action: 'Get many group participants',
	description: 'Get many participants of a group with phone number and role, one item each',
	onGroup: true,
	simplify: true,
	fields: pagingFields,
	options: [
		only('participant.getAll.resolvePhones', {
			displayName: 'Resolve Phone Numbers',
			name: 'resolvePhones',
			type: 'boolean',
			default: false,
			description:
				'Whether to look up the phone numbers that a group hides, as far as the server knows them: with up to five requests more, or with one per 1,000 numbers that it knows',
		}),
	],
	async run(item, listParticipants) {
		const group = item.group();
		const resolvePhones = item.values.collection('options').flag('resolvePhones', false);
		const participants = await collect(
			item,
			async () => await listParticipants(item.api, { group, resolvePhones }),
		);
		return participants.map((participant) => item.render(participant, { groupId: group }));
	},
});
