import { randomUUID } from 'node:crypto';
import type { Router } from 'express';
import { z } from 'zod';
import { phoneDigits } from '../shared/people';
import { SinchError } from './errors';
import { messageSchema } from './message';
import { bodyOf, jsonBody } from './request';
import type { SinchSettings } from './settings';
import { isOwn, type SinchWorld } from './world';

const destinationSchema = z.object({
	destination: z.string().min(1, 'must not be empty'),
	recipientType: z.enum(['group', 'individual']).default('individual'),
	correlationId: z.string().optional(),
});

const sendBody = z.object({
	destinations: z.array(destinationSchema).min(1, 'must not be empty'),
	message: messageSchema,
	campaignAlias: z.string().optional(),
	flowId: z.string().optional(),
	defaultExtraInfo: z.string().optional(),
});

/** Sending to people and groups (providers.md §1.3). */
export function addSendRoute(
	router: Router,
	world: SinchWorld,
	settings: () => SinchSettings,
): void {
	router.post('/v1/whatsapp/send', jsonBody, (request, response) => {
		const { destinations, message, campaignAlias, flowId } = bodyOf(request, sendBody);
		// All are checked before the first is sent.
		const recipients = destinations.map((named) => ({
			named,
			destination: recipientOf(world, named),
		}));
		const sent = recipients.map(({ named, destination }) => {
			const { recipientType, correlationId } = named;
			const id = randomUUID();
			world.send({
				id,
				destination,
				recipientType,
				correlationId,
				campaignAlias,
				flowId,
				message,
			});
			return { id, correlationId, destination: named.destination };
		});
		const { sendAnswerId, sendAnswerList } = settings();
		response.json({ [sendAnswerId]: randomUUID(), [sendAnswerList]: sent });
	});
}

/**
 * A group's id or a number's digits. Without `recipientType` a destination is a person, so a group's
 * id is then not a valid one.
 *
 * Assumed: refused at once with 400, for the whole call; status 202 by callback is the other way
 * that the documents leave open (providers.md §1.3, §1.5).
 */
function recipientOf(
	world: SinchWorld,
	{ destination, recipientType }: z.infer<typeof destinationSchema>,
): string {
	if (recipientType === 'group') {
		const group = world.find(destination);
		if (group !== undefined && isOwn(group)) return group.id;
		throw new SinchError(400, `Invalid destination: ${destination} is no group of yours.`);
	}
	const digits = phoneDigits(destination);
	if (digits !== null) return digits;
	throw new SinchError(400, `Invalid destination: ${destination} is no phone number.`);
}
