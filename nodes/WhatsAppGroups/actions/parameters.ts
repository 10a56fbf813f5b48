import type {
	IExecuteFunctions,
	INodeParameterResourceLocator,
	INodeProperties,
	INodePropertyCollection,
} from 'n8n-workflow';
import { howToChoose } from '../contract/provider';
import type { Provider } from '../contract/provider';
import { readGroupId } from '../values/groupId';
import { isMissing, Values } from '../values/values';
import type { Field } from '../values/values';
import { groupField, optionsField, pagingFields, simplifyField } from './fields';

/**
 * Reads the node's parameters. An expression costs about a millisecond, so a parameter without one
 * is read once per run, and the group, which the runner needs too, once per item.
 */
export class Parameters {
	private readonly constants = new Map<string, unknown>();

	private readonly groups = new Map<number, string>();

	private readonly labels: ReadonlyMap<string, string>;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly provider: Provider,
		/** Of the operation; their labels name them in errors. */
		fields: readonly INodeProperties[] = [],
	) {
		this.labels = new Map(
			labelsOf([
				groupField,
				...pagingFields,
				simplifyField,
				optionsField,
				...(provider.account ? [provider.account.field] : []),
				...fields,
			]),
		);
	}

	/** The fields of the form as they are for one item. */
	of(index: number): Values {
		return new Values(
			(name) => this.get(name, index),
			(name) => this.describe(name),
		);
	}

	/** The group's id as the provider writes it. Throws InvalidInput. */
	group(index: number): string {
		const known = this.groups.get(index);
		if (known !== undefined) return known;
		const field = this.of(index).field('group');
		const advice = 'Choose a group from the list, or enter its ID.';
		const isAbsent = field.value === undefined || field.value === null || field.value === '';
		const given = isAbsent ? '' : readGroupId(field.value);
		if (given === '') throw isMissing(field, advice);
		const id = this.provider.groupId(given);
		this.groups.set(index, id);
		return id;
	}

	/** The session or number that acts for the item; empty for providers without accounts. */
	account(index: number): string {
		const { account } = this.provider;
		if (!account) return '';
		const id = this.of(index).id(account.parameter, howToChoose(account));
		return account.read?.(id) ?? id;
	}

	/** The parameter's value, `undefined` when it is not shown. A resource locator gives its ID. */
	private get(name: string, index: number): unknown {
		if (this.constants.has(name)) return this.constants.get(name);
		// `null` stands for "not shown": without a fallback n8n would throw.
		const result = unwrapped(this.context.getNodeParameter(name, index, null)) ?? undefined;
		if (!hasExpression(this.context.getNode().parameters[name])) this.constants.set(name, result);
		return result;
	}

	private describe(name: string): Omit<Field, 'value'> {
		const [root, entry] = name.split('.');
		const raw: unknown = this.context.getNode().parameters[root];
		const part = entry === undefined ? raw : (raw as Record<string, unknown> | undefined)?.[entry];
		return { label: this.labels.get(name) ?? name, isExpression: hasExpression(part) };
	}
}

/** What the editor calls each field, by its path. */
function labelsOf(fields: readonly INodeProperties[], parent = ''): Array<[string, string]> {
	return fields.flatMap(({ name, displayName, type, options = [] }) => {
		const path = `${parent}${name}`;
		const within =
			type === 'collection'
				? labelsOf(options as INodeProperties[], `${path}.`)
				: type === 'fixedCollection'
					? (options as INodePropertyCollection[]).flatMap((part) =>
							labelsOf(part.values, `${path}.${part.name}.`),
						)
					: [];
		return [[path, displayName], ...within];
	});
}

/** The ID in a resource locator; n8n's own way of taking it out throws for fields that are hidden. */
function unwrapped(value: unknown): unknown {
	const isLocator = typeof value === 'object' && value !== null && '__rl' in value;
	return isLocator ? (value as unknown as INodeParameterResourceLocator).value : value;
}

/** Whether any part of a parameter is an expression; those start with an equals sign. */
function hasExpression(raw: unknown): boolean {
	if (typeof raw === 'string') return raw.startsWith('=');
	return typeof raw === 'object' && raw !== null && Object.values(raw).some(hasExpression);
}
