import { inviteCodeOf, inviteLinkField } from '../inviteLinkField';
import { defineOperation } from '../operation';

export const getInvitePreview = defineOperation({
	key: 'group.getInvitePreview',
	name: 'Get Invite Preview',
	action: 'Get group invite preview',
	description:
		'Get subject and further details of the group behind an invite link, without joining it',
	simplify: true,
	fields: [inviteLinkField],
	async run(item, getPreview) {
		return [item.render(await getPreview(item.api, { code: inviteCodeOf(item) }))];
	},
});
