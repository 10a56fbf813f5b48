import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { asNodeError, statusOf } from '../transport/errors';

/**
 * The item that stands for a failed one when the node is set to continue: the fields of the input, and
 * what went wrong.
 */
export function errorItem(
	context: IExecuteFunctions,
	thrown: unknown,
	index: number,
): INodeExecutionData {
	const error = asNodeError(context.getNode(), thrown, index);
	const { message, description } = error;
	const item: INodeExecutionData = {
		json: {
			...context.getInputData()[index]?.json,
			status: statusOf(error),
			error: message,
			...(description ? { description } : {}),
		},
		pairedItem: { item: index },
	};
	// n8n sends an item to the error output by its `error`, and replaces the JSON of every item that still
	// has one afterwards by the message alone. The copy that n8n makes leaves out what is not enumerable.
	if (context.getNode().onError === 'continueErrorOutput') {
		Object.defineProperty(item, 'error', { value: error, writable: true, configurable: true });
	}
	return item;
}
