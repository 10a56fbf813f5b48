import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { onlyFor } from './descriptions/properties';
import { buildTriggerProperties } from './descriptions/triggerProperties';
import { testCredential } from './methods/credentialTest';
import { searchAccounts } from './methods/listSearch';
import { getGroups } from './methods/loadOptions';
import { receive } from './trigger/receive';
import { webhookMethods } from './trigger/registration';

export class WhatsAppGroupsTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'WhatsApp Groups Trigger',
		name: 'whatsAppGroupsTrigger',
		icon: {
			light: 'file:../../icons/whatsAppGroups.svg',
			dark: 'file:../../icons/whatsAppGroups.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: '={{$parameter["triggerOn"].join(", ")}}',
		description: 'Starts the workflow when something happens in a WhatsApp group',
		eventTriggerDescription: 'Waiting for something to happen in a WhatsApp group',
		activationMessage:
			'From now on, what happens in your WhatsApp groups starts this workflow, once per event.',
		triggerPanel: {
			header: 'Let something happen in a WhatsApp group',
			executionsHelp: {
				inactive:
					'While you build, click <b>Execute step</b>, then let something happen in a group: its event appears here. For that time 360dialog and Sinch send to this editor instead of your published workflow. When it works, <b>publish</b> the workflow.',
				active:
					'While you build, click <b>Execute step</b>, then let something happen in a group. <b>Your workflow also runs by itself</b>, since it is published: see its executions.',
			},
			activationHint:
				'When it works, <b>publish</b> the workflow: it then starts by itself with every event.',
		},
		defaults: { name: 'WhatsApp Groups Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'whatsAppGroups360DialogApi',
				required: true,
				testedBy: 'testCredential',
				displayOptions: onlyFor('dialog360'),
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
		webhooks: [
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'whatsapp-groups' },
		],
		properties: buildTriggerProperties(),
	};

	methods = {
		credentialTest: { testCredential },
		listSearch: { searchAccounts },
		loadOptions: { getGroups },
	};

	webhookMethods = webhookMethods;

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this);
	}
}
