import type {
	IDataObject,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import type { GroupEvent } from '../model';
import { providerOf } from '../providers';
import type { Provider, ProviderId } from '../contract/provider';
import { asList, asRecord, asText } from '../transport/json';
import { Api } from '../transport/api';
import { Connection } from '../transport/connection';
import { addGroupNames } from './groupNames';
import { isTooDeep } from './nesting';
import type { Delivery } from '../contract/delivery';
import { takeNew } from './duplicates';
import { chosenEvents } from './registration';

/** Headers that carry the trigger's own secret, or its proof. */
const secretHeaders = /^(x-webhook-secret|x-webhook-hmac|authorization|cookie)$/;

/** A delivery of a provider: verified, read, filtered, freed of duplicates, and put out. */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const provider = providerOf(context.getNodeParameter('provider') as ProviderId);
	const options = asRecord(context.getNodeParameter('options', {})) as IDataObject;
	const delivery = readDelivery(context);

	const refusal = provider.trigger.verify(delivery, await expectedSecret(context, provider));
	if (refusal) return refuse(context, 401, refusal);

	const events = isTooDeep(delivery.body)
		? 'the body is nested too deeply'
		: provider.trigger.parse(delivery);
	if (typeof events === 'string') return refuse(context, 400, events);

	const wanted = events.filter((event) => isWanted(context, options, event));
	const fresh = options.skipDuplicates === false ? wanted : withoutDuplicates(context, wanted);
	if (fresh.length === 0) {
		context.logger.debug(
			'WhatsApp Groups Trigger: the delivery holds no event that was asked for',
			{
				events: events.map(({ event }) => event),
			},
		);
		return {};
	}
	if (options.resolvePhoneNumbers === true) await resolvePhones(context, provider, fresh);
	if (options.includeGroupName === true) await addGroupNames(context, provider, fresh);
	return answered(
		context,
		fresh.map((event) => toItem(provider, event, delivery, options)),
	);
}

/**
 * Answers before the workflow starts: Sinch waits 200 ms only, and n8n saves the static data, which
 * remembers duplicates, at this moment. It does not when it answers after the start, since the
 * execution shares the data and clears the mark that it has changed.
 */
function answered(context: IWebhookFunctions, items: INodeExecutionData[]): IWebhookResponseData {
	context.getResponseObject().status(200).json({ message: 'Workflow was started' }).end();
	return { noWebhookResponse: true, workflowData: [items] };
}

function readDelivery(context: IWebhookFunctions): Delivery {
	const { rawBody } = context.getRequestObject();
	return {
		headers: context.getHeaderData() as Delivery['headers'],
		query: context.getQueryData() as Delivery['query'],
		body: context.getBodyData(),
		rawBody: rawBody ?? Buffer.alloc(0),
	};
}

async function expectedSecret(context: IWebhookFunctions, provider: Provider): Promise<string> {
	if (provider.trigger.registration) {
		return asText(context.getWorkflowStaticData('node').secret) ?? '';
	}
	return asText((await context.getCredentials(provider.credentialName)).webhookSecret) ?? '';
}

/** n8n would send an object returned from here with status 200, so the response is written directly. */
function refuse(
	context: IWebhookFunctions,
	status: 400 | 401,
	reason: string,
): IWebhookResponseData {
	context.logger.warn(`WhatsApp Groups Trigger refused a delivery: ${reason}`, {
		status,
		workflowId: context.getWorkflow().id,
		node: context.getNode().name,
	});
	const message = status === 401 ? 'Unauthorized' : 'Bad Request';
	context.getResponseObject().status(status).json({ message }).end();
	return { noWebhookResponse: true };
}

function isWanted(context: IWebhookFunctions, options: IDataObject, event: GroupEvent): boolean {
	const events = chosenEvents(context.getNodeParameter('triggerOn', []), options);
	if (!events.includes(event.event)) return false;
	if (
		options.ignoreOwnMessages !== false &&
		event.event === 'message.received' &&
		event.message?.fromMe
	) {
		return false;
	}
	if (context.getNodeParameter('groupScope', 'all') !== 'chosen') return true;
	return asList(context.getNodeParameter('groups', [])).includes(event.group.id);
}

function withoutDuplicates(context: IWebhookFunctions, events: GroupEvent[]): GroupEvent[] {
	const trigger = `${context.getWorkflow().id} ${context.getNode().id} ${context.getMode()}`;
	const fresh = takeNew(
		trigger,
		context.getWorkflowStaticData('node'),
		events.map(({ deliveryId }) => deliveryId),
	);
	return events.filter(({ deliveryId }) => fresh.delete(deliveryId));
}

/** Fills in phone numbers that the provider can look up; one that it cannot stays `null`. */
async function resolvePhones(context: IWebhookFunctions, provider: Provider, events: GroupEvent[]) {
	const { resolvePhone } = provider.trigger;
	if (!resolvePhone) return;
	const { account } = provider;
	const name = account
		? context.getNodeParameter(account.parameter, '', { extractValue: true })
		: '';
	const api = new Api(await Connection.open(context, provider), asText(name) ?? '');
	const people = events
		.flatMap(({ actor, participants }) => [...(actor ? [actor] : []), ...(participants ?? [])])
		.filter(({ phone }) => phone === null);
	const phones = new Map<string, string | null>();
	try {
		await api.each([...new Set(people.map(({ id }) => id))], async (id) => {
			phones.set(id, await resolvePhone(api, id));
		});
	} catch (error) {
		// The event itself is worth more than the number: it goes on without.
		context.logger.warn('WhatsApp Groups Trigger could not look up phone numbers', {
			reason: error instanceof Error ? error.message : String(error),
		});
	}
	for (const person of people) person.phone = phones.get(person.id) ?? null;
}

/** In the order in which a person reads it: what happened where, who, and the rest. */
function toItem(
	provider: Provider,
	event: GroupEvent,
	delivery: Delivery,
	options: IDataObject,
): INodeExecutionData {
	const { event: name, group, timestamp, deliveryId, ...rest } = event;
	const { actor, participants, message, ...others } = rest;
	const applying = Object.entries({ actor, participants, message, ...others }).filter(
		([, value]) => value !== null,
	);
	const json: IDataObject = {
		event: name,
		group,
		...Object.fromEntries(applying),
		timestamp,
		provider: provider.id,
		deliveryId,
	};
	if (options.includeHeaders === true) {
		json.headers = Object.fromEntries(
			Object.entries(delivery.headers).filter(([name]) => !secretHeaders.test(name)),
		);
	}
	if (options.includeRawPayload === true) json.rawPayload = delivery.body as IDataObject;
	return { json };
}
