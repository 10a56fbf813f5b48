import type { Resource } from '../operation';
import { add } from './add';
import { checkNumber } from './checkNumber';
import { demote } from './demote';
import { getAll } from './getAll';
import { promote } from './promote';
import { remove } from './remove';

export const participant: Resource = {
	value: 'participant',
	name: 'Participant',
	operations: [add, checkNumber, demote, getAll, promote, remove],
};
