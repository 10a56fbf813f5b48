import type { ICredentialType, INodeProperties } from 'n8n-workflow';
import { metaCredentialTest } from '../nodes/WhatsAppGroups/providers/meta/credentialTest';
import { defaultVersion } from '../nodes/WhatsAppGroups/providers/meta/version';
import { sending } from '../nodes/WhatsAppGroups/transport/authentication';

export class WhatsAppGroupsMetaApi implements ICredentialType {
	name = 'whatsAppGroupsMetaApi';

	displayName = 'WhatsApp Groups (Meta Cloud) API';

	documentationUrl =
		'https://github.com/n8n-nodes-whatsapp-groups/n8n-nodes-whatsapp-groups#meta-cloud-api';

	icon = { light: 'file:../icons/meta.svg', dark: 'file:../icons/meta.dark.svg' } as const;

	properties: INodeProperties[] = [
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'Token of a system user with the permissions whatsapp_business_messaging and whatsapp_business_management, from Meta Business Settings. One from the App Dashboard expires within a day.',
		},
		{
			displayName: 'WhatsApp Business Account ID',
			name: 'businessAccountId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 102290129340398',
			description: 'WhatsApp Manager shows it under Account tools; it is not the ID of the app',
		},
		{
			displayName: 'App Secret',
			name: 'appSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Needed by the trigger only, to check that webhooks come from Meta. The App Dashboard shows it under App settings > Basic.',
		},
		{
			displayName: 'Graph API Version',
			name: 'graphVersion',
			type: 'string',
			required: true,
			default: defaultVersion,
			placeholder: `e.g. ${defaultVersion}`,
			description: 'Version of the Graph API. Meta serves each for about two years.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://graph.facebook.com',
			placeholder: 'e.g. https://graph.facebook.com',
			description: 'Address of the API. Change it only to use a proxy or the sandbox.',
		},
	];

	authenticate = sending(metaCredentialTest);
}
