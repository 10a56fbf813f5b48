import { defineOperation } from '../operation';

export const getCount = defineOperation({
	key: 'group.getCount',
	name: 'Get Count',
	action: 'Get group count',
	description: 'Get how many groups the account is in',
	async run(item, countGroups) {
		return [item.render(await countGroups(item.api))];
	},
});
