import type {
	ICredentialsDisplayOptions,
	IDisplayOptions,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { resources } from '../actions';
import { featureOf } from '../actions/operation';
import type { Operation, Resource } from '../actions/operation';
import { providers } from '../providers';
import type { Feature, Provider, ProviderId } from '../contract/provider';
import type { MessageType } from '../contract/messages';
import type { OperationKey } from '../contract/operations';
import { groupField, optionsField, simplifyField } from '../actions/fields';

/**
 * The node's parameters, made from the records of operations and providers, so that the editor
 * shows exactly what the chosen provider can do.
 */
export function buildProperties(): INodeProperties[] {
	return [
		providerField(),
		resourceField(),
		...resources.map(operationField),
		...unsupportedNotices(),
		...unprovenNotices(),
		...messageNotices(),
		...unprovenMessageNotices(),
		...accountFields(),
		...resources.flatMap(groupFields),
		...resources.flatMap(({ operations }) => operations.flatMap(ownFields)),
		...resources.flatMap(simplifyFields),
		...resources.flatMap(({ operations }) => operations.map(optionsOf)),
	];
}

/**
 * For a credential that one provider needs. By `hide`, since the editor takes a field whose every value
 * shows a credential for the choice of that credential, and would leave Provider out.
 */
export function onlyFor(id: ProviderId): ICredentialsDisplayOptions {
	return { hide: { provider: idsOf((provider) => provider.id !== id) } };
}

export function providerField(): INodeProperties {
	return {
		displayName: 'Provider',
		name: 'provider',
		type: 'options',
		noDataExpression: true,
		default: 'waha',
		description: 'The service through which your WhatsApp number is connected',
		options: providers.map(({ id, name }) => ({ name, value: id })),
	};
}

/** Whose groups a list offers. */
export const dependsOnAccount = [
	'provider',
	...providers.flatMap(({ account }) => (account ? [`${account.parameter}.value`] : [])),
];

/** The field between credential and groups, e.g. Session, of each provider that has one. */
export function accountFields(): INodeProperties[] {
	return providers.flatMap(({ id, account }) =>
		account ? [{ ...account.field, displayOptions: { show: { provider: [id] } } }] : [],
	);
}

function resourceField(): INodeProperties {
	return {
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		default: 'group',
		options: resources.map(({ name, value, operations }) => ({
			name,
			value,
			displayOptions: {
				show: { provider: idsOf((provider) => operations.some(({ key }) => has(provider, key))) },
			},
		})),
	};
}

/** One property per resource: several would list an action several times in the node panel. */
function operationField({ value, operations }: Resource): INodeProperties {
	const options: INodePropertyOptions[] = operations.map(({ key, name, action, description }) => ({
		name,
		value: operationName(key),
		action,
		description,
		displayOptions: { show: { provider: idsOf((provider) => has(provider, key)) } },
	}));
	// The default must be one that every provider with the resource has.
	const everywhere = operations.find(({ key }) =>
		providers.every(
			(provider) => has(provider, key) || !operations.some((other) => has(provider, other.key)),
		),
	);
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		default: operationName((everywhere ?? operations[0]).key),
		displayOptions: { show: { resource: [value] } },
		options,
	};
}

/** For what the provider lacks but was chosen all the same, as the node panel's action list allows. */
function unsupportedNotices(): INodeProperties[] {
	return providers.flatMap(({ id, unsupported }) =>
		Object.entries(unsupported).map(([key, sentence]) =>
			noticeFor('unsupported', id, key, sentence),
		),
	);
}

/** What to know of an operation before relying on it. */
function unprovenNotices(): INodeProperties[] {
	return providers.flatMap(({ id, operations }) =>
		Object.entries(operations).flatMap(([key, { unproven }]) =>
			unproven === undefined ? [] : [noticeFor('unproven', id, key, unproven)],
		),
	);
}

/** For a message type that the provider lacks, where the provider was changed after it was chosen. */
function messageNotices(): INodeProperties[] {
	return providers.flatMap(({ id, unsupportedMessages }) =>
		Object.entries(unsupportedMessages).map(([type, sentence]) => {
			return forMessages(type, noticeFor(`unsupported_${type}`, id, 'message.send', sentence));
		}),
	);
}

function unprovenMessageNotices(): INodeProperties[] {
	return providers.flatMap(({ id, messages }) =>
		Object.entries(messages).flatMap(([type, { unproven }]) =>
			unproven === undefined
				? []
				: [forMessages(type, noticeFor(`unproven_${type}`, id, 'message.send', unproven))],
		),
	);
}

function forMessages(type: string, notice: INodeProperties): INodeProperties {
	const show = { ...notice.displayOptions?.show, messageType: [type] };
	return { ...notice, displayOptions: { show } };
}

