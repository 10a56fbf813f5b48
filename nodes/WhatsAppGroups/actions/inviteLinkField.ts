import type { INodeProperties } from 'n8n-workflow';
import { readInviteCode } from '../values/inviteCode';
import type { Item } from './item';

/** Of the operations that act on a group by its invite link. */
export const inviteLinkField: INodeProperties = {
	displayName: 'Invite Link',
	name: 'inviteLink',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. https://chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv',
	description: 'Invite link of the group, or the code at its end',
};

export function inviteCodeOf({ values }: Item): string {
	const { name, displayName } = inviteLinkField;
	return readInviteCode(displayName, values.text(name));
}
