import type { INodeProperties } from 'n8n-workflow';
import type { OperationKey, Operations } from '../contract/operations';
import type { Feature } from '../contract/provider';
import type { Item } from './item';
import type { Output } from './output';

/** One entry of the Operation list: its place and words in the editor, its fields, and what it does. */
export interface Operation<K extends OperationKey = OperationKey> {
	key: K;
	name: string;
	/** As the node panel lists it. */
	action: string;
	description: string;
	/** Whether it acts on one group: shows the Group field and keeps items of a group in order. */
	onGroup?: boolean;
	/** Runs for the first item only, whatever comes in. */
	runsOnce?: boolean;
	/** Whether Simplify is offered, for the providers whose own answer says more than the model. */
	simplify?: boolean;
	/** For a write: what may be done when its outcome is unknown, and how to check that. */
	ifUnknown?: string;
	/** Own fields, after Group. Those wrapped in `only` are for providers with that feature. */
	fields?: INodeProperties[];
	/** Own entries of the Options collection, beside those that every operation has. */
	options?: INodeProperties[];
	run(item: Item, call: Operations[K]): Promise<Output[]>;
}

export interface Resource {
	value: string;
	name: string;
	operations: readonly Operation[];
}

const features = new WeakMap<object, Feature>();

/** Marks a field, or an entry of a collection, as one that needs a feature of the provider. */
export function only(feature: Feature, property: INodeProperties): INodeProperties {
	features.set(property, feature);
	return property;
}

export function featureOf(property: object): Feature | undefined {
	return features.get(property);
}

/** Ties the operation's key to the type of the function that `run` receives. */
export function defineOperation<K extends OperationKey>(operation: Operation<K>): Operation {
	return operation as unknown as Operation;
}
