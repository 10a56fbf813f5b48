import type { IWebhookFunctions } from 'n8n-workflow';
import type { Delivery } from '../contract/delivery';
import type { Provider } from '../contract/provider';
import { ownData } from './registered';

/** Why a delivery cannot be trusted; nothing when it can. */
export async function refusalOf(
	context: IWebhookFunctions,
	provider: Provider,
	delivery: Delivery,
): Promise<string | undefined> {
	const { verify, credentialSecret } = provider.trigger;
	if (!credentialSecret) return verify(delivery, ownData(context).secret ?? '');

	const known = cached(context, provider);
	if (known !== undefined && verify(delivery, known) === undefined) return undefined;
	return verify(delivery, await read(context, provider));
}

/** The answer to a provider that asks whether the URL wants its webhooks; nothing when it may not know. */
export async function answerTo(
	context: IWebhookFunctions,
	provider: Provider,
	query: Delivery['query'],
): Promise<string | undefined> {
	const { challenge, credentialSecret } = provider.trigger;
	if (!challenge) return undefined;
	if (!credentialSecret) return challenge(query, ownData(context).secret ?? '');

	const known = cached(context, provider);
	const answer = known === undefined ? undefined : challenge(query, known);
	return answer ?? challenge(query, await read(context, provider));
}

/**
 * n8n takes 15 to 45 ms of CPU to decrypt a credential for a webhook, about as much as for all the rest
 * of a delivery. So it is read once a minute, and whenever a delivery does not match, as after a change.
 */
const freshMs = 60_000;

const secrets = new Map<string, { value: string; readAt: number }>();

function cached(context: IWebhookFunctions, provider: Provider): string | undefined {
	const entry = secrets.get(keyOf(context, provider));
	return entry && Date.now() - entry.readAt < freshMs ? entry.value : undefined;
}

/** Reads that are under way: many deliveries at once need one. */
const reading = new Map<string, Promise<string>>();

async function read(context: IWebhookFunctions, provider: Provider): Promise<string> {
	const key = keyOf(context, provider);
	const underWay = reading.get(key);
	if (underWay) return await underWay;
	const secret = readAnew(context, provider);
	reading.set(key, secret);
	try {
		return await secret;
	} finally {
		reading.delete(key);
	}
}

async function readAnew(context: IWebhookFunctions, provider: Provider): Promise<string> {
	const readAt = Date.now();
	for (const [key, entry] of secrets) {
		if (readAt - entry.readAt >= freshMs) secrets.delete(key);
	}
	const credential = await context.getCredentials(provider.credentialName);
	const value = provider.trigger.credentialSecret?.of(credential) ?? '';
	secrets.set(keyOf(context, provider), { value, readAt });
	return value;
}

function keyOf(context: IWebhookFunctions, { credentialName }: Provider): string {
	const node = context.getNode();
	return [context.getWorkflow().id, node.id, node.credentials?.[credentialName]?.id].join(' ');
}
