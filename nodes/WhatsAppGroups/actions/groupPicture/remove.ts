import { defineOperation } from '../operation';

export const remove = defineOperation({
	key: 'groupPicture.remove',
	name: 'Remove',
	action: 'Remove group picture',
	description: 'Remove the picture of a group',
	onGroup: true,
	async run(item, removePicture) {
		await removePicture(item.api, { group: item.group() });
		return item.done();
	},
});
