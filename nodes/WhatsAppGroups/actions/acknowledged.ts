import type { IDataObject } from 'n8n-workflow';
import type { OperationKey, Operations } from '../contract/operations';
import type { Acknowledgement } from '../model';
import type { Item } from './item';
import { defineOperation } from './operation';
import type { Operation } from './operation';

/** Operations on one group of which a provider tells only that it took them. */
type AcknowledgedKey = {
	[K in OperationKey]: ReturnType<Operations[K]> extends Promise<Acknowledgement> ? K : never;
}[OperationKey];

type Input<K extends AcknowledgedKey> = Omit<Parameters<Operations[K]>[1], 'group'>;

interface Acknowledged<K extends AcknowledgedKey> extends Omit<
	Operation<K>,
	'run' | 'onGroup' | 'simplify'
> {
	ifUnknown: string;
	/** What the call takes beside the group. */
	input?: (item: Item) => Input<K> | Promise<Input<K>>;
	/** Put out beside the group when it is done. */
	done?: IDataObject;
}

export function defineAcknowledged<K extends AcknowledgedKey>({
	input,
	done,
	...operation
}: Acknowledged<K>): Operation {
	return defineOperation<AcknowledgedKey>({
		...operation,
		onGroup: true,
		async run(item, call) {
			const all = { group: item.group(), ...(await input?.(item)) };
			return item.acknowledged(await call(item.api, all as never), done);
		},
	});
}
