import type { Resource } from '../operation';
import { get } from './get';
import { update } from './update';

export const groupSetting: Resource = {
	value: 'groupSetting',
	name: 'Group Setting',
	operations: [get, update],
};
