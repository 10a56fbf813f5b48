import type { Router } from 'express';
import { z } from 'zod';
import { controlBody, ControlError } from '../../shared/controlError';
import { fileIn, incomingMessageSchema, waIdSchema } from '../../shared/people';
import { describeGroup, describeMessage } from '../describe';
import type { MemberAction } from '../groups';
import { Refused } from '../errors';
import { bareMessageId, phoneId } from '../ids';
import type { Group, Message } from '../model';
import type { WahaServer } from '../server';
import { allowed, groupIn, personOf, phoneBody, serverOf, type Servers } from './lookup';

const byBody = phoneBody.extend({ by: waIdSchema });
const settingsShape = {
	infoAdminsOnly: z.boolean().optional(),
	messagesAdminsOnly: z.boolean().optional(),
	membersCanAdd: z.boolean().optional(),
	approvalRequired: z.boolean().optional(),
};
const newGroupBody = z
	.object({
		subject: z.string().min(1),
		description: z.string().optional(),
		createdBy: waIdSchema,
		members: z.array(waIdSchema).default([]),
		admins: z.array(waIdSchema).default([]),
		addressing: z.enum(['phone', 'lid']).optional(),
		maxMembers: z.number().int().min(1).optional(),
		...settingsShape,
	})
	.strict();
const arrangeBody = z
	.object({
		maxMembers: z.number().int().min(1).optional(),
		addressing: z.enum(['phone', 'lid']).optional(),
		roles: z.record(waIdSchema, z.enum(['participant', 'admin', 'superadmin', 'left'])).optional(),
		...settingsShape,
	})
	.strict();
const joinBody = phoneBody.extend({ by: waIdSchema.optional(), code: z.string().optional() });
const leaveBody = phoneBody.extend({ by: waIdSchema.optional() });
const requestBody = phoneBody.extend({
	method: z.enum(['invite_link', 'linked_group_join', 'non_admin_add']).default('invite_link'),
	by: waIdSchema.optional(),
});
const changeBody = z
	.object({
		by: waIdSchema,
		subject: z.string().min(1).optional(),
		description: z.string().optional(),
		...settingsShape,
	})
	.strict();
const reactionBody = phoneBody.extend({ messageId: z.string().min(1), reaction: z.string() });
const editBody = phoneBody.extend({ messageId: z.string().min(1), text: z.string().min(1) });
const deletionBody = phoneBody.extend({ messageId: z.string().min(1) });
/** All options that are chosen now; none takes the vote back. */
const voteBody = phoneBody.extend({ messageId: z.string().min(1), options: z.array(z.string()) });

const ageBody = z
	.object({ messageId: z.string().min(1), seconds: z.number().int().min(0) })
	.strict();

