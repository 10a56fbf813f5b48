import type { Router } from 'express';
import { z } from 'zod';
import { controlBody, ControlError } from '../../shared/controlError';
import { incomingMessageSchema, waIdSchema } from '../../shared/people';
import type { Batch } from '../../webhooks/batch';
import { batchedMessagesSchema, manyMessages } from '../../webhooks/manyMessages';
import type { Lookup } from '../lookup';
import { variantsSchema, type Variants } from './variants';

/** Which of the account's numbers it is for; the first one without it. */
const directMessage = z.object({ phoneNumberId: z.string().optional() }).passthrough();

/** The documents' contradictions, direct messages and many messages. */
export function addCloudWebhookControl(
	control: Router,
	lookup: Lookup,
	holder: { variants: Variants },
	batch: Pick<Batch<unknown>, 'collect'>,
): void {
	control.get('/webhooks', (_request, response) => {
		response.json(holder.variants);
	});
	control.put('/webhooks', (request, response) => {
		const changes = controlBody(variantsSchema.partial(), request.body);
		holder.variants = { ...holder.variants, ...changes };
		response.json(holder.variants);
	});

	/** Directly to the number: what a group trigger has to leave alone. */
	control.post('/message', (request, response) => {
		const { phoneNumberId, ...message } = controlBody(directMessage, request.body);
		const { phone, name, content } = controlBody(incomingMessageSchema, message);
		const world = lookup.number(phoneNumberId);
		response.json(world.receiveMessage(null, { waId: phone, name }, content));
	});

	/** Of somebody who hides their number: they are known by another user id from now on. */
	control.post('/groups/:groupId/change-user-id', (request, response) => {
		const { phone } = controlBody(z.object({ phone: waIdSchema }).strict(), request.body);
		const { world, group } = lookup.group(request.params.groupId);
		const person = group.participants.find(({ waId }) => waId === phone);
		if (person?.userId === undefined) {
			throw new ControlError(409, `phone: nobody in the group hides ${phone}`);
		}
		world.changeUserId(group, person, person.userId);
		response.json({ userId: person.userId });
	});

	control.post('/groups/:groupId/messages', (request, response) => {
		const order = controlBody(batchedMessagesSchema, request.body);
		const { world, group } = lookup.group(request.params.groupId);
		const writers = group.participants.filter(({ waId }) => waId === (order.phone ?? waId));
		if (writers.length === 0) throw new ControlError(409, 'phone: nobody in the group to write');
		const messageIds: string[] = [];
		batch.collect(order.perDelivery, () => {
			for (const { writer, text } of manyMessages(order, writers)) {
				messageIds.push(world.receiveMessage(group, writer, { type: 'text', text }).messageId);
			}
		});
		response.json({ messageIds });
	});
}
