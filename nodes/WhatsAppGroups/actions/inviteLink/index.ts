import type { Resource } from '../operation';
import { get } from './get';
import { reset } from './reset';
import { revoke } from './revoke';
import { send } from './send';

export const inviteLink: Resource = {
	value: 'inviteLink',
	name: 'Invite Link',
	operations: [get, reset, revoke, send],
};
