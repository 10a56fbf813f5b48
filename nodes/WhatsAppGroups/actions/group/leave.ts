import { defineOperation } from '../operation';

export const leave = defineOperation({
	key: 'group.leave',
	name: 'Leave',
	action: 'Leave group',
	description: 'Take the account out of a group, which lives on for the others',
	onGroup: true,
	async run(item, leaveGroup) {
		await leaveGroup(item.api, { group: item.group() });
		return item.done();
	},
});
