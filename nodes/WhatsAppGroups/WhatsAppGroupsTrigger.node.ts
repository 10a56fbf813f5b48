import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { providerCredentials } from './descriptions/properties';
import { buildTriggerProperties } from './descriptions/triggerProperties';
import { testCredential } from './methods/credentialTest';
import { searchAccounts } from './methods/listSearch';
import { getGroups } from './methods/loadOptions';
import { meetChallenge } from './trigger/challenge';
import { receive } from './trigger/receive';
import { webhookMethods } from './trigger/registration';
import { getUrlEnding } from './trigger/urlEnding';

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
			'From now on, what happens in your WhatsApp groups starts this workflow, once per event. At Sinch that begins when its support has registered the webhook URL.',
		triggerPanel: {
			header: 'Let something happen in a WhatsApp group',
			executionsHelp: {
				inactive:
					'While you build, click <b>Execute step</b>, then let something happen in a group: its event appears here. For that time 360dialog and Meta send to this editor instead of a published workflow. Sinch sends to the published URL only: <b>publish</b> the workflow, let something happen, and copy the execution into the editor. When it works, <b>publish</b> the workflow.',
				active:
					'While you build, click <b>Execute step</b>, then let something happen in a group. For that time 360dialog and Meta send to this editor instead of your published workflow; Sinch does not send to the editor: open an execution and <b>copy it to the editor</b>. <b>Your workflow also runs by itself</b>, since it is published: see its executions.',
			},
			activationHint:
				'When it works, <b>publish</b> the workflow: it then starts by itself with every event.',
		},
		defaults: { name: 'WhatsApp Groups Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: providerCredentials(),
		webhooks: [
			// First, since a provider may call it while it is told of the other one.
			{
				name: 'setup',
				httpMethod: 'GET',
				responseMode: 'onReceived',
				path: 'whatsapp-groups',
				ndvHideUrl: true,
			},
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'whatsapp-groups' },
		],
		properties: buildTriggerProperties(),
	};

	methods = {
		credentialTest: { testCredential },
		listSearch: { searchAccounts },
		loadOptions: { getGroups, getUrlEnding },
	};

	webhookMethods = webhookMethods;

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		if (this.getWebhookName() === 'setup') return await meetChallenge(this);
		return await receive(this);
	}
}
