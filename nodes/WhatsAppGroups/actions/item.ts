import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Answer } from '../contract/operations';
import type { Provider } from '../contract/provider';
import type { Acknowledgement } from '../model';
import type { Api } from '../transport/api';
import type { Values } from '../values/values';
import type { Output } from './output';
import type { Parameters } from './parameters';

/** One input item on its way through an operation: what the user entered, the API, and what is put out. */
export class Item {
	readonly values: Values;

	/** Read before anything is sent: afterwards a value that it does not take would pass for a failure. */
	private readonly isSimplified: boolean;

	constructor(
		readonly context: IExecuteFunctions,
		readonly index: number,
		readonly provider: Provider,
		readonly api: Api,
		private readonly parameters: Parameters,
	) {
		this.values = parameters.of(index);
		this.isSimplified = this.values.flag('simplify', true);
	}

	/** The group's id as the provider writes it. */
	group(): string {
		return this.parameters.group(this.index);
	}

	/**
	 * What was asked for as output: the model, or with Simplify off the provider's own answer. `about`
	 * says in both what the answer is about.
	 */
	render<T extends object>({ model, raw }: Answer<T>, about: IDataObject = {}): Output {
		if (raw === undefined || this.isSimplified) {
			return { json: { ...about, ...model } as IDataObject };
		}
		const isObject = typeof raw === 'object' && raw !== null && !Array.isArray(raw);
		return {
			json: { ...about, ...(isObject ? (raw as IDataObject) : { response: raw }) } as IDataObject,
		};
	}

	/**
	 * The output of a write of which the provider tells only that it took it; `done` is put out when it is
	 * done, `more` in any case.
	 */
	acknowledged(
		{ status, requestId }: Acknowledgement,
		done: IDataObject = {},
		more: IDataObject = {},
	): Output[] {
		const about = { groupId: this.group(), ...more };
		if (status === 'success') return [{ json: { success: true, status, ...about, ...done } }];
		return [{ json: { status, ...about, ...(requestId ? { requestId } : {}) } }];
	}
}
