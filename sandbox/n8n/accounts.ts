import type { Sandbox } from '../sandbox';

/** A credential as `n8n import:credentials` takes it. */
export interface ImportedCredential {
	id: string;
	name: string;
	type: string;
	data: Record<string, string>;
}

/** The ids and names by which the examples refer to credentials. */
export const accounts = {
	dialog360: {
		id: 'dialog360-account',
		name: '360dialog account',
		type: 'whatsAppGroups360DialogApi',
	},
	meta: { id: 'meta-account', name: 'Meta account', type: 'whatsAppGroupsMetaApi' },
	sinch: { id: 'sinch-account', name: 'Sinch account', type: 'whatsAppGroupsSinchApi' },
	waha: { id: 'waha-account', name: 'WAHA account', type: 'whatsAppGroupsWahaApi' },
} as const;

/** What a sandbox puts behind `?secret=` of Sinch's webhook URL. */
export const webhookSecret = 'sandbox-webhook-secret';

/** Credentials for the accounts of a sandbox; WAHA's is the server with the given engine. */
export function sandboxCredentials(sandbox: Sandbox, engine = 'WEBJS'): ImportedCredential[] {
	return Object.entries(accounts).map(([provider, account]) => {
		const { baseUrls, credentials } = sandbox.accounts[provider];
		const baseUrl = baseUrls[engine] ?? Object.values(baseUrls)[0];
		const data: Record<string, string> = { ...credentials, baseUrl };
		if (provider === 'sinch') data.webhookSecret = webhookSecret;
		return { ...account, data };
	});
}
