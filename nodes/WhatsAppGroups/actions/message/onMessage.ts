import type { INodeProperties } from 'n8n-workflow';
import type { OnMessage, Operations } from '../../contract/operations';
import type { Item } from '../item';
import { defineOperation } from '../operation';
import type { Operation } from '../operation';

export const messageIdField: INodeProperties = {
	displayName: 'Message ID',
	name: 'messageId',
	type: 'string',
	required: true,
	default: '',
	description:
		'ID of the message, as the trigger puts it out below <code>message</code>, or as Message: Send does',
};

export function messageIdOf({ values }: Item): string {
	return values.id(
		messageIdField.name,
		'Enter the ID of a message, as the trigger puts it out in message.id and Message: Send in id.',
	);
}

/** Operations that change a message that is in the group already. */
type OnMessageKey = `message.${'delete' | 'edit' | 'pin' | 'react' | 'unpin'}`;

interface OnMessageOperation<K extends OnMessageKey> extends Omit<
	Operation<K>,
	'run' | 'onGroup' | 'simplify'
> {
	ifUnknown: string;
	/** What the call takes beside the message. */
	input?: (item: Item) => Omit<Parameters<Operations[K]>[1], keyof OnMessage>;
}

export function defineOnMessage<K extends OnMessageKey>({
	fields = [],
	input,
	...operation
}: OnMessageOperation<K>): Operation {
	return defineOperation<OnMessageKey>({
		...operation,
		onGroup: true,
		fields: [messageIdField, ...fields],
		async run(item, call) {
			const on = { group: item.group(), message: messageIdOf(item) };
			const { pinMessageId, ...change } = await call(item.api, {
				...on,
				...input?.(item),
			} as never);
			const carrier = pinMessageId === undefined ? {} : { pinMessageId };
			return item.acknowledged(change, {}, { messageId: on.message, ...carrier });
		},
	});
}
