import type { Router } from 'express';
import { z } from 'zod';
import { MetaError } from './errors';
import { keysOf } from './keys';
import type { Group } from './model';
import {
	activeGroup,
	bodyOf,
	checked,
	groupIdIn,
	jsonBody,
	knownGroup,
	messagingProduct,
} from './request';
import type { CloudService } from './service';

const characters = (text: string) => [...text].length;

/** Trimmed, 1 to 128 characters. */
export const subjectSchema = z
	.string()
	.trim()
	.min(1, 'must not be empty')
	.refine((subject) => characters(subject) <= 128, 'is limited to 128 characters');

export const descriptionSchema = z
	.string()
	.refine((text) => characters(text) <= 2048, 'is limited to 2048 characters');

const createBody = z.object({
	...messagingProduct,
	subject: subjectSchema,
	description: descriptionSchema.optional(),
	join_approval_mode: z.enum(['approval_required', 'auto_approve']).default('auto_approve'),
});

/** On a number: creating and listing its groups (providers.md §2.2, §8). */
export function addGroupsRoutes(router: Router, service: CloudService): void {
	const { world, pager, settings } = service;
	// The answer only says that it was asked for: the outcome comes by webhook.
	router.post('/groups', jsonBody, (request, response) => {
		const body = bodyOf(request, createBody);
		const { creationDelayMs, creationDisabled, groupLimit } = settings();
		if (creationDisabled) throw new MetaError(131214, 'Creating groups is disabled for now.');
		// Assumed: known at once, since 131211 has an HTTP status; it may come by webhook as well
		// (providers.md §4.5.1, §4.6).
		if (world.allGroups().length >= groupLimit) {
			throw new MetaError(131211, `The number has ${groupLimit} groups already.`);
		}
		const { subject, description, join_approval_mode: joinApprovalMode } = body;
		const given = { subject, description, joinApprovalMode };
		const requestId = world.requestCreation(given, creationDelayMs);
		response.json({ messaging_product: 'whatsapp', request_id: requestId });
	});

	// Assumed: oldest first, suspended ones included (providers.md §2.2 "Get Active Groups" [I]).
	router.get('/groups', (request, response) => {
		const link = service.pageLink(response, `/${world.number.phoneNumberId}/groups`);
		const { items, paging } = pager.page(world.allGroups(), request.query, link);
		const groups = items.map(({ id, subject, createdAt }) => ({
			id,
			subject,
			created_at: String(createdAt),
		}));
		response.json({ data: { groups }, paging });
	});
}

/** On a group: reading and deleting it, and its link (providers.md §2.2, §8). */
export function addGroupRoutes(router: Router, { world, settings }: CloudService): void {
	router.get('/', (request, response) => {
		const group = knownGroup(world, groupIdIn(request));
		const { fields } = checked(z.object({ fields: z.string().optional() }), request.query);
		response.json({ messaging_product: 'whatsapp', id: group.id, ...fieldsOf(group, fields) });
	});

	router.delete('/', (request, response) => {
		const group = knownGroup(world, groupIdIn(request));
		world.requestDeletion(group, settings().changeDelayMs);
		response.json({ success: true });
	});

	router.get('/invite_link', (request, response) => {
		const { inviteLink } = knownGroup(world, groupIdIn(request));
		response.json({ messaging_product: 'whatsapp', invite_link: inviteLink });
	});

	router.post('/invite_link', jsonBody, (request, response) => {
		const group = activeGroup(world, groupIdIn(request));
		bodyOf(request, z.object(messagingProduct));
		response.json({ messaging_product: 'whatsapp', invite_link: world.resetInviteLink(group) });
	});
}

/** What each field of a group is answered as. */
const readers: Record<string, (group: Group) => unknown> = {
	id: ({ id }) => id,
	subject: ({ subject }) => subject,
	// Left out when there is none: JSON has no undefined.
	description: ({ description }) => description,
	participants: ({ participants }) => participants.map(keysOf),
	join_approval_mode: ({ joinApprovalMode }) => joinApprovalMode,
	suspended: ({ isSuspended }) => isSuspended,
	creation_timestamp: ({ createdAt }) => createdAt,
	total_participant_count: ({ participants }) => participants.length,
};

function fieldsOf(group: Group, fields = ''): Record<string, unknown> {
	const names = fields.split(',').map((name) => name.trim());
	const asked = names.filter((name) => name !== '');
	// Assumed: 100, as for any field that a Graph API node does not have [I].
	const unknown = asked.find((name) => !Object.hasOwn(readers, name));
	if (unknown !== undefined) {
		throw new MetaError(100, `Tried accessing nonexisting field (${unknown}).`);
	}
	return Object.fromEntries(asked.map((name) => [name, readers[name](group)]));
}
