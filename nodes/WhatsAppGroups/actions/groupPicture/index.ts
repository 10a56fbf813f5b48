import type { Resource } from '../operation';
import { get } from './get';
import { remove } from './remove';
import { set } from './set';

export const groupPicture: Resource = {
	value: 'groupPicture',
	name: 'Group Picture',
	operations: [get, remove, set],
};
