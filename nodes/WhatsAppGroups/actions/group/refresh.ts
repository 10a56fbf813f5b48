import { defineOperation } from '../operation';

export const refresh = defineOperation({
	key: 'group.refresh',
	name: 'Refresh',
	action: 'Refresh groups',
	description:
		'Make the server read all groups from WhatsApp anew, where its lists are out of date. Do not run it often: WhatsApp limits how often this may be done.',
	ifUnknown:
		'The groups may be read anew all the same: look with Group: Get Many before running this again.',
	async run(item, refreshGroups) {
		await refreshGroups(item.api);
		return [{ json: { success: true, status: 'success' } }];
	},
});
