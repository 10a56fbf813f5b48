import type { Feature, Limits } from '../../contract/provider';

/** What is the same wherever a service offers WhatsApp's Cloud API (providers.md §2.2, §4.3). */

export const cloudApiLimits: Limits = {
	subject: 128,
	description: 2048,
	picture: { size: 5 * 1024 * 1024, mimeTypes: ['image/jpeg'] },
};

export const cloudApiFeatures: readonly Feature[] = [
	'group.create.description',
	'group.create.joinApprovalMode',
	'group.create.waitForResult',
	'group.delete.waitForResult',
	'group.update.description',
	'group.update.waitForResult',
	'inviteLink.send.template',
	'message.send.linkPreview',
	'message.send.replyTo',
	'message.send.templateList',
	'participant.remove.waitForResult',
];

export const cloudApiGroupIdExample = 'Y2FwaV9ncm91cDoxNzA1NTU1MDEzOToxMjAzNjM0MDQ2OTQyMzM4MjAZD';

/** What WhatsApp's Cloud API has for nobody, as the service's users read it. */
export function cloudApiLacks(name: string) {
	const pictures = `${name} can only set the picture of a group, not read or remove it: use Group Picture: Set.`;
	const settings = `${name} has no such settings: Join Approval Mode is chosen when a group is created, and Group: Get shows it.`;
	const roles = `${name} has no admins beside the business itself: nobody can be promoted or demoted.`;
	return {
		'group.getCount': `${name} does not count groups: use Get Many with Return All, and count the items.`,
		'group.getInvitePreview': `${name} cannot look at an invite link: open it in WhatsApp to see the group.`,
		'group.join': `${name} cannot join a group by its link: the number is in the groups that it creates itself.`,
		'group.refresh': `${name} always gives the groups as they are: nothing has to be refreshed.`,
		'group.leave': `${name} cannot leave a group: use Delete, which removes everybody.`,
		'groupPicture.get': pictures,
		'groupPicture.remove': pictures,
		'groupSetting.get': settings,
		'groupSetting.update': settings,
		'message.delete': `${name} cannot delete a message: send a correction with Message: Send.`,
		'message.edit': `${name} cannot edit a message: send the corrected one with Message: Send.`,
		'message.forward': `${name} cannot forward a message: send its text anew with Message: Send.`,
		'message.react': `${name} has no reactions in groups: answer with Message: Send and 'Reply to Message ID'.`,
		'participant.add': `${name} cannot add participants: send them the invite link with Invite Link: Send.`,
		'participant.checkNumber': `${name} cannot check a number: a message to one that is not on WhatsApp fails.`,
		'participant.demote': roles,
		'participant.promote': roles,
	} as const;
}
