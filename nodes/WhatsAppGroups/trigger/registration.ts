import { randomBytes } from 'node:crypto';
import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, IHookFunctions } from 'n8n-workflow';
import { howToChoose } from '../contract/provider';
import type { Provider, ProviderId } from '../contract/provider';
import type { Registered, Wanted } from '../contract/trigger';
import { providerOf } from '../providers';
import { Api } from '../transport/api';
import { Connection } from '../transport/connection';
import { checkInput } from '../transport/errors';
import { asRecord, asText } from '../transport/json';
import { checkChoice, chosenEvents } from './choice';
import { freeMemory } from './memory';
import { checkReachable } from './reachable';
import { takeOwnData, triggerKey } from './registered';
import type { TriggerData } from './registered';

async function checkExists(this: IHookFunctions): Promise<boolean> {
	const registered = dataOf(this);
	const provider = chosenProvider(this);
	const { registration } = provider.trigger;
	const secret = await credentialSecret(this, provider);
	const wanted = wantedBy(this, registered, secret);
	if (!registration) return true;
	if (registered.url !== wanted.url) return false;
	return await registration.isSet(await openApi(this, provider), wanted, registered);
}

async function create(this: IHookFunctions): Promise<boolean> {
	const registered = dataOf(this);
	const provider = chosenProvider(this);
	const { registration } = provider.trigger;
	if (!registration) return true;
	const secret = await credentialSecret(this, provider);
	const wanted = wantedBy(this, registered, secret);
	const api = await openApi(this, provider);
	checkReachable(this, provider, wanted.url, api.baseUrl, registration);
	const notes = await registration.set(api, wanted, registered);
	registered.url = wanted.url;
	if (secret === undefined) registered.secret = wanted.secret;
	for (const note of notes) {
		const { id } = this.getWorkflow();
		this.logger.warn(`WhatsApp Groups Trigger: ${note}`, {
			workflowId: id,
			node: this.getNode().name,
		});
	}
	return true;
}

/**
 * The secret stays: n8n deletes and creates again whenever a workflow is saved. An error shows up where
 * a workflow was unpublished; after a test run it must not be thrown: n8n calls this when the run could
 * not even start, leaves its list of test webhooks broken if it throws, and from then on no webhook of
 * the whole instance can be tested.
 */
async function remove(this: IHookFunctions): Promise<boolean> {
	const isTest = isTestRun(this);
	if (!isTest) {
		await takeBack(this, isTest);
		return true;
	}
	try {
		await takeBack(this, isTest);
		return true;
	} catch (error) {
		this.logger.warn('WhatsApp Groups Trigger could not take back the webhook of a test run', {
			reason: error instanceof Error ? error.message : String(error),
		});
		return false;
	}
}

async function takeBack(context: IHookFunctions, isTest: boolean): Promise<void> {
	const registered = takeOwnData(context);
	if (!isTest) {
		const seen = freeMemory(triggerKey(context));
		if (seen !== undefined) registered.seen = seen;
	}
	const provider = chosenProvider(context);
	const { registration } = provider.trigger;
	if (!registration) return;
	const current = webhookUrl(context);
	// What a failed test run finds here is what the published workflow has registered.
	const urls = isTest || !registered.url ? [current] : [registered.url, current];
	// To take back, none is needed: what was registered must not outlast the secret.
	const secret = (await secretIn(context, provider)) ?? registered.secret ?? '';
	await registration.remove(await openApi(context, provider), urls, registered, secret);
	if (isTest && registered.url !== current) return;
	delete registered.url;
	delete registered.previous;
}

/** What n8n calls when a workflow is published, changed or unpublished, and around a test run. */
export const webhookMethods = { default: { checkExists, create, delete: remove } };

/**
 * n8n says only at the start of a test run that it is one. A test run works on a copy of the static data
 * that is thrown away, so that the note is there when it ends, and never in a published workflow.
 */
function dataOf(context: IHookFunctions): TriggerData {
	const registered = takeOwnData(context);
	if (context.getActivationMode() === 'manual') registered.isTest = true;
	else delete registered.isTest;
	return registered;
}

function isTestRun(context: IHookFunctions): boolean {
	return (
		(context.getWorkflowStaticData('node') as TriggerData).isTest === true ||
		webhookUrl(context).includes('/webhook-test/')
	);
}

function wantedBy(
	context: IHookFunctions,
	registered: Registered,
	fromCredential: string | undefined,
): Wanted {
	const options = asRecord(context.getNodeParameter('options', {})) as IDataObject;
	const events = chosenEvents(context.getNodeParameter('triggerOn', []), options);
	checkChoice(context, events);
	return {
		url: webhookUrl(context),
		secret: fromCredential ?? registered.secret ?? randomBytes(32).toString('hex'),
		events,
		ownMessages: options.ignoreOwnMessages === false,
		wholeAccount: options.wholeAccount === true,
		replacesOther: options.replaceOther === true,
		isTest: context.getActivationMode() === 'manual',
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
		? (asText(context.getNodeParameter(account.parameter, '', { extractValue: true }))?.trim() ??
			'')
		: '';
	if (account && name === '') {
		throw new NodeOperationError(context.getNode(), `'${account.field.displayName}' is empty`, {
			description: howToChoose(account),
		});
	}
	const id = checkInput(context.getNode(), () => account?.read?.(name) ?? name);
	return new Api(await Connection.open(context, provider), id);
}

/** Where the provider's secret is one of the credential: without it anybody could send deliveries. */
async function credentialSecret(
	context: IHookFunctions,
	provider: Provider,
): Promise<string | undefined> {
	const { credentialSecret: source } = provider.trigger;
	const secret = await secretIn(context, provider);
	if (!source || secret !== '') return secret;
	const { message, description } = source.missing;
	throw new NodeOperationError(context.getNode(), message, { description });
}

/** Empty where it is missing; nothing where the credential has none. */
async function secretIn(
	context: IHookFunctions,
	{ credentialName, trigger }: Provider,
): Promise<string | undefined> {
	return trigger.credentialSecret?.of(await context.getCredentials(credentialName));
}
