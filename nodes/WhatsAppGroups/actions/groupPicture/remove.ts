import { defineAcknowledged } from '../acknowledged';

export const remove = defineAcknowledged({
	key: 'groupPicture.remove',
	name: 'Remove',
	action: 'Remove group picture',
	description: 'Remove the picture of a group',
	ifUnknown: 'The picture may be removed all the same: look with Group Picture: Get.',
});
