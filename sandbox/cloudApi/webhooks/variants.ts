import { z } from 'zod';

/**
 * Which of two documented ways the payloads take where the documents contradict each other; the first
 * of each is the default, that of Meta's samples.
 */
export const variantsSchema = z
	.object({
		/** The documents' name of the field, or that of the OpenAPI (providers.md §8). */
		participantsField: z.enum(['group_participants_update', 'group_participant_update']),
		/** `group_participants_add|remove`, or `group_add|remove_participants` (providers.md §8). */
		participantsTypes: z.enum(['documents', 'openApi']),
		/** Unix seconds as text or as number (providers.md §4.5). */
		timestamp: z.enum(['string', 'number']),
		/** In the group, beside it in `value`, or nowhere (providers.md §6.5). */
		initiatedBy: z.enum(['inside', 'outside', 'missing']),
		/** Who a status is of (providers.md §6.4). */
		participantKey: z.enum(['recipient_participant_id', 'participant_recipient_id']),
		/** A status of a group is known by `recipient_type`, or by `group_id` (providers.md §8). */
		statusGroup: z.enum(['recipient_type', 'group_id']),
		/** Settings in objects that say whether they worked, or flat (providers.md §8). */
		settings: z.enum(['nested', 'flat']),
		/** Somebody without number has no `wa_id`, or an empty one (providers.md §4.5.7). */
		missingNumber: z.enum(['left out', 'empty']),
		/** Beside `conversation`, or in it (providers.md §4.5.6). */
		pricing: z.enum(['beside', 'inside']),
		/** Several at once: changes of one entry, an entry each, or messages together in one value. */
		batches: z.enum(['changes', 'entries', 'values']),
		/** Who could not be removed comes with errors, or only the whole does (providers.md §4.5.2). */
		removalErrors: z.enum(['each', 'whole']),
	})
	.strict();

export type Variants = z.infer<typeof variantsSchema>;

export const defaultVariants: Variants = {
	participantsField: 'group_participants_update',
	participantsTypes: 'documents',
	timestamp: 'string',
	initiatedBy: 'inside',
	participantKey: 'recipient_participant_id',
	statusGroup: 'recipient_type',
	settings: 'nested',
	missingNumber: 'left out',
	pricing: 'beside',
	batches: 'changes',
	removalErrors: 'each',
};
