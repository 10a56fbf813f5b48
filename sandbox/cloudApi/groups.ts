import type { Router } from 'express';
import { z } from 'zod';
import { MetaError } from './errors';
import { ACCOUNT, type Group, type Person } from './model';
import type { Pager } from './paging';
import { activeGroup, bodyOf, checked, jsonBody, knownGroup, messagingProduct } from './request';
import type { Dialog360Settings } from './settings';
import type { Dialog360World } from './world';

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

/** Creating, listing, reading and deleting groups, and their links (providers.md §2.2, §8). */
export function addGroupRoutes(
	router: Router,
	world: Dialog360World,
	pager: Pager,
	settings: () => Dialog360Settings,
): void {
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
		const link = `https://graph.facebook.com/v25.0/${ACCOUNT.phoneNumberId}/groups`;
		const { items, paging } = pager.page(world.allGroups(), request.query, link);
		const groups = items.map(({ id, subject, createdAt }) => ({
			id,
			subject,
			created_at: String(createdAt),
		}));
		response.json({ data: { groups }, paging });
	});

	router.get('/groups/:groupId', (request, response) => {
		const group = knownGroup(world, request.params.groupId);
		const { fields } = checked(z.object({ fields: z.string().optional() }), request.query);
		response.json({ messaging_product: 'whatsapp', id: group.id, ...fieldsOf(group, fields) });
	});

	router.delete('/groups/:groupId', (request, response) => {
		const group = knownGroup(world, request.params.groupId);
		world.requestDeletion(group, settings().changeDelayMs);
		response.json({ success: true });
	});

	router.get('/groups/:groupId/invite_link', (request, response) => {
		const { inviteLink } = knownGroup(world, request.params.groupId);
		response.json({ messaging_product: 'whatsapp', invite_link: inviteLink });
	});

	router.post('/groups/:groupId/invite_link', jsonBody, (request, response) => {
		const group = activeGroup(world, request.params.groupId);
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
	participants: ({ participants }) => participants.map(asAnswered),
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

/** Somebody's keys: `wa_id`, or those of a person whose number is hidden (providers.md §4.5.7). */
export function asAnswered({ waId, userId, username }: Person) {
	return userId === undefined ? { wa_id: waId } : { user_id: userId, username };
}
