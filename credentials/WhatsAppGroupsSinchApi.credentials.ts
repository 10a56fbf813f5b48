import type { ICredentialType, INodeProperties } from 'n8n-workflow';
import { sinchCredentialTest } from '../nodes/WhatsAppGroups/providers/sinch/credentialTest';
import { sending } from '../nodes/WhatsAppGroups/transport/authentication';

export class WhatsAppGroupsSinchApi implements ICredentialType {
	name = 'whatsAppGroupsSinchApi';

	displayName = 'WhatsApp Groups (Sinch) API';

	documentationUrl =
		'https://github.com/n8n-nodes-whatsapp-groups/n8n-nodes-whatsapp-groups#sinch-wavy';

	icon = { light: 'file:../icons/sinch.svg', dark: 'file:../icons/sinch.dark.svg' } as const;

	properties: INodeProperties[] = [
		{
			displayName: 'User Name',
			name: 'userName',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. name@example.com',
			description: 'Login name or email address of your account at the Sinch Messaging platform',
		},
		{
			displayName: 'Authentication Token',
			name: 'authenticationToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'Token that the Sinch Messaging platform shows for your user, under your account settings; Sinch support can issue one as well',
		},
		{
			displayName: 'Webhook Secret',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Needed by the trigger only: a long random text of your own. Give Sinch support the webhook URL with ?secret= and this text at its end.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://api-messaging.wavy.global',
			placeholder: 'e.g. https://api-messaging.wavy.global',
			description: 'Address of the API. Change it only to use a proxy or the sandbox.',
		},
	];

	authenticate = sending(sinchCredentialTest);
}
