import type { ICredentialType, INodeProperties } from 'n8n-workflow';
import { wahaCredentialTest } from '../nodes/WhatsAppGroups/providers/waha/credentialTest';
import { sending } from '../nodes/WhatsAppGroups/transport/authentication';

export class WhatsAppGroupsWahaApi implements ICredentialType {
	name = 'whatsAppGroupsWahaApi';

	displayName = 'WhatsApp Groups (WAHA) API';

	documentationUrl = 'https://github.com/n8n-nodes-whatsapp-groups/n8n-nodes-whatsapp-groups#waha';

	icon = { light: 'file:../icons/waha.svg', dark: 'file:../icons/waha.dark.svg' } as const;

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'http://localhost:3000',
			placeholder: 'e.g. https://waha.example.com',
			description:
				'Address of your WAHA server as n8n reaches it. From inside Docker, localhost is the container itself: use the name of the WAHA service instead.',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'What the server was started with as WAHA_API_KEY, sent as X-Api-Key. Leave it empty if the server has none.',
		},
	];

	authenticate = sending(wahaCredentialTest);
}
