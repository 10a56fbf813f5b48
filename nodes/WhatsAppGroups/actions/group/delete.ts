import { defineAcknowledged } from '../acknowledged';
import { waitFields, waitSecondsIn } from '../waiting';

export const deleteOperation = defineAcknowledged({
	key: 'group.delete',
	name: 'Delete',
	action: 'Delete group',
	description: 'Delete a group for good and remove everybody from it',
	ifUnknown:
		'The group may be deleted all the same: look with Group: Get whether it is still there.',
	fields: waitFields(
		'group.delete.waitForResult',
		'Whether to wait until the group is gone, instead of returning as soon as the provider has taken the request',
	),
	input: ({ values }) => ({ waitSeconds: waitSecondsIn(values) }),
	done: { deleted: true },
});
