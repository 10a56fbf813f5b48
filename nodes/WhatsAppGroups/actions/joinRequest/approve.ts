import { defineForJoinRequests } from '../perEntry';

export const approve = defineForJoinRequests({
	key: 'joinRequest.approve',
	name: 'Approve',
	action: 'Approve join requests',
	description: 'Let people in who asked to join, one item per request',
	ifUnknown:
		'They may be approved all the same: look with Join Request: Get Many which ones are still open.',
});
