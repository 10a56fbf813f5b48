import type { IWebhookDescription } from 'n8n-workflow';

/** Of executions that wait: n8n serves them below the signed link, and nothing is registered anywhere. */
export const waitingWebhooks: IWebhookDescription[] = (['GET', 'POST'] as const).map(
	(httpMethod) => ({
		name: 'default',
		httpMethod,
		responseMode: 'onReceived',
		responseData: '',
		path: '={{ $nodeId }}',
		restartWebhook: true,
		isFullPath: true,
	}),
);
