import { defineForJoinRequests } from '../perEntry';

export const reject = defineForJoinRequests({
	key: 'joinRequest.reject',
	name: 'Reject',
	action: 'Reject join requests',
	description: 'Turn down people who asked to join, one item per request',
	ifUnknown:
		'They may be rejected all the same: look with Join Request: Get Many which ones are still open.',
});
