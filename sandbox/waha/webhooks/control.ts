import { z } from 'zod';
import { controlBody, ControlError } from '../../shared/controlError';
import { incomingMessageSchema, waIdSchema } from '../../shared/people';
import { manyMessages, manyMessagesSchema } from '../../webhooks/manyMessages';
import { allowed, groupIn, personOf, serverOf } from '../control/lookup';
import { describeMessage } from '../describe';
import { bareMessageId, phoneId } from '../ids';
import type { WahaEmulator } from '../index';

const settingsSchema = z
	.object({
		/** What events of `message.ack.group` call themselves: the list of events and the sample differ (providers.md §3.10). */
		ackName: z.enum(['message.ack.group', 'message.ack']),
	})
	.strict();

export type WahaWebhookSettings = z.infer<typeof settingsSchema>;

export const defaultWahaWebhookSettings: WahaWebhookSettings = { ackName: 'message.ack.group' };

const ackBody = z
	.object({
		/** With or without what WAHA puts around it. */
		messageId: z.string().min(1),
		/** With whom it got so far; nobody in particular without it. */
		phone: waIdSchema.optional(),
		ack: z.enum(['ERROR', 'SERVER', 'DEVICE', 'READ', 'PLAYED']),
	})
	.strict();

/** Direct messages, many messages, receipts, and the documents' contradictions; at `/control/waha`. */
export function addWahaWebhookControl(
	{ control, servers }: WahaEmulator,
	holder: { settings: WahaWebhookSettings },
): void {
	control.get('/webhooks', (_request, response) => {
		response.json(holder.settings);
	});
	control.put('/webhooks', (request, response) => {
		const changes = controlBody(settingsSchema.partial(), request.body);
		holder.settings = { ...holder.settings, ...changes };
		response.json(holder.settings);
	});

	/** Directly to the session's account: what a group trigger has to leave alone. */
	control.post('/:engine/sessions/:session/message', (request, response) => {
		const server = serverOf(servers, request);
		const { phone, name, content } = controlBody(incomingMessageSchema, request.body);
		const account = server.sessions.known(request.params.session)?.account;
		if (!account) throw new ControlError(409, 'session: has no account');
		const person = personOf(server, phone);
		if (name) person.name = name;
		const { type, ...rest } = content;
		const text = 'text' in content ? content.text : '';
		const draft = { chat: phoneId(account), kind: type, text, content: rest };
		const message = allowed(() => server.messages.send(person, draft, null));
		response.json({ message: describeMessage(message) });
	});

	/** WAHA delivers each by itself, so there is no `perDelivery`. */
	control.post('/:engine/groups/:groupId/messages', (request, response) => {
		const { server, group } = groupIn(servers, request);
		const order = controlBody(manyMessagesSchema, request.body);
		const accounts = server.sessions.all().map(({ account }) => account);
		const others = [...group.members.keys()].filter((person) => !accounts.includes(person));
		const writers = others.filter(({ phone }) => phone === (order.phone ?? phone));
		if (writers.length === 0) throw new ControlError(409, 'phone: nobody in the group to write');
		const sent = manyMessages(order, writers).map(({ writer, text }) =>
			allowed(() => server.messages.send(writer, { chat: group.id, kind: 'text', text }, null)),
		);
		response.json({ messageIds: sent.map(({ id }) => id) });
	});

	control.post('/:engine/groups/:groupId/ack', (request, response) => {
		const { server, group } = groupIn(servers, request);
		const { messageId, phone, ack } = controlBody(ackBody, request.body);
		const id = bareMessageId(messageId) ?? messageId;
		const message = server.messages.all().find((one) => one.id === id && one.chat === group.id);
		if (!message) throw new ControlError(404, `There is no message ${messageId} in the group`);
		const by = phone === undefined ? null : personOf(server, phone);
		if (by && !group.members.has(by)) {
			throw new ControlError(409, `phone: ${phone} is not in the group`);
		}
		server.happenings.announce({ type: 'acknowledged', message, group, by, ack });
		response.json({ message: describeMessage(message) });
	});
}
