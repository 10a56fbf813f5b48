import { pagingFields } from '../fields';
import { collect } from '../collect';
import { defineOperation } from '../operation';

export const getAll = defineOperation({
	key: 'joinRequest.getAll',
	name: 'Get Many',
	action: 'Get many join requests',
	description: 'Get many open requests to join a group, one item each',
	onGroup: true,
	simplify: true,
	fields: pagingFields,
	async run(item, listJoinRequests) {
		const group = item.group();
		const requests = await collect(
			item,
			async (page) => await listJoinRequests(item.api, { ...page, group }),
		);
		return requests.map((request) => item.render(request, { groupId: group }));
	},
});