/** What happens in groups. What WhatsApp would not allow is 409 here. */
export function groupControl(router: Router, servers: Servers): void {
	router.post('/:engine/groups', (req, res) => {
		const server = serverOf(servers, req);
		const body = controlBody(newGroupBody, req.body);
		const { createdBy, members, admins, ...details } = body;
		const creator = personOf(server, createdBy);
		const group = server.groups.place({ ...details, creator });
		for (const phone of members) group.members.set(personOf(server, phone), 'participant');
		for (const phone of admins) group.members.set(personOf(server, phone), 'admin');
		server.happenings.announce({ type: 'groupCreated', group, by: creator });
		res.status(201).json({ group: describeGroup(group) });
	});

	router.post('/:engine/groups/:groupId/arrange', (req, res) => {
		const { server, group } = groupIn(servers, req);
		const { roles = {}, ...details } = controlBody(arrangeBody, req.body);
		Object.assign(group, details);
		for (const [phone, role] of Object.entries(roles)) {
			const person = personOf(server, phone);
			if (role === 'left') group.members.delete(person);
			else group.members.set(person, role);
		}
		res.json({ group: describeGroup(group) });
	});

	router.post('/:engine/groups/:groupId/join', (req, res) => {
		const { server, group } = groupIn(servers, req);
		const { phone, by, code } = controlBody(joinBody, req.body);
		const person = personOf(server, phone);
		allowed(() => {
			if (by) requireDone(server, group, 'add', phone, by);
			else server.groups.join(code === undefined ? group : server.groups.byInvite(code), person);
		});
		res.json({ group: describeGroup(group) });
	});

	router.post('/:engine/groups/:groupId/leave', (req, res) => {
		const { server, group } = groupIn(servers, req);
		const { phone, by } = controlBody(leaveBody, req.body);
		allowed(() => {
			if (by) requireDone(server, group, 'remove', phone, by);
			else server.groups.leave(group, personOf(server, phone));
		});
		res.json({ group: describeGroup(group) });
	});

	for (const action of ['promote', 'demote'] as const) {
		router.post(`/:engine/groups/:groupId/${action}`, (req, res) => {
			const { server, group } = groupIn(servers, req);
			const { phone, by } = controlBody(byBody, req.body);
			allowed(() => requireDone(server, group, action, phone, by));
			res.json({ group: describeGroup(group) });
		});
	}

	router.post('/:engine/groups/:groupId/request', (req, res) => {
		const { server, group } = groupIn(servers, req);
		const { phone, method, by } = controlBody(requestBody, req.body);
		const addedBy = by ? personOf(server, by) : null;
		server.groups.request(group, personOf(server, phone), method, addedBy);
		res.json({ group: describeGroup(group) });
	});

	router.post('/:engine/groups/:groupId/revoke-request', (req, res) => {
		const { server, group } = groupIn(servers, req);
		const { phone } = controlBody(phoneBody, req.body);
		allowed(() => server.groups.revokeRequest(group, personOf(server, phone)));
		res.json({ group: describeGroup(group) });
	});

	router.post('/:engine/groups/:groupId/change', (req, res) => {
		const { server, group } = groupIn(servers, req);
		const { by, subject, description, ...settings } = controlBody(changeBody, req.body);
		const person = personOf(server, by);
		allowed(() => {
			const texts = subject !== undefined || description !== undefined;
			if (texts) server.groups.change(group, person, { subject, description });
			if (Object.keys(settings).length > 0) server.groups.set(group, person, settings);
		});
		res.json({ group: describeGroup(group) });
	});

	router.post('/:engine/groups/:groupId/message', (req, res) => {
		const { server, group } = groupIn(servers, req);
		const incoming = controlBody(incomingMessageSchema, req.body);
		const { phone, name, replyTo, mentions: mentioned = [] } = incoming;
		const person = personOf(server, phone);
		if (name) person.name = name;
		const { bytes, rest: content } = fileIn(incoming.content);
		const { type, ...rest } = content;
		const text = 'text' in content ? content.text : ('caption' in content && content.caption) || '';
		const mentions = mentioned.map((other) => phoneId(personOf(server, other)));
		const about = { text, content: type === 'text' ? {} : rest, replyTo, mentions };
		const draft = { chat: group.id, kind: type, ...about };
		const message = allowed(() => server.messages.send(person, draft, null));
		if (bytes) server.media.keep(message, bytes);
		res.json({ message: describeMessage(message) });
	});

	router.post('/:engine/groups/:groupId/reaction', (req, res) => {
		const { server, group } = groupIn(servers, req);
		const { phone, messageId, reaction } = controlBody(reactionBody, req.body);
		const message = messageIn(server, group, messageId);
		allowed(() => server.messages.react(personOf(server, phone), message, reaction));
		res.json({ message: describeMessage(message) });
	});

	router.post('/:engine/groups/:groupId/edit', (req, res) => {
		const { server, group } = groupIn(servers, req);
		const { phone, messageId, text } = controlBody(editBody, req.body);
		const message = messageIn(server, group, messageId);
		allowed(() => done(server.messages.edit(personOf(server, phone), message, text), group.id));
		res.json({ message: describeMessage(message) });
	});

	router.post('/:engine/groups/:groupId/delete', (req, res) => {
		const { server, group } = groupIn(servers, req);
		const { phone, messageId } = controlBody(deletionBody, req.body);
		const message = messageIn(server, group, messageId);
		allowed(() => done(server.messages.delete(personOf(server, phone), message), group.id));
		res.json({ message: describeMessage(message) });
	});

	router.post('/:engine/groups/:groupId/vote', (req, res) => {
		const { server, group } = groupIn(servers, req);
		const { phone, messageId, options } = controlBody(voteBody, req.body);
		const message = messageIn(server, group, messageId);
		allowed(() => server.messages.vote(personOf(server, phone), message, options));
		res.json({ message: describeMessage(message) });
	});

	/** Makes a message older: WhatsApp lets it be edited for a while only. */
	router.post('/:engine/groups/:groupId/age', (req, res) => {
		const { server, group } = groupIn(servers, req);
		const { messageId, seconds } = controlBody(ageBody, req.body);
		const message = messageIn(server, group, messageId);
		message.at -= seconds;
		res.json({ message: describeMessage(message) });
	});
}

/** What WhatsApp does not let somebody do. */
function done(isDone: boolean, chat: string): void {
	if (!isDone) throw new Refused('notAdmin', chat);
}

/** By its bare id, or as the sessions know it. */
function messageIn(server: WahaServer, group: Group, messageId: string): Message {
	const bare = bareMessageId(messageId) ?? messageId;
	const message = server.messages.all().find(({ id, chat }) => id === bare && chat === group.id);
	if (message) return message;
	throw new ControlError(404, `There is no message ${messageId} in the group`);
}

/** One member's add, remove, promote or demote by another, which has to succeed. */
function requireDone(
	server: WahaServer,
	group: Group,
	action: MemberAction,
	phone: string,
	by: string,
): void {
	const id = phoneId(personOf(server, phone));
	const [outcome] = server.groups.act(group, personOf(server, by), action, [{ id }]);
	if (outcome.code !== 200) throw new ControlError(409, `phone: WhatsApp says ${outcome.code}`);
}