function noticeFor(what: string, id: ProviderId, key: string, text: string): INodeProperties {
	return {
		displayName: text,
		name: `${what}_${id}_${key.replace('.', '_')}`,
		type: 'notice',
		default: '',
		displayOptions: {
			show: { provider: [id], resource: [resourceName(key)], operation: [operationName(key)] },
		},
	};
}

/** The Group field, for each provider with an ID as that provider writes them. */
function groupFields(resource: Resource): INodeProperties[] {
	const onGroup = resource.operations.filter((operation) => operation.onGroup);
	return providers.flatMap((provider) => {
		const operations = onGroup.filter(({ key }) => has(provider, key));
		if (operations.length === 0) return [];
		const modes = groupField.modes?.map((mode) =>
			mode.name === 'id' ? { ...mode, placeholder: `e.g. ${provider.groupIdExample}` } : mode,
		);
		const displayOptions = shownFor(operations, ({ id }) => id === provider.id);
		const typeOptions = { loadOptionsDependsOn: dependsOnAccount };
		return [{ ...groupField, typeOptions, modes, displayOptions }];
	});
}

/** Only where the provider's own answer says more than the model does. */
function simplifyFields(resource: Resource): INodeProperties[] {
	const withAnswer = resource.operations.filter((operation) => operation.simplify);
	const saysMore = (provider: Provider, { key }: Operation) =>
		has(provider, key) && provider.operations[key]?.isPlain !== true;
	return byProviders(withAnswer, saysMore).map((operations) => ({
		...simplifyField,
		displayOptions: shownFor(operations, (provider) => saysMore(provider, operations[0])),
	}));
}

function ownFields(operation: Operation): INodeProperties[] {
	return (operation.fields ?? []).flatMap((field) => {
		if (field.type !== 'collection') return [placed(field, operation)];
		const entries = (field.options ?? []) as INodeProperties[];
		return [
			{
				...placed(field, operation, (provider) =>
					entries.some((entry) => takes(provider, featureOf(entry))),
				),
				options: entries.map((entry) => placedInCollection(entry, operation.key)),
			},
		];
	});
}

function optionsOf(operation: Operation): INodeProperties {
	const entries = [
		...(operation.options ?? []).map((entry) => placedInCollection(entry, operation.key)),
		...(operation.runsOnce ? [] : (optionsField.options as INodeProperties[])),
	];
	return {
		...optionsField,
		displayOptions: shownFor([operation]),
		options: entries.sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}

function placed(
	field: INodeProperties,
	operation: Operation,
	condition: (provider: Provider) => boolean = (provider) => takes(provider, featureOf(field)),
): INodeProperties {
	const { show } = shownFor([operation], condition);
	return {
		...field,
		...(field.name === 'messageType' ? { options: messageTypeOptions(field) } : {}),
		displayOptions: { show: { ...show, ...field.displayOptions?.show } },
	};
}

/** Each for the providers that can send it. */
function messageTypeOptions({ options = [] }: INodeProperties): INodePropertyOptions[] {
	return (options as INodePropertyOptions[]).map((option) => ({
		...option,
		displayOptions: {
			show: {
				provider: idsOf(({ messages }) => messages[option.value as MessageType] !== undefined),
			},
		},
	}));
}

/** An entry of a collection is tied to the provider alone: its collection is tied to the rest. */
function placedInCollection(entry: INodeProperties, key: OperationKey): INodeProperties {
	const feature = featureOf(entry);
	if (!feature) return entry;
	const ids = idsOf((provider) => has(provider, key) && takes(provider, feature));
	return {
		...entry,
		displayOptions: { show: { '/provider': ids, ...entry.displayOptions?.show } },
	};
}

function shownFor(
	operations: readonly Operation[],
	condition: (provider: Provider) => boolean = () => true,
): IDisplayOptions {
	const [{ key }] = operations;
	return {
		show: {
			provider: idsOf((provider) => has(provider, key) && condition(provider)),
			resource: [resourceName(key)],
			operation: operations.map((operation) => operationName(operation.key)),
		},
	};
}

/** Operations together that the same providers have in the way that `condition` asks. */
function byProviders(
	operations: readonly Operation[],
	condition: (provider: Provider, operation: Operation) => boolean,
): Operation[][] {
	const groups = new Map<string, Operation[]>();
	for (const operation of operations) {
		const ids = idsOf((provider) => condition(provider, operation)).join();
		if (ids !== '') groups.set(ids, [...(groups.get(ids) ?? []), operation]);
	}
	return [...groups.values()];
}

function idsOf(condition: (provider: Provider) => boolean): string[] {
	return providers.filter(condition).map(({ id }) => id);
}

function has(provider: Provider, key: OperationKey): boolean {
	return provider.operations[key] !== undefined;
}

function takes(provider: Provider, feature?: Feature): boolean {
	return feature === undefined || provider.features.includes(feature);
}

function resourceName(key: string): string {
	return key.split('.')[0];
}

function operationName(key: string): string {
	return key.split('.')[1];
}
