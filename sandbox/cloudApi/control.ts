import type { Router } from 'express';
import { z, type ZodType, type ZodTypeDef } from 'zod';
import { controlBody, ControlError } from '../shared/controlError';
import { incomingMessageSchema, waIdSchema } from '../shared/people';
import { isMetaCode, type MetaCode } from './errors';
import { newParentUserId, newUserId } from './ids';
import { type Lookup, member } from './lookup';
import {
	type Group,
	MAX_PARTICIPANTS,
	type Person,
	type Template,
	templateStatuses,
} from './model';
import type { Pager } from './paging';
import { addTemplate, templateBody } from './templates';
import type { ChangeFailure } from './world';

const phoneBody = z.object({ phone: waIdSchema }).strict();

/** Somebody at the group's link. Whoever has a `username` hides their number. */
const visitorBody = phoneBody.extend({
	name: z.string().min(1).optional(),
	username: z.string().startsWith('@').optional(),
	/** They have a user id, as everybody with a username has: of the business, or of its parent too. */
	userIds: z.enum(['none', 'own', 'own and parent']).default('none'),
	/** The link they tap; the current one without it. */
	link: z.string().optional(),
});
const requestBody = visitorBody.extend({
	/** Approving them will fail with 131203. */
	hasNotAcceptedTerms: z.boolean().default(false),
});
const metaCode = z
	.number()
	.int()
	.refine((code): code is MetaCode => isMetaCode(code), 'must be a code that is emulated')
	.transform((code) => code as MetaCode);
const statusBody = z
	.object({
		status: z.enum(['delivered', 'read', 'failed']),
		phone: waIdSchema.optional(),
		/** Why it failed. */
		code: metaCode.optional(),
	})
	.strict();
/** Which of the account's numbers; the first one without it. */
const ofNumber = { phoneNumberId: z.string().optional() };

const arrangedGroupBody = z
	.object({
		subject: z.string().trim().min(1).max(128),
		description: z.string().max(2048).optional(),
		joinApprovalMode: z.enum(['auto_approve', 'approval_required']).default('auto_approve'),
		participants: z.array(waIdSchema).max(MAX_PARTICIPANTS).default([]),
		...ofNumber,
	})
	.strict();
const arrangedTemplateBody = z.intersection(
	templateBody,
	z.object({ status: z.enum(templateStatuses).default('approved') }),
);
const times = z.number().int().min(1).max(1000).default(1);
const creationFailureBody = z
	.object({ code: metaCode.default(131211), times, ...ofNumber })
	.strict();
const changeFailureBody = z
	.object({
		change: z.enum(['update', 'delete', 'remove']),
		code: metaCode.default(131009),
		/** Of an update; all of it without them. */
		parts: z.array(z.enum(['subject', 'description', 'picture'])).optional(),
		times,
		...ofNumber,
	})
	.strict();

/** What people do in the numbers' groups, and what can be arranged. */
export function addCloudControl(
	router: Router,
	lookup: Lookup,
	pager: Pager,
	templates: Template[],
): void {
	addArrangements(router, lookup, pager, templates);
	addComingAndGoing(router, lookup);
	addSuspensions(router, lookup);
	addMessages(router, lookup);
}

/** How the provider behaves: `GET` and `PUT /settings`. */
export function addSettingsControl<Settings extends object>(
	router: Router,
	holder: { settings: Settings },
	changesSchema: ZodType<Partial<Settings>, ZodTypeDef, unknown>,
): void {
	router.get('/settings', (_request, response) => {
		response.json(holder.settings);
	});
	router.put('/settings', (request, response) => {
		const changes = controlBody(changesSchema, request.body);
		holder.settings = { ...holder.settings, ...changes };
		response.json(holder.settings);
	});
}

function addArrangements(
	router: Router,
	lookup: Lookup,
	pager: Pager,
	templates: Template[],
): void {
	router.post('/groups', (request, response) => {
		const { participants, phoneNumberId, ...given } = controlBody(arrangedGroupBody, request.body);
		const world = lookup.number(phoneNumberId);
		const group = world.createGroup(given);
		for (const waId of new Set(participants)) world.join(group, { waId });
		response.status(201).json({ group });
	});

	router.post('/creation-failures', (request, response) => {
		const { code, phoneNumberId, times } = controlBody(creationFailureBody, request.body);
		const world = lookup.number(phoneNumberId);
		world.creationFailures.push(...Array<MetaCode>(times).fill(code));
		response.json({ creationFailures: world.creationFailures });
	});

	/** Of updates, deletions and removals, which are answered well all the same. */
	router.post('/change-failures', (request, response) => {
		const { phoneNumberId, times, ...failure } = controlBody(changeFailureBody, request.body);
		const { changeFailures } = lookup.number(phoneNumberId);
		changeFailures.push(...Array<ChangeFailure>(times).fill(failure));
		response.json({ changeFailures });
	});

	router.post('/expire-cursors', (_request, response) => {
		pager.expire();
		response.json({ expired: true });
	});

	/** One of the account's own, in whatever state WhatsApp has put it. */
	router.post('/templates', (request, response) => {
		const { status, ...body } = controlBody(arrangedTemplateBody, request.body);
		response.status(201).json({ template: addTemplate(templates, body, status) });
	});

	router.post('/templates/:name/approve', (request, response) => {
		const { name } = request.params;
		const named = templates.filter((template) => template.name === name);
		if (named.length === 0) throw new ControlError(404, `name: there is no template ${name}`);
		for (const template of named) template.status = 'approved';
		response.json({ templates: named });
	});
}

