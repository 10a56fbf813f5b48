import { defineOperation } from '../operation';

export const deleteOperation = defineOperation({
	key: 'group.delete',
	name: 'Delete',
	action: 'Delete group',
	description: 'Delete a group for good and remove everybody from it',
	onGroup: true,
	async run(item, deleteGroup) {
		await deleteGroup(item.api, { group: item.group() });
		return item.done({ deleted: true });
	},
});
