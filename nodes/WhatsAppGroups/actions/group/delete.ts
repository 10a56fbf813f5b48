import { defineAcknowledged } from '../acknowledged';

export const deleteOperation = defineAcknowledged({
	key: 'group.delete',
	name: 'Delete',
	action: 'Delete group',
	description: 'Delete a group for good and remove everybody from it',
	ifUnknown:
		'The group may be deleted all the same: look with Group: Get whether it is still there.',
	done: { deleted: true },
});
