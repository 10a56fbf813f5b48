import { defineOperation } from '../operation';

export const reset = defineOperation({
	key: 'inviteLink.reset',
	name: 'Reset',
	action: 'Reset invite link',
	description: 'Make a new invite link; all earlier links stop working',
	onGroup: true,
	ifUnknown:
		'The old link may have stopped working all the same: read the present one with Invite Link: Get.',
	async run(item, resetInviteLink) {
		const answer = await resetInviteLink(item.api, { group: item.group() });
		return [item.render(answer, { groupId: item.group() })];
	},
});
