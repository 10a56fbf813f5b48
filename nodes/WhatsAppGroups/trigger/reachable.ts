import { NodeOperationError } from 'n8n-workflow';
import type { IHookFunctions } from 'n8n-workflow';
import type { Provider } from '../contract/provider';
import type { Registration } from '../contract/trigger';

const localHost = /^(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[?::1\]?$|[^.]+$)/i;

/** Refuses an address that the provider cannot call, before it is registered. */
export function checkReachable(
	context: IHookFunctions,
	provider: Provider,
	url: string,
	baseUrl: string,
	{ httpsOnly }: Registration,
): void {
	// A provider on this machine or network, such as WAHA or the sandbox, reaches what n8n reaches.
	if (localHost.test(new URL(baseUrl).hostname)) return;
	const { hostname, protocol, port } = new URL(url);
	const isLocal = localHost.test(hostname);
	const isPlain = httpsOnly && (protocol !== 'https:' || port !== '' || hostname.includes('_'));
	if (!isLocal && !isPlain) return;
	throw new NodeOperationError(
		context.getNode(),
		`${provider.name} cannot reach the webhook URL of this n8n`,
		{
			description: `The URL is ${url}. Set WEBHOOK_URL on the n8n server to its public address${httpsOnly ? ', starting with https:// and without a port or underscore in the host name' : ''}, and restart n8n.`,
		},
	);
}
