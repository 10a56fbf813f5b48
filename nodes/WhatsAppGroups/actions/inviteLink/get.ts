import { defineOperation } from '../operation';

export const get = defineOperation({
	key: 'inviteLink.get',
	name: 'Get',
	action: 'Get invite link',
	description: 'Get the link with which people join a group, whole and as bare code',
	onGroup: true,
	async run(item, getInviteLink) {
		const answer = await getInviteLink(item.api, { group: item.group() });
		return [item.render(answer, { groupId: item.group() })];
	},
});
