import type { Router } from 'express';
import { z } from 'zod';
import { changeAnswer } from './changeAnswer';
import { MetaError } from './errors';
import { type Group, MAX_PARTICIPANTS, type Person } from './model';
import { activeGroup, bodyOf, groupIdIn, jsonBody, messagingProduct } from './request';
import type { CloudService } from './service';

/**
 * A phone number with or without plus, or a business-scoped user id (providers.md §4.5.7): letters and
 * digits after the country, and ENT before them where it is the parent's [F].
 */
const user = z
	.string()
	.regex(
		/^(\+?\d{7,15}|[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]+)$/,
		'must be a phone number or a WhatsApp id',
	);

const removeBody = z.object({
	...messagingProduct,
	participants: z.array(z.object({ user })).min(1, 'must not be empty'),
});

/** Removing participants (providers.md §2.2, §4.3.7). Nobody can be added. */
export function addParticipantRoutes(router: Router, { world, settings }: CloudService): void {
	// Assumed: the answer judges the request by itself (form, number, duplicates). Who was removed
	// and who was not in the group (131212, 131201 when only some) is left to the webhook, which has
	// a shape also for total failure (providers.md §4.5.2).
	router.delete('/participants', jsonBody, (request, response) => {
		const group = activeGroup(world, groupIdIn(request));
		const inputs = bodyOf(request, removeBody).participants.map((entry) => entry.user);
		if (inputs.length > MAX_PARTICIPANTS) {
			throw new MetaError(131204, `participants: at most ${MAX_PARTICIPANTS} at once.`);
		}
		const keys = inputs.map(keyOf);
		const duplicate = inputs.find((_, index) => keys.indexOf(keys[index]) !== index);
		if (duplicate !== undefined) {
			throw new MetaError(131202, `participants: ${duplicate} is there twice.`);
		}
		const removals = inputs.map((input) => ({ input, person: personIn(group, keyOf(input)) }));
		const requestId = world.requestRemoval(group, removals, settings().changeDelayMs);
		changeAnswer(response, settings().changeAnswer, 'requestId', requestId);
	});
}

const keyOf = (input: string) => input.replace(/^\+/, '');

function personIn(group: Group, key: string): Person | undefined {
	return group.participants.find(({ parentUserId, userId, waId }) =>
		[waId, userId, parentUserId].includes(key),
	);
}
