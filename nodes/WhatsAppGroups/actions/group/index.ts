import type { Resource } from '../operation';
import { create } from './create';
import { deleteOperation } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { leave } from './leave';
import { update } from './update';

export const group: Resource = {
	value: 'group',
	name: 'Group',
	operations: [create, deleteOperation, get, getAll, leave, update],
};