function addComingAndGoing(router: Router, lookup: Lookup): void {
	router.post('/groups/:groupId/join', (request, response) => {
		const { world, group } = lookup.group(request.params.groupId);
		const { link, ...visitor } = controlBody(visitorBody, request.body);
		checkEntrance(group, visitor.phone, link);
		if (group.joinApprovalMode === 'approval_required') {
			throw new ControlError(409, 'The group wants to approve people: ask with /request');
		}
		if (group.participants.length >= MAX_PARTICIPANTS) {
			throw new ControlError(409, `The group is full: ${MAX_PARTICIPANTS} participants`);
		}
		world.join(group, personFrom(visitor));
		response.json({ group });
	});

	router.post('/groups/:groupId/request', (request, response) => {
		const { world, group } = lookup.group(request.params.groupId);
		const { link, hasNotAcceptedTerms, ...visitor } = controlBody(requestBody, request.body);
		checkEntrance(group, visitor.phone, link);
		if (group.joinApprovalMode === 'auto_approve') {
			throw new ControlError(409, 'The group lets everybody in: enter with /join');
		}
		if (group.joinRequests.some(({ person }) => person.waId === visitor.phone)) {
			throw new ControlError(409, `phone: ${visitor.phone} has asked already`);
		}
		const asked = world.requestToJoin(group, personFrom(visitor), hasNotAcceptedTerms);
		response.json({ joinRequest: asked });
	});

	router.post('/groups/:groupId/revoke-request', (request, response) => {
		const { world, group } = lookup.group(request.params.groupId);
		const { phone } = controlBody(phoneBody, request.body);
		const asked = group.joinRequests.find(({ person }) => person.waId === phone);
		if (asked === undefined) throw new ControlError(409, `phone: ${phone} has not asked`);
		world.revokeRequest(group, asked);
		response.json({ joinRequest: asked });
	});

	router.post('/groups/:groupId/leave', (request, response) => {
		const { world, group } = lookup.group(request.params.groupId);
		const { phone } = controlBody(phoneBody, request.body);
		world.leave(group, member(group, phone));
		response.json({ group });
	});
}

function addSuspensions(router: Router, lookup: Lookup): void {
	router.post('/groups/:groupId/suspend', (request, response) => {
		const { world, group } = lookup.group(request.params.groupId);
		if (group.isSuspended) throw new ControlError(409, 'The group is suspended already');
		world.suspend(group);
		response.json({ group });
	});

	router.post('/groups/:groupId/clear-suspension', (request, response) => {
		const { world, group } = lookup.group(request.params.groupId);
		if (!group.isSuspended) throw new ControlError(409, 'The group is not suspended');
		world.clearSuspension(group);
		response.json({ group });
	});
}

function addMessages(router: Router, lookup: Lookup): void {
	router.post('/groups/:groupId/message', (request, response) => {
		const { world, group } = lookup.group(request.params.groupId);
		const { phone, name, replyTo, content } = controlBody(incomingMessageSchema, request.body);
		const sender = member(group, phone);
		const person = name === undefined ? sender : { ...sender, name };
		response.json(world.receiveMessage(group, person, content, replyTo));
	});

	router.post('/messages/:messageId/status', (request, response) => {
		const { world, message } = lookup.message(request.params.messageId);
		const { status, phone, code } = controlBody(statusBody, request.body);
		const group = world.find(message.to);
		const person = phone === undefined || !group ? undefined : member(group, phone);
		world.reportStatus(message, status, person, code);
		response.json({ message });
	});
}

/** What stops somebody at the link, whatever the group's way of letting people in. */
function checkEntrance(group: Group, phone: string, link = group.inviteLink): void {
	if (link !== group.inviteLink) {
		throw new ControlError(409, 'link: not valid, it was reset or never existed');
	}
	if (group.isSuspended) throw new ControlError(409, 'The group is suspended');
	if (group.participants.some(({ waId }) => waId === phone)) {
		throw new ControlError(409, `phone: ${phone} is in the group already`);
	}
	if (group.removedWaIds.includes(phone)) {
		throw new ControlError(409, `phone: ${phone} was removed and cannot come back by link`);
	}
}

function personFrom(visitor: Omit<z.output<typeof visitorBody>, 'link'>): Person {
	const { phone: waId, name, username, userIds } = visitor;
	return {
		waId,
		name,
		...(username !== undefined && { username }),
		...((username !== undefined || userIds !== 'none') && { userId: newUserId() }),
		...(userIds === 'own and parent' && { parentUserId: newParentUserId() }),
	};
}
