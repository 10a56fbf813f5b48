import { defineAcknowledged } from '../acknowledged';

export const revoke = defineAcknowledged({
	key: 'inviteLink.revoke',
	name: 'Revoke',
	action: 'Revoke invite link',
	description: 'Make the invite link stop working without a new one in its place',
	ifUnknown:
		'The link may be revoked all the same: run this again, which does no harm, or open the link to see.',
});
