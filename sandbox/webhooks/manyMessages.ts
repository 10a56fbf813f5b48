import { z } from 'zod';
import { waIdSchema } from '../shared/people';

/**
 * Body of `POST …/groups/:groupId/messages`, many texts at once: `{ count, phone?, text? }`. Without
 * `phone` the members write in turn; the texts are numbered from 1.
 */
export const manyMessagesSchema = z
	.object({
		count: z.number().int().min(1).max(10_000),
		phone: waIdSchema.optional(),
		text: z.string().min(1).default('Message'),
	})
	.strict();

/** Where the provider reports several in one delivery: at most so many together, one by one without it. */
export const batchedMessagesSchema = manyMessagesSchema.extend({
	perDelivery: z.number().int().min(1).max(1000).default(1),
});

/** Who writes what, in order. */
export function manyMessages<Member>(
	{ count, text }: z.output<typeof manyMessagesSchema>,
	writers: readonly Member[],
): Array<{ writer: Member; text: string }> {
	return Array.from({ length: count }, (_, i) => ({
		writer: writers[i % writers.length],
		text: `${text} ${i + 1}`,
	}));
}
