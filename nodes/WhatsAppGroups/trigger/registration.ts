import { randomBytes } from 'node:crypto';
import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, IHookFunctions } from 'n8n-workflow';
import type { EventName } from '../model';
import type { Registered, Registration, Wanted } from '../contract/trigger';
import { providerOf } from '../providers';
import type { Provider, ProviderId } from '../contract/provider';
import { asList, asRecord, asText } from '../transport/json';
import { Api } from '../transport/api';
import { Connection } from '../transport/connection';
import { statusEvents } from './events';

async function checkExists(this: IHookFunctions): Promise<boolean> {
	const provider = chosenProvider(this);
	const { registration } = provider.trigger;
	if (!registration) {
		await checkManualSecret(this, provider);
		return true;
	}
	const registered = this.getWorkflowStaticData('node') as Registered;
	const wanted = wantedBy(this, registered);
	if (registered.url !== wanted.url) return false;
	return await registration.isSet(await openApi(this, provider), wanted, registered);
}

async function create(this: IHookFunctions): Promise<boolean> {
	const provider = chosenProvider(this);
	const { registration } = provider.trigger;
	if (!registration) return true;
	const registered = this.getWorkflowStaticData('node') as Registered;
	const wanted = wantedBy(this, registered);
	const api = await openApi(this, provider);
	checkReachable(this, provider, wanted.url, api.baseUrl, registration);
	await registration.set(api, wanted, registered);
	registered.url = wanted.url;
	registered.secret = wanted.secret;
	return true;
}

/** The secret stays: n8n deletes and creates again whenever a workflow is saved. */
async function remove(this: IHookFunctions): Promise<boolean> {
	const provider = chosenProvider(this);
	const { registration } = provider.trigger;
	if (!registration) return true;
	const registered = this.getWorkflowStaticData('node') as Registered;
	const url = registered.url ?? webhookUrl(this);
	await registration.remove(await openApi(this, provider), url, registered);
	delete registered.url;
	delete registered.previous;
	return true;
}

/** What n8n calls when a workflow is published, changed or unpublished, and around a test run. */
export const webhookMethods = { default: { checkExists, create, delete: remove } };

/** The events that the user chose, with the statuses when the option asks for them. */
export function chosenEvents(triggerOn: unknown, options: IDataObject): EventName[] {
	const chosen = asList(triggerOn) as EventName[];
	return options.includeMessageStatuses === true ? [...chosen, ...statusEvents] : chosen;
}

function wantedBy(context: IHookFunctions, registered: Registered): Wanted {
	const options = asRecord(context.getNodeParameter('options', {})) as IDataObject;
	const events = chosenEvents(context.getNodeParameter('triggerOn', []), options);
	if (events.length === 0) {
		throw new NodeOperationError(context.getNode(), "'Trigger On' is empty", {
			description: 'Choose at least one event that is to start the workflow.',
		});
	}
	return {
		url: webhookUrl(context),
		secret: registered.secret ?? randomBytes(32).toString('hex'),
		events,
		ownMessages: options.ignoreOwnMessages === false,
	};
}

function webhookUrl(context: IHookFunctions): string {
	return context.getNodeWebhookUrl('default') ?? '';
}

function chosenProvider(context: IHookFunctions): Provider {
	return providerOf(context.getNodeParameter('provider') as ProviderId);
}

async function openApi(context: IHookFunctions, provider: Provider): Promise<Api> {
	const { account } = provider;
	const name = account
		? (asText(context.getNodeParameter(account.parameter, '', { extractValue: true })) ?? '')
		: '';
	if (account && name.trim() === '') {
		throw new NodeOperationError(context.getNode(), `'${account.field.displayName}' is empty`, {
			description: 'Choose it from the list, or enter its name.',
		});
	}
	return new Api(await Connection.open(context, provider), name.trim());
}

/** Sinch signs nothing, so that a secret in the URL is all there is (providers.md §1.5). */
async function checkManualSecret(context: IHookFunctions, provider: Provider): Promise<void> {
	const credential = await context.getCredentials(provider.credentialName);
	if (asText(credential.webhookSecret) !== null) return;
	throw new NodeOperationError(context.getNode(), "'Webhook Secret' in the credential is empty", {
		description:
			'Enter a long random text there, and give Sinch support the webhook URL with ?secret= and that text at its end.',
	});
}

const localHost = /^(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[?::1\]?$|[^.]+$)/i;

/** Refuses an address that the provider cannot call, before it is registered. */
function checkReachable(
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
