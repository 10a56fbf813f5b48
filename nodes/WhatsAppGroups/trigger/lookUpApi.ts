import type { IWebhookFunctions } from 'n8n-workflow';
import type { Provider } from '../contract/provider';
import { Api } from '../transport/api';
import { Connection } from '../transport/connection';
import { Gate } from '../transport/gate';
import { asText } from '../transport/json';

const concurrency = 5;

/** The account by which the provider is asked; empty for providers without accounts. */
export function accountName(context: IWebhookFunctions, { account }: Provider): string {
	if (!account) return '';
	return asText(context.getNodeParameter(account.parameter, '', { extractValue: true })) ?? '';
}

/** What a delivery needs looked up: once the time is up, nothing is asked again and nothing more is begun. */
export async function lookUpApi(
	context: IWebhookFunctions,
	provider: Provider,
	signal: AbortSignal,
): Promise<Api> {
	const gate = new Gate({ concurrency, delayMs: 0, patienceMs: 0, signal });
	return new Api(await Connection.open(context, provider, gate), accountName(context, provider));
}

/** `null` once the time is up. */
export async function timeUp(signal: AbortSignal): Promise<null> {
	return await new Promise((resolve) => {
		signal.addEventListener('abort', () => resolve(null), { once: true });
	});
}
