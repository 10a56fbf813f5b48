import type { Resource } from '../operation';
import { getMedia } from './getMedia';
import { send } from './send';

export const message: Resource = {
	value: 'message',
	name: 'Message',
	operations: [getMedia, send],
};
