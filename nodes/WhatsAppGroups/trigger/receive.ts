import type {
	IDataObject,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { noteTold } from '../contract/told';
import type { Delivery } from '../contract/delivery';
import type { Provider, ProviderId } from '../contract/provider';
import type { GroupEvent } from '../model';
import { providerOf } from '../providers';
import { asList, asRecord } from '../transport/json';
import { isKept, untilAnswered } from './answer';
import { chosenEvents } from './choice';
import { ownableEvents } from './events';
import { downloadFiles, fileField } from './files';
import { addGroupNames } from './groupNames';
import { memoryOf } from './memory';
import type { Claim } from './memory';
import { isTooDeep } from './nesting';
import { resolvePhones } from './phones';
import { ownData, takeOwnData, triggerKey } from './registered';
import { refusalOf } from './secret';

/** Headers that carry the trigger's own secret, or its proof. */
const secretHeaders =
	/^(x-webhook-secret|x-webhook-hmac|x-webhook-state|x-hub-signature(-256)?|authorization|cookie)$/;

/**
 * A delivery of a provider: verified, read, filtered, freed of duplicates, and put out. n8n answers it,
 * once the execution is saved: an answer from here would come before, and could not be taken back.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const startedAt = Date.now();
	const provider = providerOf(context.getNodeParameter('provider') as ProviderId);
	const options = asRecord(context.getNodeParameter('options', {})) as IDataObject;
	const delivery = readDelivery(context);

	const refusal = await refusalOf(context, provider, delivery);
	if (refusal) return refuse(context, 401, refusal);

	const events = isTooDeep(delivery.body)
		? 'the body is nested too deeply'
		: provider.trigger.parse(delivery);
	if (typeof events === 'string') return refuse(context, 400, events);
	noteTold(events);

	const wanted = events.filter(filterOf(context, options));
	// A test run ends with its first delivery, and may well be tried with an old one.
	const skipsDuplicates = options.skipDuplicates !== false && context.getMode() !== 'manual';
	const memory = skipsDuplicates ? memoryOf(triggerKey(context), ownData(context).seen) : undefined;
	const unseen = wanted.filter(({ deliveryId }) => memory?.has(deliveryId) !== true);
	// Before they are claimed: while a claim is open, repeats of its events wait. Side by side, since each
	// takes up to 3 s.
	await Promise.all([
		options.resolvePhoneNumbers === true && resolvePhones(context, provider, unseen),
		options.includeGroupName === true && addGroupNames(context, provider, unseen),
	]);

	const claim = await memory?.claim(unseen.map(({ deliveryId }) => deliveryId));
	if (claim) remember(context, claim);
	const fresh = claim ? onceEach(unseen, claim) : unseen;
	if (fresh.length === 0) {
		context.logger.debug(
			'WhatsApp Groups Trigger: the delivery holds no event that was asked for',
			{ events: events.map(({ event }) => event) },
		);
		return {};
	}
	// Afterwards: what is a repeat is not downloaded again.
	const files =
		options.downloadFiles === true
			? await downloadFiles(context, provider, fresh, options, startedAt)
			: undefined;
	const items = fresh.map((event) => {
		const item = toItem(provider, event, delivery, options);
		const file = files?.get(event);
		return file ? { ...item, binary: { [fileField(options)]: file } } : item;
	});
	return { workflowData: [items] };
}

/** Saves what was claimed with n8n's answer, and counts it as seen only if that says so. */
function remember(context: IWebhookFunctions, { ids, toSave, settle }: Claim): void {
	const response = context.getResponseObject();
	if (toSave !== undefined) {
		const data = takeOwnData(context);
		void untilAnswered(response, () => {
			data.seen = toSave;
		});
	}
	if (ids.size > 0) void isKept(response).then(settle);
	else settle(true);
}

function onceEach(events: readonly GroupEvent[], { ids }: Claim): GroupEvent[] {
	const left = new Set(ids);
	return events.filter(({ deliveryId }) => left.delete(deliveryId));
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

/** What the user asked for. */
function filterOf(
	context: IWebhookFunctions,
	options: IDataObject,
): (event: GroupEvent) => boolean {
	const names = new Set(chosenEvents(context.getNodeParameter('triggerOn', []), options));
	const groups =
		context.getNodeParameter('groupScope', 'all') === 'chosen'
			? new Set(asList(context.getNodeParameter('groups', [])))
			: undefined;
	const ignored = new Set(options.ignoreOwnMessages === false ? [] : ownableEvents);
	return ({ event, group, message }) =>
		names.has(event) &&
		!(ignored.has(event) && message?.fromMe === true) &&
		(groups === undefined || groups.has(group.id));
}

/** In the order in which a person reads it: what happened where, who, and the rest. */
function toItem(
	provider: Provider,
	event: GroupEvent,
	delivery: Delivery,
	options: IDataObject,
): INodeExecutionData {
	const { event: name, group, timestamp, deliveryId, ...rest } = event;
	const { account, actor, participants, message, ...others } = rest;
	const applying = Object.entries({ account, actor, participants, message, ...others }).filter(
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
