import { defineOperation } from '../operation';

export const get = defineOperation({
	key: 'group.get',
	name: 'Get',
	action: 'Get group',
	description: 'Get subject, participants and further details of one group',
	onGroup: true,
	simplify: true,
	async run(item, getGroup) {
		return [item.render(await getGroup(item.api, { group: item.group() }))];
	},
});
