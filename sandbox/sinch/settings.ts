import { z } from 'zod';

/** How this Sinch behaves where its documents differ or leave a choice. */
export const sinchSettingsSchema = z
	.object({
		/** Groups with nobody else in them and nothing sent that one account may have. */
		unusedGroupLimit: z.number().int().min(0),
		/** Editions of the documents spell the answer to a send differently (providers.md §6.8). */
		sendAnswerId: z.enum(['Id', 'id']),
		sendAnswerList: z.enum(['destination', 'destinations']),
		/** Both are documented for rate limits (providers.md §1.1). */
		rateLimitStatus: z.union([z.literal(420), z.literal(429)]),
	})
	.strict();

export type SinchSettings = z.infer<typeof sinchSettingsSchema>;

/** Assumed: 100 unused groups; the real limit is not published (providers.md §1.2). */
export const defaultSinchSettings: SinchSettings = {
	unusedGroupLimit: 100,
	sendAnswerId: 'Id',
	sendAnswerList: 'destination',
	rateLimitStatus: 429,
};
