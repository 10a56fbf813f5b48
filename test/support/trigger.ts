import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Container } from '@n8n/di';
import express from 'express';
import { HookContext, InstanceSettings, WebhookContext } from 'n8n-core';
import { Workflow } from 'n8n-workflow';
import type {
	IDataObject,
	INode,
	INodeType,
	INodeExecutionData,
	INodeTypes,
	IWebhookData,
	IWebhookResponseData,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { WhatsAppGroupsTrigger } from '../../nodes/WhatsAppGroups/WhatsAppGroupsTrigger.node';
import { StoredCredentials } from './credentials';
import type { NodeSetup } from './n8n';

const nodeName = 'WhatsApp Groups Trigger';
const staticKey = `node:${nodeName}`;

/**
 * A published trigger: n8n-core's own contexts around the node, behind a real HTTP server that reads
 * bodies and answers as n8n's webhook server does. What n8n keeps in its database, the static data, is
 * copied for each call, and saved where n8n saves it.
 */
export class PublishedTrigger {
	/** Items that started the workflow, one list per execution. */
	readonly executions: IDataObject[][] = [];

	/** The same items, with their files. */
	readonly items: INodeExecutionData[] = [];

	/** Warnings that the node logged. */
	readonly warnings: string[] = [];

	staticData: IDataObject = {};

	/** How often n8n has saved the static data. */
	saves = 0;

	/** How long n8n takes to save an execution, in milliseconds. */
	savingMs = 5;

	/** So many executions n8n cannot save: its database is full, or away. */
	failingSaves = 0;

	/** Without it, n8n knows no webhook at the URL. */
	isPublished = true;

	readonly credentialsHelper = new StoredCredentials();

	private server = createServer();

	private origin = '';

	private testData: IDataObject = {};

	constructor(
		public setup: NodeSetup,
		private readonly nodeType: INodeType = new WhatsAppGroupsTrigger(),
		/** The same for a process that was started anew. */
		readonly workflowId: string = randomUUID(),
		private readonly webhookId: string = randomUUID(),
	) {}

	/** The URL that the provider calls. */
	get url(): string {
		return `${this.origin}/webhook/${this.webhookId}/whatsapp-groups`;
	}

	get testUrl(): string {
		return `${this.origin}/webhook-test/${this.webhookId}/whatsapp-groups`;
	}

	/** What the trigger has stored. */
	get stored(): IDataObject {
		return (this.staticData[staticKey] as IDataObject | undefined) ?? {};
	}

	/** As if it had been published in this n8n with the secret. */
	isRegisteredWith(secret: string): void {
		const owner = `${Container.get(InstanceSettings).instanceId} ${this.workflowId}`;
		this.staticData = { [staticKey]: { owner, url: this.url, secret } };
	}

	async listen(): Promise<this> {
		const app = express();
		app.use(express.raw({ type: () => true, limit: '16mb' }));
		app.all(['/webhook/:id/whatsapp-groups', '/webhook-test/:id/whatsapp-groups'], (req, res) => {
			void this.receive(req, res);
		});
		this.server = createServer(app);
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
		this.origin = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
		return this;
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	/** What n8n does when a workflow is published: asks, and registers where it has to. */
	async activate(): Promise<void> {
		const exists = await this.hook('checkExists');
		if (!exists) await this.hook('create');
	}

	async deactivate(): Promise<void> {
		await this.hook('delete');
	}

	/** Execute step: with static data of its own, and taken back at once when it cannot start. */
	async startTestRun(): Promise<void> {
		this.testData = {};
		try {
			const exists = await this.hook('checkExists', true);
			if (!exists) await this.hook('create', true);
		} catch (error) {
			await this.endTestRun();
			throw error;
		}
	}

	/** A test run that has started already. */
	seeTestRun(): void {
		this.testData = copyOf(this.staticData);
	}

	async endTestRun(): Promise<void> {
		await this.hook('delete', true);
	}

	/** One of the three webhook methods. What a test run stores is never saved. */
	async hook(method: 'checkExists' | 'create' | 'delete', isTest = false): Promise<boolean> {
		const { workflow, node, additionalData } = await this.prepare(
			copyOf(isTest ? this.testData : this.staticData),
		);
		const webhookData = { ...webhookOf(this.nodeType), isTest } as unknown as IWebhookData;
		const context = new HookContext(
			workflow,
			node,
			additionalData,
			method === 'delete' ? 'internal' : isTest ? 'manual' : 'trigger',
			method === 'delete' ? 'update' : isTest ? 'manual' : 'activate',
			webhookData,
		);
		this.listenToWarnings(context);
		try {
			const result = await this.nodeType.webhookMethods!.default![method].call(context);
			if (!isTest) this.staticData = copyOf(workflow.staticData);
			return result;
		} finally {
			if (isTest) this.testData = copyOf(workflow.staticData);
		}
	}

	private async receive(req: express.Request, res: express.Response): Promise<void> {
		const rawBody = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
		let body: unknown = {};
		try {
			body = rawBody.length > 0 ? JSON.parse(rawBody.toString('utf8')) : {};
		} catch {
			res.status(422).json({ message: 'Failed to parse request body' });
			return;
		}
		const isTest = req.path.startsWith('/webhook-test');
		Object.assign(req, { rawBody, body });
		const stored = copyOf(isTest ? this.testData : this.staticData);
		const { workflow, node, additionalData } = await this.prepare(stored);
		additionalData.httpRequest = req;
		additionalData.httpResponse = res;
		const description = this.nodeType.description.webhooks!.find(
			({ httpMethod }) => httpMethod === req.method,
		);
		if (!description || !(isTest || this.isPublished)) {
			res
				.status(404)
				.json({ message: `This webhook is not registered for ${req.method} requests` });
			return;
		}
		const webhookData = {
			webhookDescription: description,
			node: nodeName,
		} as unknown as IWebhookData;
		const mode = isTest ? 'manual' : 'webhook';
		const context = new WebhookContext(workflow, node, additionalData, mode, webhookData, [], null);
		this.listenToWarnings(context);
		let result: IWebhookResponseData;
		try {
			result = await this.nodeType.webhook!.call(context);
			if (result.workflowData && !result.noWebhookResponse) await this.saveExecution(stored);
		} catch {
			res.status(500).json({ message: 'There was a problem executing the workflow' });
			return;
		}
		const started = result.workflowData?.[0];
		if (started) {
			this.items.push(...started);
			this.executions.push(started.map(({ json }) => json));
		}
		if (!isTest && workflow.staticData.__dataChanged === true) {
			this.staticData = copyOf(workflow.staticData);
			this.saves += 1;
			workflow.staticData.__dataChanged = false;
		}
		if (!result.noWebhookResponse) {
			res.json({ message: result.workflowData ? 'Workflow was started' : 'Webhook call received' });
		}
	}

	/** n8n makes a second workflow of the same static data first, which forgets that it has changed. */
	private async saveExecution(staticData: IDataObject): Promise<void> {
		await this.prepare(staticData);
		await new Promise((resolve) => setTimeout(resolve, this.savingMs));
		if (this.failingSaves === 0) return;
		this.failingSaves -= 1;
		throw new Error('SQLITE_FULL: database or disk is full');
	}

	private listenToWarnings({ logger }: HookContext | WebhookContext): void {
		jest.spyOn(logger, 'warn').mockImplementation((message) => {
			this.warnings.push(message);
		});
	}

	private async prepare(staticData: IDataObject) {
		const node: INode = {
			id: 'b7a1c4de-0000-4000-8000-000000000002',
			name: nodeName,
			type: 'n8n-nodes-whatsapp-groups.whatsAppGroupsTrigger',
			typeVersion: 1,
			position: [0, 0],
			webhookId: this.webhookId,
			parameters: this.setup.parameters,
			credentials: await this.credentialsHelper.store(this.setup.credentials),
		};
		const nodeTypes: INodeTypes = {
			getByName: () => this.nodeType,
			getByNameAndVersion: () => this.nodeType,
			getKnownTypes: () => ({}),
		};
		const workflow = new Workflow({
			id: this.workflowId,
			nodes: [node],
			connections: {},
			active: true,
			nodeTypes,
			staticData,
		});
		const additionalData = {
			credentialsHelper: this.credentialsHelper,
			currentNodeExecutionIndex: 0,
			restApiUrl: '',
			instanceBaseUrl: `${this.origin}/`,
			formWaitingBaseUrl: `${this.origin}/form-waiting`,
			webhookBaseUrl: `${this.origin}/webhook`,
			webhookTestBaseUrl: `${this.origin}/webhook-test`,
			webhookWaitingBaseUrl: `${this.origin}/webhook-waiting`,
			variables: {},
		} as unknown as IWorkflowExecuteAdditionalData;
		return { workflow, node: workflow.getNode(node.name)!, additionalData };
	}

	/** As if n8n were started anew at another address. */
	moveTo(origin: string): void {
		this.origin = origin;
	}

	/** As if it were a workflow of the same n8n as the other one. */
	standBeside(other: PublishedTrigger): this {
		this.origin = other.origin;
		return this;
	}
}

function copyOf(staticData: IDataObject): IDataObject {
	return JSON.parse(JSON.stringify(staticData)) as IDataObject;
}

function webhookOf(nodeType: INodeType) {
	const webhookDescription = nodeType.description.webhooks!.find(({ name }) => name === 'default');
	return { webhookDescription, node: nodeName };
}
