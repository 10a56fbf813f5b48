import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import type { Registered } from '../contract/trigger';

/** The static data of a trigger: what is registered, and the events that it has seen. */
export interface TriggerData extends Registered {
	/** Whose data it is; see `ownData`. */
	owner?: string;
	/** Events, as `EventMemory` writes them. */
	seen?: string;
	/** In the copy of a test run. */
	isTest?: boolean;
}

/**
 * What the trigger itself has stored. Exports, backups and copies of workflows carry the static data
 * along: what another instance or workflow has registered is not for this one to change or take back.
 */
export function ownData(context: IHookFunctions | IWebhookFunctions): TriggerData {
	const data = context.getWorkflowStaticData('node') as TriggerData & IDataObject;
	const owner = `${context.getInstanceId()} ${context.getWorkflow().id}`;
	return data.owner === owner ? data : {};
}

/** The same for writing: what belongs to somebody else is forgotten. */
export function takeOwnData(context: IHookFunctions | IWebhookFunctions): TriggerData {
	const data = context.getWorkflowStaticData('node') as TriggerData & IDataObject;
	const owner = `${context.getInstanceId()} ${context.getWorkflow().id}`;
	if (data.owner === owner) return data;
	for (const key of Object.keys(data)) delete data[key];
	data.owner = owner;
	return data;
}

/** By which the memory of a trigger is found in this process. */
export function triggerKey(context: IHookFunctions | IWebhookFunctions): string {
	return `${context.getWorkflow().id} ${context.getNode().id}`;
}
