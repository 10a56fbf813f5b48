import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { router } from './actions/router';
import { buildProperties, onlyFor } from './descriptions/properties';
import { testCredential } from './methods/credentialTest';
import { searchAccounts, searchGroups } from './methods/listSearch';
import { respond } from './waiting/respond';
import { waitingWebhooks } from './waiting/webhooks';
import { getTemplateParameters, searchInviteTemplates, searchTemplates } from './methods/templates';

export class WhatsAppGroups implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'WhatsApp Groups',
		name: 'whatsAppGroups',
		icon: {
			light: 'file:../../icons/whatsAppGroups.svg',
			dark: 'file:../../icons/whatsAppGroups.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Create and manage WhatsApp groups through Meta, 360dialog, Sinch or WAHA',
		defaults: { name: 'WhatsApp Groups' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		// Written out: n8n's rules read these lists without running the code.
		credentials: [
			{
				name: 'whatsAppGroups360DialogApi',
				required: true,
				testedBy: 'testCredential',
				displayOptions: onlyFor('dialog360'),
			},
			{
				name: 'whatsAppGroupsMetaApi',
				required: true,
				testedBy: 'testCredential',
				displayOptions: onlyFor('meta'),
			},
			{
				name: 'whatsAppGroupsSinchApi',
				required: true,
				testedBy: 'testCredential',
				displayOptions: onlyFor('sinch'),
			},
			{
				name: 'whatsAppGroupsWahaApi',
				required: true,
				testedBy: 'testCredential',
				displayOptions: onlyFor('waha'),
			},
		],
		webhooks: waitingWebhooks,
		properties: buildProperties(),
	};

	methods = {
		credentialTest: { testCredential },
		listSearch: { searchAccounts, searchGroups, searchInviteTemplates, searchTemplates },
		resourceMapping: { getTemplateParameters },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await router(this);
	}

	/** Called while an execution waits for a response; see Message: Send and Wait for Response. */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return respond(this);
	}
}
