import { z } from 'zod';
import { cloudSettings, defaultCloudSettings } from '../cloudApi/settings';

/** How this 360dialog behaves where its documents differ or leave a choice. */
export const dialog360SettingsSchema = z
	.object({
		...cloudSettings,
		/** A Meta code passed through, or 360dialog's own "endpoint rate limit" (providers.md §2.7). */
		rateLimitError: z.union([
			z.literal(131208),
			z.literal(130429),
			z.literal(131056),
			z.literal('endpoint'),
		]),
		/** Paths that start like one of these are answered "endpoint is blocked". */
		blockedPaths: z.array(z.string().startsWith('/')),
		/** Everything is answered "API disabled", as for lack of payment. */
		apiDisabled: z.boolean(),
	})
	.strict();

export type Dialog360Settings = z.infer<typeof dialog360SettingsSchema>;

export const defaultDialog360Settings: Dialog360Settings = {
	...defaultCloudSettings,
	rateLimitError: 131208,
	blockedPaths: [],
	apiDisabled: false,
};
