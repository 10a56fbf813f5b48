import type { Resource } from '../operation';
import { approve } from './approve';
import { getAll } from './getAll';
import { reject } from './reject';

export const joinRequest: Resource = {
	value: 'joinRequest',
	name: 'Join Request',
	operations: [approve, getAll, reject],
};
