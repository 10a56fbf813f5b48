import type { ICredentialType, INodeProperties } from 'n8n-workflow';
import { dialog360CredentialTest } from '../nodes/WhatsAppGroups/providers/dialog360/credentialTest';
import { sending } from '../nodes/WhatsAppGroups/transport/authentication';

export class WhatsAppGroups360DialogApi implements ICredentialType {
	name = 'whatsAppGroups360DialogApi';

	displayName = 'WhatsApp Groups (360dialog) API';

	documentationUrl =
		'https://github.com/n8n-nodes-whatsapp-groups/n8n-nodes-whatsapp-groups#360dialog';

	icon = {
		light: 'file:../icons/dialog360.svg',
		dark: 'file:../icons/dialog360.dark.svg',
	} as const;

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'Key of the one phone number whose groups you manage, sent as D360-API-KEY. Generate it in the 360dialog Hub, in the details of the number.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://waba-v2.360dialog.io',
			placeholder: 'e.g. https://waba-v2.360dialog.io',
			description: 'Address of the API. Change it only to use a proxy or the sandbox.',
		},
	];

	authenticate = sending(dialog360CredentialTest);
}
