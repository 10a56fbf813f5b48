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
		only('group.getAll.loadDetails', {
			displayName: 'Load Details',
			name: 'loadDetails',
			type: 'boolean',
			default: false,
			description:
				'Whether to fetch what the list of the provider leaves out, such as subject and participants, with one more request per group',
		}),
	],
	async run(item, listGroups) {
		const loadDetails = item.values.collection('options').flag('loadDetails', false);
		const groups = await collect(
			item,
			async (page) => await listGroups(item.api, { ...page, loadDetails }),
		);
		return groups.map((group) => item.render(group));
	},
});
