import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { router } from './actions/router';
import { buildProperties, providerCredentials } from './descriptions/properties';
import { testCredential } from './methods/credentialTest';
import { searchAccounts, searchGroups } from './methods/listSearch';

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
		credentials: providerCredentials(),
		properties: buildProperties(),
	};

	methods = { credentialTest: { testCredential }, listSearch: { searchAccounts, searchGroups } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await router(this);
	}
}
