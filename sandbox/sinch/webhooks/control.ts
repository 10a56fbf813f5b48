import { z } from 'zod';
import { controlBody, ControlError } from '../../shared/controlError';
import { incomingMessageSchema } from '../../shared/people';
import type { Batch } from '../../webhooks/batch';
import { batchedMessagesSchema, manyMessages } from '../../webhooks/manyMessages';
import type { SinchEmulator } from '../index';
import { ACCOUNT_PHONE } from '../samples';
import type { Callback } from './callbacks';

const url = z.string().url().or(z.literal(''));

/** What Sinch's support has registered, and how the bodies look where the documents differ. */
const settingsSchema = z
	.object({
		/** Empty: none. Both may be the same. */
		messagesUrl: url,
		statusUrl: url,
		/** `total` is a number in one place and text in another (providers.md §1.5). */
		total: z.enum(['number', 'string']),
	})
	.strict();

export type SinchWebhookSettings = z.infer<typeof settingsSchema>;

export const defaultSinchWebhookSettings: SinchWebhookSettings = {
	messagesUrl: '',
	statusUrl: '',
	total: 'number',
};

/** Registering, direct messages and many messages; at `/control/sinch`. */
export function addSinchWebhookControl(
	{ control, world }: SinchEmulator,
	holder: { settings: SinchWebhookSettings },
	batch: Batch<Callback>,
): void {
	control.get('/webhooks', (_request, response) => {
		response.json(holder.settings);
	});
	control.put('/webhooks', (request, response) => {
		const changes = controlBody(settingsSchema.partial(), request.body);
		holder.settings = { ...holder.settings, ...changes };
		response.json(holder.settings);
	});

	/** Directly to the account: what a group trigger has to leave alone. */
	control.post('/message', (request, response) => {
		const { phone, name, content } = controlBody(incomingMessageSchema, request.body);
		response.json(world.receiveMessage(null, { phone, name }, content));
	});

	control.post('/groups/:groupId/messages', (request, response) => {
		const { groupId } = request.params;
		const order = controlBody(batchedMessagesSchema, request.body);
		const group = world.find(groupId);
		if (group === undefined) throw new ControlError(404, `groupId: there is no group ${groupId}`);
		const others = group.participants.filter((phone) => phone !== ACCOUNT_PHONE);
		const writers = others.filter((phone) => phone === (order.phone ?? phone));
		if (writers.length === 0) throw new ControlError(409, 'phone: nobody in the group to write');
		const messageIds: string[] = [];
		batch.collect(order.perDelivery, () => {
			for (const { writer, text } of manyMessages(order, writers)) {
				messageIds.push(
					world.receiveMessage(group, { phone: writer }, { type: 'text', text }).messageId,
				);
			}
		});
		response.json({ messageIds });
	});
}
