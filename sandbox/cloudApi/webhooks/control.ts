import { z } from 'zod';
import { controlBody, ControlError } from '../../shared/controlError';
import { incomingMessageSchema, waIdSchema } from '../../shared/people';
import type { Batch } from '../../webhooks/batch';
import { batchedMessagesSchema, manyMessages } from '../../webhooks/manyMessages';
import type { Dialog360Emulator } from '../index';
import type { Change } from './change';
import { variantsSchema, type Variants } from './variants';

/** The documents' contradictions, direct messages and many messages; at `/control/dialog360`. */
export function addDialog360WebhookControl(
	{ control, world }: Dialog360Emulator,
	holder: { variants: Variants },
	batch: Batch<Change>,
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
		const { phone, name, content } = controlBody(incomingMessageSchema, request.body);
		response.json({ messageId: world.receiveMessage(null, { waId: phone, name }, content) });
	});

	/** Of somebody who hides their number: they are known by another user id from now on. */
	control.post('/groups/:groupId/change-user-id', (request, response) => {
		const { groupId } = request.params;
		const { phone } = controlBody(z.object({ phone: waIdSchema }).strict(), request.body);
		const group = world.find(groupId);
		if (group === undefined) throw new ControlError(404, `groupId: there is no group ${groupId}`);
		const person = group.participants.find(({ waId }) => waId === phone);
		if (person?.userId === undefined) {
			throw new ControlError(409, `phone: nobody in the group hides ${phone}`);
		}
		world.changeUserId(group, person, person.userId);
		response.json({ userId: person.userId });
	});

	control.post('/groups/:groupId/messages', (request, response) => {
		const { groupId } = request.params;
		const order = controlBody(batchedMessagesSchema, request.body);
		const group = world.find(groupId);
		if (group === undefined) throw new ControlError(404, `groupId: there is no group ${groupId}`);
		const writers = group.participants.filter(({ waId }) => waId === (order.phone ?? waId));
		if (writers.length === 0) throw new ControlError(409, 'phone: nobody in the group to write');
		const messageIds: string[] = [];
		batch.collect(order.perDelivery, () => {
			for (const { writer, text } of manyMessages(order, writers)) {
				messageIds.push(world.receiveMessage(group, writer, { type: 'text', text }));
			}
		});
		response.json({ messageIds });
	});
}
