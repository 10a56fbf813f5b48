import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { HookContext, WebhookContext } from 'n8n-core';
import { Workflow } from 'n8n-workflow';
import type {
	IDataObject,
	INode,
	INodeType,
	INodeTypes,
	IWebhookData,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { WhatsAppGroupsTrigger } from '../../nodes/WhatsAppGroups/WhatsAppGroupsTrigger.node';
import { StoredCredentials } from './credentials';
import type { NodeSetup } from './n8n';

/**
 * A published trigger: n8n-core's own contexts around the node, behind a real HTTP server that reads
 * bodies and answers as n8n's webhook server does. What n8n keeps in its database, the static data, is
 * copied for each call and saved after it.
 */
export class PublishedTrigger {
	/** Items that started the workflow, one list per execution. */
	readonly executions: IDataObject[][] = [];

	/** Warnings that the node logged. */
	readonly warnings: string[] = [];

	staticData: IDataObject = {};

	private server = createServer();

	private origin = '';

	constructor(
		public setup: NodeSetup,
		private readonly nodeType: INodeType = new WhatsAppGroupsTrigger(),
	) {}

	/** The URL that the provider calls. */
	get url(): string {
		return `${this.origin}/webhook/${webhookId}/whatsapp-groups`;
	}

	get testUrl(): string {
		return `${this.origin}/webhook-test/${webhookId}/whatsapp-groups`;
	}

	async listen(): Promise<this> {
		const app = express();
		app.use(express.raw({ type: () => true, limit: '16mb' }));
		app.post(['/webhook/:id/whatsapp-groups', '/webhook-test/:id/whatsapp-groups'], (req, res) => {
			void this.receive(req, res);
		});
		this.server = createServer(app);
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
		this.origin = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
		return this;
	}

	async close(): Promise<void> {
		await new Promise((resolve) => this.server.close(resolve));
	}

	/** What n8n does when a workflow is published: asks, and registers where it has to. */
	async activate(isTest = false): Promise<void> {
		const exists = await this.hook('checkExists', isTest);
		if (!exists) await this.hook('create', isTest);
	}

	async deactivate(isTest = false): Promise<void> {
		await this.hook('delete', isTest);
	}

	/** One of the three webhook methods, with static data of its own for a test run, as n8n has it. */
	async hook(method: 'checkExists' | 'create' | 'delete', isTest = false): Promise<boolean> {
		const { workflow, node, additionalData } = await this.prepare(
			isTest ? this.testData : this.staticData,
		);
		const webhookData = { ...webhookOf(this.nodeType), isTest } as unknown as IWebhookData;
		const context = new HookContext(
			workflow,
			node,
			additionalData,
			isTest ? 'manual' : 'trigger',
			isTest ? 'manual' : 'activate',
			webhookData,
		);
		const result = await this.nodeType.webhookMethods!.default![method].call(context);
		const saved = JSON.parse(JSON.stringify(workflow.staticData)) as IDataObject;
		if (isTest) this.testData = saved;
		else this.staticData = saved;
		return result;
	}

	private testData: IDataObject = {};

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
		const { workflow, node, additionalData } = await this.prepare(
			isTest ? this.testData : this.staticData,
		);
		additionalData.httpRequest = req;
		additionalData.httpResponse = res;
		const webhookData = webhookOf(this.nodeType) as unknown as IWebhookData;
		const context = new WebhookContext(
			workflow,
			node,
			additionalData,
			'webhook',
			webhookData,
			[],
			null,
		);
		jest.spyOn(context.logger, 'warn').mockImplementation((message) => {
			this.warnings.push(message);
		});
		const result = await this.nodeType.webhook!.call(context);
		if (result.workflowData) this.executions.push(result.workflowData[0].map(({ json }) => json));
		if (!isTest) this.staticData = JSON.parse(JSON.stringify(workflow.staticData)) as IDataObject;
		if (!result.noWebhookResponse) {
			res.json({ message: result.workflowData ? 'Workflow was started' : 'Webhook call received' });
		}
	}

	private async prepare(staticData: IDataObject) {
		const credentialsHelper = new StoredCredentials();
		const node: INode = {
			id: 'b7a1c4de-0000-4000-8000-000000000002',
			name: 'WhatsApp Groups Trigger',
			type: 'n8n-nodes-whatsapp-groups.whatsAppGroupsTrigger',
			typeVersion: 1,
			position: [0, 0],
			webhookId,
			parameters: this.setup.parameters,
			credentials: await credentialsHelper.store(this.setup.credentials),
		};
		const nodeTypes: INodeTypes = {
			getByName: () => this.nodeType,
			getByNameAndVersion: () => this.nodeType,
			getKnownTypes: () => ({}),
		};
		const workflow = new Workflow({
			id: `workflow of ${this.origin}`,
			nodes: [node],
			connections: {},
			active: true,
			nodeTypes,
			staticData: JSON.parse(JSON.stringify(staticData)) as IDataObject,
		});
		const additionalData = {
			credentialsHelper,
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
}

const webhookId = '7b1f0c52-0000-4000-8000-00000000abcd';

function webhookOf(nodeType: INodeType) {
	return { webhookDescription: nodeType.description.webhooks![0], node: 'WhatsApp Groups Trigger' };
}
