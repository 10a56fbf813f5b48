import { defineOperation } from '../operation';

export const get = defineOperation({
	key: 'groupSetting.get',
	name: 'Get',
	action: 'Get group settings',
	description:
		'Get who may edit the group info, send messages and add members, and whether new members are approved',
	onGroup: true,
	async run(item, getSettings) {
		const answer = await getSettings(item.api, { group: item.group() });
		return [item.render(answer, { groupId: item.group() })];
	},
});
