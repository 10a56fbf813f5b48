import type { Resource } from '../operation';
import { deleteOperation } from './delete';
import { edit } from './edit';
import { forward } from './forward';
import { pin } from './pin';
import { react } from './react';
import { getMedia } from './getMedia';
import { send } from './send';
import { unpin } from './unpin';
import { sendAndWait } from './sendAndWait';

export const message: Resource = {
	value: 'message',
	name: 'Message',
	operations: [deleteOperation, edit, forward, getMedia, pin, react, send, sendAndWait, unpin],
};
