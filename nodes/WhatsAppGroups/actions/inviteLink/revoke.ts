import { defineOperation } from '../operation';

export const revoke = defineOperation({
	key: 'inviteLink.revoke',
	name: 'Revoke',
	action: 'Revoke invite link',
	description: 'Make the invite link stop working without a new one in its place',
	onGroup: true,
	async run(item, revokeInviteLink) {
		await revokeInviteLink(item.api, { group: item.group() });
		return item.done();
	},
});
