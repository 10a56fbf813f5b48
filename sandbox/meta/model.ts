import type { BusinessNumber } from '../cloudApi/model';

/** What Graph tells of a number, besides what webhooks do. */
export interface MetaNumber extends BusinessNumber {
	/** As Graph writes it; webhooks have the digits only. */
	displayPhone: string;
	verifiedName: string;
}

/** The sandbox's one business, its app and its WhatsApp Business Account; ids are the documents' placeholders. */
export const ACCOUNT = {
	wabaId: '102290129340398',
	wabaName: 'Lucky Shrub',
	businessId: '506914307656634',
	appId: '234567',
	appName: 'Sandbox app',
} as const;

/** Both are Official Business Accounts, unless control says otherwise. */
export const NUMBERS: readonly MetaNumber[] = [
	{
		phone: '15550783881',
		phoneNumberId: '106540352242922',
		displayPhone: '+1 555-078-3881',
		verifiedName: 'Lucky Shrub',
	},
	{
		phone: '15550783882',
		phoneNumberId: '106540352242933',
		displayPhone: '+1 555-078-3882',
		verifiedName: 'Lucky Shrub Events',
	},
];

export const credentials = {
	accessToken: 'EAAsandboxMetaAccessToken',
	appSecret: 'sandbox-meta-app-secret',
	businessAccountId: ACCOUNT.wabaId,
	graphVersion: 'v26.0',
} as const;
