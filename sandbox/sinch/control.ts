import { Router } from 'express';
import { z } from 'zod';
import { controlBody, ControlError } from '../shared/controlError';
import { incomingMessageSchema, waIdSchema } from '../shared/people';
import { ACCOUNT_PHONE } from './samples';
import { type SinchSettings, sinchSettingsSchema } from './settings';
import type { SinchGroup, SinchMessage } from './model';
import type { SinchWorld } from './world';

const phoneBody = z.object({ phone: waIdSchema }).strict();
const joinBody = phoneBody.extend({
	name: z.string().min(1).optional(),
	/** The link they tap; the current one, made if need be, without it. */
	link: z.string().optional(),
});
const statusBody = z
	.object({ status: z.enum(['delivered', 'read', 'failed']), phone: waIdSchema.optional() })
	.strict();
const arrangedGroupBody = z
	.object({
		subject: z.string().min(1).max(25),
		participants: z.array(waIdSchema).default([]),
		admins: z.array(waIdSchema).default([]),
		/** Somebody who took the account in; then it is no admin unless `admins` has it. */
		creator: waIdSchema.optional(),
	})
	.strict();

export interface SettingsHolder {
	settings: SinchSettings;
}

/** What people do in the account's groups, and how this Sinch behaves; at `/control/sinch`. */
export function createSinchControl(world: SinchWorld, holder: SettingsHolder): Router {
	const router = Router();

	router.get('/settings', (_request, response) => {
		response.json(holder.settings);
	});
	router.put('/settings', (request, response) => {
		const changes = controlBody(sinchSettingsSchema.partial(), request.body);
		holder.settings = { ...holder.settings, ...changes };
		response.json(holder.settings);
	});

	router.post('/groups', (request, response) => {
		const { subject, participants, admins, creator } = controlBody(arrangedGroupBody, request.body);
		const group = world.createGroup(subject, creator);
		const others = [...participants, ...admins].filter((phone) => !isMember(group, phone));
		for (const phone of new Set(others)) world.join(group, { phone });
		if (admins.length > 0) world.promote(group, admins);
		response.status(201).json({ group });
	});

	router.post('/groups/:groupId/join', (request, response) => {
		const group = existing(world, request.params.groupId);
		const { phone, name, link } = controlBody(joinBody, request.body);
		if (link !== undefined && link !== group.inviteLink) {
			throw new ControlError(409, 'link: not valid, it was revoked or never existed');
		}
		if (isMember(group, phone)) {
			throw new ControlError(409, `phone: ${phone} is in the group already`);
		}
		if (link === undefined) world.inviteLinkOf(group);
		world.join(group, { phone, name });
		response.json({ group });
	});

	router.post('/groups/:groupId/leave', (request, response) => {
		const group = existing(world, request.params.groupId);
		const { phone } = controlBody(phoneBody, request.body);
		world.leave(group, member(group, phone));
		response.json({ group });
	});

	router.post('/groups/:groupId/message', (request, response) => {
		const group = existing(world, request.params.groupId);
		const { phone, name, content } = controlBody(incomingMessageSchema, request.body);
		const person = { phone: member(group, phone), name };
		response.json(world.receiveMessage(group, person, content));
	});

	router.post('/messages/:messageId/status', (request, response) => {
		const message = sentMessage(world, request.params.messageId);
		const { status, phone } = controlBody(statusBody, request.body);
		world.reportStatus(message, status, phone);
		response.json({ message });
	});

	return router;
}

function existing(world: SinchWorld, groupId: string): SinchGroup {
	const group = world.find(groupId);
	if (group !== undefined) return group;
	throw new ControlError(404, `groupId: there is no group ${groupId}`);
}

function sentMessage(world: SinchWorld, messageId: string): SinchMessage {
	const message = world.findMessage(messageId);
	if (message !== undefined) return message;
	throw new ControlError(404, `messageId: there is no sent message ${messageId}`);
}

const isMember = (group: SinchGroup, phone: string) => group.participants.includes(phone);

/** Somebody in the group other than the account, which acts through the API only. */
function member(group: SinchGroup, phone: string): string {
	if (phone === ACCOUNT_PHONE) throw new ControlError(409, 'phone: is the account itself');
	if (isMember(group, phone)) return phone;
	throw new ControlError(409, `phone: ${phone} is not in the group`);
}
