import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { ExecuteContext, WebhookContext } from 'n8n-core';
import { createRunExecutionData } from 'n8n-workflow';
import type {
	IExecuteData,
	INodeExecutionData,
	IRunExecutionData,
	IWebhookData,
	IWorkflowExecuteAdditionalData,
	Workflow,
	INode,
} from 'n8n-workflow';
import { WhatsAppGroups } from '../../nodes/WhatsAppGroups/WhatsAppGroups.node';
import { prepare } from './n8n';
import type { NodeSetup } from './n8n';

const nodeType = new WhatsAppGroups();

/**
 * An execution that waits for a response: n8n-core's own contexts around the node, behind a real HTTP server that
 * reads bodies as n8n does. Signatures, and what happens to the execution, are seen in a real n8n.
 */
export class WaitingExecution {
	/** What the node put out in place of what it had put out, once there is an answer. */
	answers: INodeExecutionData[][] = [];

	output: INodeExecutionData[] = [];

	private readonly run: IRunExecutionData = createRunExecutionData({ resultData: { runData: {} } });

	private server = createServer();

	private workflow!: Workflow;

	private node!: INode;

	private additionalData!: IWorkflowExecuteAdditionalData;

	constructor(
		private readonly setup: NodeSetup,
		private readonly items: INodeExecutionData[] = [{ json: {} }],
	) {}

	/** Until when it waits, if it does. */
	get waitTill(): Date | undefined {
		return this.run.waitTill;
	}

	/** Runs the node. */
	async start(): Promise<this> {
		const app = express();
		app.use(express.urlencoded({ extended: false }));
		app.all('/webhook-waiting/:execution/:node', (req, res) => void this.receive(req, res));
		this.server = createServer(app);
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
		const { port } = this.server.address() as AddressInfo;
		Object.assign(this, await prepare(this.setup));
		this.additionalData.webhookWaitingBaseUrl = `http://127.0.0.1:${port}/webhook-waiting`;
		const inputs = { main: [this.items] };
		const executeData: IExecuteData = { data: inputs, node: this.node, source: null };
		this.run.executionData!.nodeExecutionStack = [executeData];
		const context = new ExecuteContext(
			this.workflow,
			this.node,
			this.additionalData,
			'manual',
			this.run,
			0,
			this.items,
			inputs,
			executeData,
			[],
		);
		[this.output] = await nodeType.execute.call(context);
		return this;
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	private async receive(req: express.Request, res: express.Response): Promise<void> {
		const webhookDescription = nodeType.description.webhooks!.find(
			({ httpMethod }) => httpMethod === req.method,
		);
		if (!webhookDescription) {
			res.sendStatus(404);
			return;
		}
		const context = new WebhookContext(
			this.workflow,
			this.node,
			Object.assign(this.additionalData, { httpRequest: req, httpResponse: res }),
			'manual',
			{ webhookDescription, node: this.node.name } as unknown as IWebhookData,
			[],
			this.run,
		);
		try {
			const result = await nodeType.webhook.call(context);
			if (result.workflowData) this.answers.push(result.workflowData[0]);
			if (!result.noWebhookResponse) res.send(result.webhookResponse);
		} catch (error) {
			// As n8n does: the execution goes on, with an empty item.
			this.answers.push([{ json: {} }]);
			res.status(500).json({ message: String(error) });
		}
	}
}
