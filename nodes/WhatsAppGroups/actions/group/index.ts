import type { Resource } from '../operation';
import { create } from './create';
import { deleteOperation } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { getCount } from './getCount';
import { getInvitePreview } from './getInvitePreview';
import { join } from './join';
import { leave } from './leave';
import { refresh } from './refresh';
import { update } from './update';

export const group: Resource = {
	value: 'group',
	name: 'Group',
	operations: [
		create,
		deleteOperation,
		get,
		getCount,
		getInvitePreview,
		getAll,
		join,
		leave,
		refresh,
		update,
	],
};
