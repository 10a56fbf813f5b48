import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import type { ProviderId } from '../contract/provider';
import type { Delivery } from '../contract/delivery';
import { providerOf } from '../providers';
import { answerTo } from './secret';

/** A GET to the webhook URL: some providers ask like that whether it wants their webhooks. */
export async function meetChallenge(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const provider = providerOf(context.getNodeParameter('provider') as ProviderId);
	const answer = await answerTo(context, provider, context.getQueryData() as Delivery['query']);
	const response = context.getResponseObject();
	if (answer !== undefined) response.status(200).type('text/plain').send(answer).end();
	else if (provider.trigger.challenge) response.status(403).json({ message: 'Forbidden' }).end();
	else response.status(404).json({ message: 'Not Found' }).end();
	return { noWebhookResponse: true };
}
