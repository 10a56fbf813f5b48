import type { IExecuteFunctions, INodeParameterResourceLocator } from 'n8n-workflow';
import type { Provider } from '../contract/provider';
import { checkInput, inputError } from '../transport/errors';

/**
 * Reads the node's parameters. An expression costs about a millisecond, so a parameter without one
 * is read once per run, and the group, which the runner needs too, once per item.
 */
export class Parameters {
	private readonly constants = new Map<string, unknown>();

	private readonly groups = new Map<number, string>();

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly provider: Provider,
	) {}

	/** The parameter's value, `undefined` when it is not shown. A resource locator gives its ID. */
	get(name: string, index: number): unknown {
		if (this.constants.has(name)) return this.constants.get(name);
		// `null` stands for "not shown": without a fallback n8n would throw.
		const result = unwrapped(this.context.getNodeParameter(name, index, null)) ?? undefined;
		if (!hasExpression(this.context.getNode().parameters[name])) this.constants.set(name, result);
		return result;
	}

	/** The group's id as the provider writes it. Throws an input error for the item. */
	group(index: number): string {
		const known = this.groups.get(index);
		if (known !== undefined) return known;
		const entered = String(this.get('group', index) ?? '');
		const id = checkInput(this.context.getNode(), index, () => this.provider.groupId(entered));
		this.groups.set(index, id);
		return id;
	}

	/** The session or number that acts for the item; empty for providers without accounts. */
	account(index: number): string {
		const { account } = this.provider;
		if (!account) return '';
		const value = String(this.get(account.parameter, index) ?? '').trim();
		if (value === '') {
			const label = account.field.displayName;
			throw inputError(
				this.context.getNode(),
				`'${label}' is empty`,
				`Choose the ${label.toLowerCase()} from the list, or enter its name.`,
				index,
			);
		}
		return value;
	}
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
