import { z } from 'zod';

const delay = z.number().int().min(0).max(600_000);

/** How this 360dialog behaves where its documents differ or leave a choice. */
export const dialog360SettingsSchema = z
	.object({
		/** Milliseconds from the answer to a create until the group is there (or the creation has failed). */
		creationDelayMs: delay,
		/** Milliseconds until updates, deletions and removals take effect; 0 is before the answer. */
		changeDelayMs: delay,
		/** Groups that one number may have (providers.md §2.1). */
		groupLimit: z.number().int().min(0),
		/** Creating is refused with 131214. */
		creationDisabled: z.boolean(),
		/** A Meta code passed through, or 360dialog's own "endpoint rate limit" (providers.md §2.7). */
		rateLimitError: z.union([
			z.literal(131208),
			z.literal(130429),
			z.literal(131056),
			z.literal('endpoint'),
		]),
		/** Answers to updates and removals, whose body nobody documents (providers.md §6.1, §8). */
		changeAnswer: z.enum(['varied', 'success', 'requestId', 'empty']),
		/** Paths that start like one of these are answered "endpoint is blocked". */
		blockedPaths: z.array(z.string().startsWith('/')),
		/** Everything is answered "API disabled", as for lack of payment. */
		apiDisabled: z.boolean(),
		/** What `GET /health_status` says. */
		canSendMessage: z.enum(['AVAILABLE', 'LIMITED', 'BLOCKED']),
		/** Off: a number that is no Official Business Account; every call to `/groups` is 131215. */
		groupsEligible: z.boolean(),
	})
	.strict();

export type Dialog360Settings = z.infer<typeof dialog360SettingsSchema>;

export const defaultDialog360Settings: Dialog360Settings = {
	creationDelayMs: 300,
	changeDelayMs: 0,
	groupLimit: 10_000,
	creationDisabled: false,
	rateLimitError: 131208,
	changeAnswer: 'varied',
	blockedPaths: [],
	apiDisabled: false,
	canSendMessage: 'AVAILABLE',
	groupsEligible: true,
};
