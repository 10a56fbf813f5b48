import { prepare } from './n8n';
import type { NodeSetup } from './n8n';
import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import { NodeConnectionTypes, Workflow } from 'n8n-workflow';
import type {
	IDataObject,
	INode,
	INodeExecutionData,
	INodeType,
	INodeTypes,
	IRun,
} from 'n8n-workflow';
import { WhatsAppGroups } from '../../nodes/WhatsAppGroups/WhatsAppGroups.node';

/** What came out of a workflow: by output of the node, and what made it fail. */
export interface WorkflowRun {
	regular: INodeExecutionData[];
	errors: INodeExecutionData[];
	failure?: IRun['data']['resultData']['error'];
}

/**
 * Runs `Source → WhatsApp Groups` with n8n's own workflow engine, which links items, sorts them to the
 * error output and replaces the JSON of those with an error.
 */
export async function runWorkflow(
	setup: NodeSetup & { items: IDataObject[]; settings?: Partial<INode> },
): Promise<WorkflowRun> {
	const { node, additionalData } = await prepare(setup);
	const source: INode = {
		id: 'b7a1c4de-0000-4000-8000-000000000003',
		name: 'Source',
		type: 'source',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const workflow = new Workflow({
		id: 'test',
		nodes: [source, { ...node, ...setup.settings }],
		connections: {
			Source: { main: [[{ node: node.name, type: NodeConnectionTypes.Main, index: 0 }]] },
		},
		active: false,
		nodeTypes: nodeTypesWith(setup.items),
	});
	const hooks = new ExecutionLifecycleHooks('manual', '1', workflow as never);
	const run = await new WorkflowExecute({ ...additionalData, hooks } as never, 'manual').run({
		workflow,
		startNode: source,
	});
	const { runData, error } = run.data.resultData;
	const [regular = [], errors = []] = runData[node.name]?.[0]?.data?.main ?? [];
	return { regular: regular ?? [], errors: errors ?? [], failure: error };
}

function nodeTypesWith(items: IDataObject[]): INodeTypes {
	const source: INodeType = {
		description: {
			displayName: 'Source',
			name: 'source',
			group: ['trigger'],
			version: 1,
			description: 'Gives the items of a test',
			defaults: {},
			inputs: [],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
		},
		async execute() {
			return [items.map((json) => ({ json }))];
		},
	};
	const action = new WhatsAppGroups();
	const byName = (name: string) => (name === 'source' ? source : action);
	return { getByName: byName, getByNameAndVersion: byName, getKnownTypes: () => ({}) };
}
