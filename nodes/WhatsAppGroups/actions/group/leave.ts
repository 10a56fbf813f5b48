import { defineAcknowledged } from '../acknowledged';

export const leave = defineAcknowledged({
	key: 'group.leave',
	name: 'Leave',
	action: 'Leave group',
	description: 'Take the account out of a group, which lives on for the others',
	ifUnknown:
		'The account may have left the group all the same: look with Group: Get Many whether it is still listed.',
});
