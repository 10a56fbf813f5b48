import { pagingFields } from '../fields';
import { collect } from '../collect';
import { defineOperation, only } from '../operation';

export const getAll = defineOperation({
	key: 'group.getAll',
	name: 'Get Many',
	action: 'Get many groups',
	description: 'Get many groups that the account is in, one item each',
	simplify: true,
	fields: pagingFields,
	options: [
		only('group.getAll.excludeParticipants', {
			displayName: 'Exclude Participants',
			name: 'excludeParticipants',
			type: 'boolean',
			default: false,
			description:
				'Whether to leave out the participants, which makes the list of many large groups faster',
		}),
		only('group.getAll.loadDetails', {
			displayName: 'Load Details',
			name: 'loadDetails',
			type: 'boolean',
			default: false,
			description:
				'Whether to fetch what the list of the provider leaves out, such as subject and participants, with one more request per group',
		}),
		only('group.getAll.sort', {
			displayName: 'Sort By',
			name: 'sortBy',
			type: 'options',
			default: 'id',
			description: 'What the groups are sorted by',
			options: [
				{ name: 'ID', value: 'id' },
				{ name: 'Subject', value: 'subject' },
			],
		}),
		only('group.getAll.sort', {
			displayName: 'Sort Order',
			name: 'sortOrder',
			type: 'options',
			default: 'asc',
			description: 'Whether the list begins with the first or the last by Sort By',
			options: [
				{ name: 'Ascending', value: 'asc' },
				{ name: 'Descending', value: 'desc' },
			],
		}),
	],
	async run(item, listGroups) {
		const options = item.values.collection('options');
		const wanted = {
			loadDetails: options.flag('loadDetails', false),
			excludeParticipants: options.flag('excludeParticipants', false),
			sortBy: options.choice('sortBy', ['id', 'subject']),
			sortOrder: options.choice('sortOrder', ['asc', 'desc']),
		};
		const groups = await collect(
			item,
			async (page) => await listGroups(item.api, { ...page, ...wanted }),
		);
		return groups.map((group) => item.render(group));
	},
});
