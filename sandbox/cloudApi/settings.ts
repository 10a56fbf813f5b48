import { z } from 'zod';

const delay = z.number().int().min(0).max(600_000);

/** How the Cloud API behaves where its documents differ or leave a choice. */
export const cloudSettings = {
	/** Milliseconds from the answer to a create until the group is there (or the creation has failed). */
	creationDelayMs: delay,
	/** Milliseconds until updates, deletions and removals take effect; 0 is before the answer. */
	changeDelayMs: delay,
	/** Groups that one number may have (providers.md §2.1). */
	groupLimit: z.number().int().min(0),
	/** Creating is refused with 131214. */
	creationDisabled: z.boolean(),
	/** Answers to updates and removals, whose body nobody documents (providers.md §6.1, §8). */
	changeAnswer: z.enum(['varied', 'success', 'requestId', 'empty']),
	/** What the health status says. */
	canSendMessage: z.enum(['AVAILABLE', 'LIMITED', 'BLOCKED']),
	/** Seconds for which the address of a medium is good (providers.md §2.4). */
	mediaLinkSeconds: z.number().int().min(0).max(86_400),
	/** Closed: nobody has written for 24 hours, and what is no template fails with 131047 (providers.md §4.7). */
	serviceWindow: z.enum(['open', 'closed']),
	/** Off: no number is an Official Business Account; every call about groups is 131215. */
	groupsEligible: z.boolean(),
};

export type CloudSettings = z.infer<z.ZodObject<typeof cloudSettings>>;

export const defaultCloudSettings: CloudSettings = {
	creationDelayMs: 300,
	changeDelayMs: 0,
	groupLimit: 10_000,
	creationDisabled: false,
	changeAnswer: 'varied',
	canSendMessage: 'AVAILABLE',
	mediaLinkSeconds: 5 * 60,
	serviceWindow: 'open',
	groupsEligible: true,
};
