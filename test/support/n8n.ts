import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Read by n8n-core when it is loaded: nothing may be written outside a folder of the test's own.
process.env.N8N_USER_FOLDER = mkdtempSync(join(tmpdir(), 'whatsapp-groups-n8n-'));
process.env.N8N_ENCRYPTION_KEY = 'a key for tests only';
process.env.N8N_LOG_LEVEL ??= 'silent';

import 'reflect-metadata';
import { Container } from '@n8n/di';
import { BinaryDataService, ExecuteContext, LoadOptionsContext } from 'n8n-core';
import { createRunExecutionData, Workflow } from 'n8n-workflow';
import type {
	IBinaryData,
	IDataObject,
	IExecuteData,
	INode,
	INodeExecutionData,
	INodeListSearchResult,
	INodeParameters,
	INodePropertyOptions,
	INodeType,
	INodeTypes,
	ITaskDataConnections,
	IWorkflowExecuteAdditionalData,
	ResourceMapperFields,
} from 'n8n-workflow';
import { WhatsAppGroups } from '../../nodes/WhatsAppGroups/WhatsAppGroups.node';
import { WhatsAppGroupsTrigger } from '../../nodes/WhatsAppGroups/WhatsAppGroupsTrigger.node';
import { StoredCredentials } from './credentials';

/** A node's input item: its JSON, and files by field name. */
export interface InputItem {
	json?: IDataObject;
	files?: Record<string, { data: Buffer; fileName?: string; mimeType?: string }>;
}

export interface NodeSetup {
	parameters: INodeParameters;
	/** Decrypted credential data by credential type. */
	credentials: Record<string, IDataObject>;
	onError?: INode['onError'];
}

export interface RunSetup extends NodeSetup {
	items?: InputItem[];
	signal?: AbortSignal;
}

const actionNode: INodeType = new WhatsAppGroups();
const nodeTypes: INodeTypes = {
	getByName: () => actionNode,
	getByNameAndVersion: () => actionNode,
	getKnownTypes: () => ({}),
};

/** Runs the action node in n8n-core's own execution context, and gives its output items. */
export async function runNode(setup: RunSetup): Promise<INodeExecutionData[]> {
	const { workflow, node, additionalData } = await prepare(setup);
	const items = await Promise.all((setup.items ?? [{}]).map(toExecutionData));
	const inputs: ITaskDataConnections = { main: [items] };
	const executeData: IExecuteData = { data: inputs, node, source: null };
	const context = new ExecuteContext(
		workflow,
		node,
		additionalData,
		'manual',
		createRunExecutionData({ resultData: { runData: {} } }),
		0,
		items,
		inputs,
		executeData,
		[],
		setup.signal,
	);
	const outputs = (await actionNode.execute!.call(context)) as INodeExecutionData[][];
	return outputs[0];
}

/** The JSON of the output items. */
export async function runJson(setup: RunSetup): Promise<IDataObject[]> {
	return (await runNode(setup)).map(({ json }) => json);
}

/** The node as the editor has it open. */
async function editorContext(setup: NodeSetup): Promise<LoadOptionsContext> {
	const { workflow, node, additionalData } = await prepare(setup);
	const current = { ...additionalData, currentNodeParameters: setup.parameters };
	return new LoadOptionsContext(workflow, node, current, '');
}

/** What a list in the editor offers. */
export async function searchList(
	setup: NodeSetup,
	method: 'searchAccounts' | 'searchGroups' | 'searchInviteTemplates' | 'searchTemplates',
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const context = await editorContext(setup);
	return await actionNode.methods!.listSearch![method].call(context, filter, paginationToken);
}

/** The fields that a resource mapper in the editor shows. */
export async function mappedFields(
	setup: NodeSetup,
	method: 'getTemplateParameters',
): Promise<ResourceMapperFields> {
	const context = await editorContext(setup);
	return await new WhatsAppGroups().methods.resourceMapping[method].call(context);
}

/** What a list of the trigger in the editor offers. */
export async function loadOptions(
	setup: NodeSetup,
	method: 'getGroups' | 'getUrlEnding',
): Promise<INodePropertyOptions[]> {
	const context = await editorContext(setup);
	return await new WhatsAppGroupsTrigger().methods.loadOptions[method].call(context);
}

/** The bytes of a file that the node put out. */
export async function fileOf(file: IBinaryData): Promise<Buffer> {
	return await Container.get(BinaryDataService).getAsBuffer(file);
}

/** What a failing run throws. */
export async function failureOf(work: Promise<unknown>): Promise<Error & IDataObject> {
	try {
		await work;
	} catch (error) {
		return error as Error & IDataObject;
	}
	throw new Error('It was expected to fail, but it did not');
}

export async function prepare(setup: NodeSetup) {
	await Container.get(BinaryDataService).init();
	const credentialsHelper = new StoredCredentials();
	const node: INode = {
		id: 'b7a1c4de-0000-4000-8000-000000000001',
		name: 'WhatsApp Groups',
		type: 'n8n-nodes-whatsapp-groups.whatsAppGroups',
		typeVersion: 1,
		position: [0, 0],
		parameters: setup.parameters,
		credentials: await credentialsHelper.store(setup.credentials),
		onError: setup.onError,
	};
	const workflow = new Workflow({
		id: 'test',
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes,
	});
	const additionalData = {
		credentialsHelper,
		currentNodeExecutionIndex: 0,
		executionId: '17',
		restApiUrl: '',
		instanceBaseUrl: 'http://localhost:5678/',
		webhookBaseUrl: 'http://localhost:5678/webhook',
		webhookTestBaseUrl: 'http://localhost:5678/webhook-test',
		webhookWaitingBaseUrl: 'http://localhost:5678/webhook-waiting',
		formWaitingBaseUrl: 'http://localhost:5678/form-waiting',
		variables: {},
	} as unknown as IWorkflowExecuteAdditionalData;
	return { workflow, node: workflow.getNode(node.name)!, additionalData };
}

async function toExecutionData({ json = {}, files = {} }: InputItem): Promise<INodeExecutionData> {
	const service = Container.get(BinaryDataService);
	const location = { type: 'execution' as const, workflowId: 'test', executionId: 'test' };
	const binary: Record<string, IBinaryData> = {};
	for (const [field, { data, fileName, mimeType }] of Object.entries(files)) {
		const empty: IBinaryData = {
			data: '',
			mimeType: mimeType ?? 'application/octet-stream',
			fileName,
		};
		binary[field] = await service.store(location, data, empty);
	}
	return { json, binary };
}
