import type { Resource } from '../operation';
import { createInvite } from './createInvite';

export const template: Resource = {
	value: 'template',
	name: 'Template',
	operations: [createInvite],
};
