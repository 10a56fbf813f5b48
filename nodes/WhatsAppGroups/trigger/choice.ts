import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, IHookFunctions } from 'n8n-workflow';
import type { EventName } from '../model';
import { asList } from '../transport/json';
import { statusEvents } from './events';

/** The events that the user chose, with the statuses when the option asks for them. */
export function chosenEvents(triggerOn: unknown, options: IDataObject): EventName[] {
	const chosen = asList(triggerOn) as EventName[];
	return options.includeMessageStatuses === true ? [...chosen, ...statusEvents] : chosen;
}

/** Refuses a choice with which nothing could ever start the workflow. */
export function checkChoice(context: IHookFunctions, events: readonly EventName[]): void {
	if (events.length === 0) {
		throw new NodeOperationError(context.getNode(), "'Trigger On' is empty", {
			description: 'Choose at least one event that is to start the workflow.',
		});
	}
	const isChosen = context.getNodeParameter('groupScope', 'all') === 'chosen';
	if (isChosen && asList(context.getNodeParameter('groups', [])).length === 0) {
		throw new NodeOperationError(context.getNode(), "'Group Names or IDs' is empty", {
			description: "Choose at least one group, or set 'Groups' to All.",
		});
	}
}
