import { failOnPartialFailureOption, joinRequestsField } from '../fields';
import { defineOperation } from '../operation';
import { renderResults } from '../results';

export const reject = defineOperation({
	key: 'joinRequest.reject',
	name: 'Reject',
	action: 'Reject join requests',
	description: 'Turn down people who asked to join, one item per request',
	onGroup: true,
	simplify: true,
	fields: [joinRequestsField],
	options: [failOnPartialFailureOption],
	async run(item, reject) {
		const joinRequests = item.requiredJoinRequests();
		return renderResults(item, await reject(item.api, { group: item.group(), joinRequests }));
	},
});
