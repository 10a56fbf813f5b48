import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';
import { providerOf } from '../providers';
import type { OperationKey } from '../contract/operations';
import type { Provider, ProviderId } from '../contract/provider';
import { asNumber, asRecord } from '../transport/json';
import { Api } from '../transport/api';
import { Connection } from '../transport/connection';
import { Gate, RunCancelled } from '../transport/gate';
import { runAll } from '../transport/runner';
import { operationOf } from './index';
import { Item } from './item';
import { Parameters } from './parameters';

/** The one way from the node to an operation: every input item, in order, linked and caught. */
export async function router(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const provider = providerOf(context.getNodeParameter('provider', 0) as ProviderId);
	const key = operationKey(context);
	const operation = operationOf(key);
	const implementation = provider.operations[key];

	const parameters = new Parameters(context, provider);
	const gate = openGate(context, parameters);
	const connection = await Connection.open(context, provider, gate);
	const shared = new Map<string, unknown>();

	const runItem = async (index: number): Promise<INodeExecutionData[]> => {
		try {
			gate.throwIfCancelled();
			if (!operation || !implementation) throw unsupported(context.getNode(), provider, key, index);
			const api = new Api(connection, parameters.account(index), shared, index);
			const item = new Item(context, index, provider, api, parameters);
			const outputs = await operation.run(item, implementation.run);
			return outputs.map((output) => ({ ...output, pairedItem: { item: index } }));
		} catch (error) {
			if (error instanceof RunCancelled || !context.continueOnFail()) {
				throw asNodeError(context.getNode(), error, index);
			}
			return [errorItem(context.getNode(), error, index)];
		}
	};

	const outputs = await runAll(
		context.getInputData().length,
		{
			concurrency: gate.options.concurrency,
			keyOf: operation?.onGroup ? (index) => groupKey(parameters, index) : undefined,
		},
		runItem,
	);
	return [outputs.flat()];
}

function operationKey(context: IExecuteFunctions): OperationKey {
	const resource = context.getNodeParameter('resource', 0) as string;
	const operation = context.getNodeParameter('operation', 0) as string;
	return `${resource}.${operation}` as OperationKey;
}

function openGate(context: IExecuteFunctions, parameters: Parameters): Gate {
	const { concurrency, delayBetweenRequests } = asRecord(parameters.get('options', 0));
	return new Gate({
		concurrency: Math.max(1, Math.floor(asNumber(concurrency) ?? 5)),
		delayMs: Math.max(0, asNumber(delayBetweenRequests) ?? 0),
		signal: context.getExecutionCancelSignal(),
	});
}

/** Items of one group keep their order; an item whose group cannot be read fails when it is run. */
function groupKey(parameters: Parameters, index: number): string | undefined {
	try {
		return `${parameters.account(index)} ${parameters.group(index)}`;
	} catch {
		return undefined;
	}
}

function unsupported(node: INode, provider: Provider, key: OperationKey, itemIndex: number) {
	return new NodeOperationError(
		node,
		provider.unsupported[key] ?? `${provider.name} does not have this operation`,
		{ description: "Choose another 'Operation', or another 'Provider'.", itemIndex },
	);
}

type NodeError = NodeApiError | NodeOperationError;

function asNodeError(node: INode, error: unknown, itemIndex: number): NodeError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		error.context.itemIndex ??= itemIndex;
		return error;
	}
	return new NodeOperationError(node, error as Error, { itemIndex });
}

/** The item that stands for a failed one when the node is set to continue. */
function errorItem(node: INode, thrown: unknown, index: number): INodeExecutionData {
	const error = asNodeError(node, thrown, index);
	const { message, description } = error;
	return {
		json: { error: message, ...(description ? { description } : {}) },
		error,
		pairedItem: { item: index },
	};
}
