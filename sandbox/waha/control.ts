import { Router, type Request } from 'express';
import { z } from 'zod';
import { controlBody, ControlError } from '../shared/controlError';
import { incomingMessageSchema, waIdSchema } from '../shared/people';
import { describeGroup, describeMessage, describeServer } from './describe';
import { Refused } from './errors';
import { phoneId } from './ids';
import { SESSION_STATUSES, type EngineName, type Group, type Person } from './model';
import { isRelease, OLDER_RELEASE } from './releases';
import type { WahaServer } from './server';

type Servers = Readonly<Record<EngineName, WahaServer>>;

const phoneBody = z.object({ phone: waIdSchema }).strict();
const byBody = phoneBody.extend({ by: waIdSchema });
const releaseBody = z
	.object({
		release: z
			.string()
			.transform((value) => (value === 'older' ? OLDER_RELEASE : value))
			.refine(isRelease, 'must be "older" or a release such as 2026.7.1'),
	})
	.strict();
const keyBody = z.object({ required: z.boolean() }).strict();
const timingsBody = z
	.object({ startingMs: z.number().int().min(0), waitMs: z.number().int().min(0) })
	.partial()
	.strict();
const failureBody = z
	.object({
		on: z.enum(['create', 'send']),
		message: z.string().min(1).default('internal-server-error'),
	})
	.strict();
const statusBody = z.object({ status: z.enum(SESSION_STATUSES) }).strict();
const personBody = phoneBody.extend({
	name: z.string().min(1).optional(),
	lid: z
		.string()
		.regex(/^\d{1,20}$/, 'must be digits')
		.nullable()
		.optional(),
	phoneHidden: z.boolean().optional(),
	inviteOnly: z.boolean().optional(),
	onWhatsApp: z.boolean().optional(),
});
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

/**
 * What people do in the groups and how each server behaves; at `/control/waha`, with the engine in
 * lower case. People are named by phone, those too whom the sessions know by lid only.
 */
export function createWahaControl(servers: Servers): Router {
	const router = Router();
	serverControl(router, servers);
	groupControl(router, servers);
	return router;
}

/** The server itself: release, key, timings, failures, sessions, people. */
function serverControl(router: Router, servers: Servers): void {
	router.get('/:engine/state', (req, res) => {
		res.json(describeServer(serverOf(servers, req)));
	});

	router.post('/:engine/release', (req, res) => {
		const server = serverOf(servers, req);
		server.release = controlBody(releaseBody, req.body).release;
		res.json({ release: server.release });
	});

	router.post('/:engine/key', (req, res) => {
		const server = serverOf(servers, req);
		server.keyRequired = controlBody(keyBody, req.body).required;
		res.json({ required: server.keyRequired });
	});

	router.post('/:engine/timings', (req, res) => {
		const { timings } = serverOf(servers, req).sessions;
		res.json(Object.assign(timings, controlBody(timingsBody, req.body)));
	});

	router.post('/:engine/failures', (req, res) => {
		const server = serverOf(servers, req);
		server.forcedFailures.push(controlBody(failureBody, req.body));
		res.json({ failures: server.forcedFailures });
	});

	router.post('/:engine/sessions/:session/status', (req, res) => {
		const server = serverOf(servers, req);
		const session = server.sessions.known(req.params.session);
		if (!session) throw new ControlError(404, `There is no session ${req.params.session}`);
		const { status } = controlBody(statusBody, req.body);
		if (status === 'WORKING' && !session.account) {
			throw new ControlError(409, `No account has been paired with ${session.name}`);
		}
		server.sessions.setStatus(session, status);
		res.json({ name: session.name, status });
	});

	router.post('/:engine/people', (req, res) => {
		const server = serverOf(servers, req);
		const { phone, ...details } = controlBody(personBody, req.body);
		const known = server.people.known({ kind: 'phone', digits: phone });
		res.json(known ? Object.assign(known, details) : server.people.add(phone, details));
	});
}

/** What happens in groups. What WhatsApp would not allow is 409 here. */
function groupControl(router: Router, servers: Servers): void {
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
		const { phone, name, content } = controlBody(incomingMessageSchema, req.body);
		const person = personOf(server, phone);
		if (name) person.name = name;
		const { type, ...rest } = content;
		const text = 'text' in content ? content.text : ('caption' in content && content.caption) || '';
		const draft = { chat: group.id, kind: type, text, content: type === 'text' ? {} : rest };
		const message = allowed(() => server.messages.send(person, draft, null));
		res.json({ message: describeMessage(message) });
	});

	router.post('/:engine/groups/:groupId/reaction', (req, res) => {
		const { server, group } = groupIn(servers, req);
		const { phone, messageId, reaction } = controlBody(reactionBody, req.body);
		const message = server.messages
			.all()
			.find(({ id, chat }) => id === messageId && chat === group.id);
		if (!message) throw new ControlError(404, `There is no message ${messageId} in the group`);
		allowed(() => server.messages.react(personOf(server, phone), message, reaction));
		res.json({ message: describeMessage(message) });
	});
}

function serverOf(servers: Servers, req: Request): WahaServer {
	const name = String(req.params.engine).toUpperCase();
	const server = (servers as Record<string, WahaServer | undefined>)[name];
	if (server) return server;
	throw new ControlError(404, `There is no engine ${String(req.params.engine)}`);
}

function groupIn(servers: Servers, req: Request): { server: WahaServer; group: Group } {
	const server = serverOf(servers, req);
	const id = String(req.params.groupId);
	const group = server.groups.known(id);
	if (!group) throw new ControlError(404, `There is no group ${id}`);
	return { server, group };
}

function personOf(server: WahaServer, phone: string): Person {
	return server.people.known({ kind: 'phone', digits: phone }) ?? server.people.add(phone);
}

function requireDone(
	server: WahaServer,
	group: Group,
	action: 'add' | 'remove' | 'promote' | 'demote',
	phone: string,
	by: string,
): void {
	const id = phoneId(personOf(server, phone));
	const [outcome] = server.groups.act(group, personOf(server, by), action, [{ id }]);
	if (outcome.code !== 200) throw new ControlError(409, `phone: WhatsApp says ${outcome.code}`);
}

function allowed<Result>(run: () => Result): Result {
	try {
		return run();
	} catch (error) {
		if (error instanceof Refused) throw new ControlError(409, `WhatsApp refuses: ${error.reason}`);
		throw error;
	}
}
