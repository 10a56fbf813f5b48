import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { OperationKey } from '../contract/operations';
import type { Provider, ProviderId } from '../contract/provider';
import { providerOf } from '../providers';
import { Api } from '../transport/api';
import { Connection } from '../transport/connection';
import { asNodeError } from '../transport/errors';
import { Gate, patienceMinutes, RunCancelled } from '../transport/gate';
import { runAll } from '../transport/runner';
import { errorItem } from './errorItem';
import { optionsField } from './fields';
import { operationOf } from './index';
import { Item } from './item';
import type { Operation } from './operation';
import { Parameters } from './parameters';
import { withDone } from './withDone';

/** The one way from the node to an operation: every input item, in order, linked and caught. */
export async function router(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const count = context.getInputData().length;
	try {
		return [(await runItems(context, count)).flat()];
	} catch (error) {
		// Thrown errors make n8n pass the input on as if it were done, when the node is set to continue.
		if (isCancelled(context) || !context.continueOnFail()) {
			throw asNodeError(context.getNode(), error);
		}
		return [Array.from({ length: count }, (_, index) => errorItem(context, error, index))];
	}
}

async function runItems(
	context: IExecuteFunctions,
	count: number,
): Promise<INodeExecutionData[][]> {
	const provider = providerOf(context.getNodeParameter('provider', 0) as ProviderId);
	const key = operationKey(context);
	const operation = operationOf(key);
	const parameters = new Parameters(context, provider, [
		...(operation?.fields ?? []),
		{ ...optionsField, options: operation?.options ?? [] },
	]);
	if (!operation || !provider.operations[key]) throw unsupported(context, provider, key);
	const runs = operation.runsOnce ? Math.min(count, 1) : count;
	const gate = openGate(context, parameters);
	const connection = await Connection.open(context, provider, gate);
	const goesOn = context.continueOnFail();

	const runItem = async (index: number): Promise<INodeExecutionData[]> => {
		try {
			gate.throwIfStopped();
			return await runOne({ context, provider, operation, parameters, connection }, index);
		} catch (error) {
			if (isCancelled(context) || !goesOn) {
				throw asNodeError(context.getNode(), error, index);
			}
			return [errorItem(context, error, index)];
		}
	};

	const run = await runAll(
		runs,
		{
			concurrency: gate.options.concurrency,
			keyOf: operation.onGroup ? (index) => groupKey(parameters, index) : undefined,
			// Items that wait for their turn or out a pause send nothing any more.
			onFailure: (error) => gate.stop(error),
		},
		runItem,
	);
	if (run.failures.length > 0)
		throw isCancelled(context) ? new RunCancelled() : withDone(run, runs);
	return run.results as INodeExecutionData[][];
}

interface Setting {
	context: IExecuteFunctions;
	provider: Provider;
	operation: Operation;
	parameters: Parameters;
	connection: Connection;
}

async function runOne(
	{ context, provider, operation, parameters, connection }: Setting,
	index: number,
): Promise<INodeExecutionData[]> {
	const { ifUnknown } = operation;
	const api = new Api(connection, parameters.account(index), { itemIndex: index, ifUnknown });
	const item = new Item(context, index, provider, api, parameters);
	const outputs = await operation.run(item, provider.operations[operation.key]!.run);
	return outputs.map((output) => ({ ...output, pairedItem: { item: index } }));
}

function isCancelled(context: IExecuteFunctions): boolean {
	return context.getExecutionCancelSignal()?.aborted === true;
}

function operationKey(context: IExecuteFunctions): OperationKey {
	const resource = context.getNodeParameter('resource', 0) as string;
	const operation = context.getNodeParameter('operation', 0) as string;
	return `${resource}.${operation}` as OperationKey;
}

function openGate(context: IExecuteFunctions, parameters: Parameters): Gate {
	const options = parameters.of(0).collection('options');
	return new Gate({
		concurrency: options.wholeNumber('concurrency', 5, { min: 1, max: 50 }),
		delayMs: options.wholeNumber('delayBetweenRequests', 0, { min: 0 }),
		patienceMs: patienceMinutes * 60_000,
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

function unsupported(context: IExecuteFunctions, provider: Provider, key: OperationKey) {
	return new NodeOperationError(
		context.getNode(),
		provider.unsupported[key] ?? `${provider.name} does not have this operation`,
		{ description: "Choose another 'Operation', or another 'Provider'." },
	);
}
