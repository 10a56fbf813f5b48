import { inviteCodeOf, inviteLinkField } from '../inviteLinkField';
import { defineOperation } from '../operation';

export const join = defineOperation({
	key: 'group.join',
	name: 'Join',
	action: 'Join group',
	description:
		'Join a group by its invite link, or ask to join where an admin approves new members: the status is <code>pending</code> then',
	ifUnknown:
		'The account may have joined the group, or asked to, all the same: look with Group: Get Many. Running this again does no harm.',
	fields: [inviteLinkField],
	async run(item, joinGroup) {
		const { model } = await joinGroup(item.api, { code: inviteCodeOf(item) });
		const { status, id: groupId, subject, wasMember } = model;
		const known = { status, groupId, subject };
		const json = status === 'success' ? { success: true, ...known, wasMember } : known;
		return [{ json }];
	},
});
