import { failOnPartialFailureOption, joinRequestsField } from '../fields';
import { defineOperation } from '../operation';
import { renderResults } from '../results';

export const approve = defineOperation({
	key: 'joinRequest.approve',
	name: 'Approve',
	action: 'Approve join requests',
	description: 'Let people in who asked to join, one item per request',
	onGroup: true,
	simplify: true,
	fields: [joinRequestsField],
	options: [failOnPartialFailureOption],
	async run(item, approve) {
		const joinRequests = item.requiredJoinRequests();
		return renderResults(item, await approve(item.api, { group: item.group(), joinRequests }));
	},
});
