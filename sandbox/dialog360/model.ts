/** Business and number of the sandbox's one account; ids are the documents' placeholders. */
export const ACCOUNT = {
	phone: '15550783881',
	phoneNumberId: '106540352242922',
	wabaId: '102290129340398',
	businessId: '506914307656634',
	appId: '234567',
} as const;

export const credentials = { apiKey: 'sandbox-dialog360-key' } as const;
