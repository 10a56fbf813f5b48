import type { Router } from 'express';
import { z } from 'zod';
import { groupNotFound, phoneNotFound, SinchError } from './errors';
import { bodyOf, jsonBody, ownGroup } from './request';
import { ACCOUNT_PHONE } from './samples';
import type { SinchSettings } from './settings';
import type { SinchGroup } from './model';
import { isOwn, type SinchWorld } from './world';

/** Assumed: characters are counted as people count them, not as UTF-16 units (providers.md §1.2). */
const subjectSchema = z
	.string()
	.min(1, 'must not be empty')
	.refine((subject) => [...subject].length <= 25, 'is limited to 25 characters');

const subjectBody = z.object({ subject: subjectSchema });

/** Assumed: an empty list is refused (providers.md §1.2 does not say). */
const waIdsBody = z.object({ waIds: z.array(z.string()).min(1, 'must not be empty') });

/**
 * Group calls but for the icon (providers.md §1.2). Data comes in `{"groups": […]}` even for one
 * group. Changes answer 200 with `null` or `{}`: the documents promise no more than one of the two,
 * so here every second call has the other.
 */
export function addGroupRoutes(
	router: Router,
	world: SinchWorld,
	settings: () => SinchSettings,
): void {
	router.post('/v1/whatsapp/groups', jsonBody, (request, response) => {
		const { subject } = bodyOf(request, subjectBody);
		// Assumed: 400; the documents only say that there may be an error (providers.md §1.2).
		if (world.unusedGroups().length >= settings().unusedGroupLimit) {
			throw new SinchError(400, 'Too many unused groups. Leave groups that you do not use.');
		}
		const { creationTime, id } = world.createGroup(subject);
		response.json({ groups: [{ creation_time: creationTime, id }] });
	});

	router.get('/v1/whatsapp/groups', (_request, response) => {
		response.json({ groups: world.ownGroups().map(({ id }) => ({ id })) });
	});

	router.get('/v1/whatsapp/groups/:groupId', (request, response) => {
		response.json({ groups: [asAnswered(ownGroup(world, request.params.groupId))] });
	});

	router.put('/v1/whatsapp/groups/:groupId', jsonBody, (request, response) => {
		const { subject } = bodyOf(request, subjectBody);
		world.changeSubject(administered(world, request.params.groupId), subject);
		response.json({});
	});

	router.get('/v1/whatsapp/groups/:groupId/invite', (request, response) => {
		const link = world.inviteLinkOf(administered(world, request.params.groupId));
		response.json({ groups: [{ link }] });
	});

	// Assumed: revoking where there is no link changes nothing and is no error (providers.md §1.2).
	router.delete('/v1/whatsapp/groups/:groupId/invite', (request, response) => {
		world.revokeInvite(administered(world, request.params.groupId));
		response.json(null);
	});

	router.delete('/v1/whatsapp/groups/:groupId/participants', jsonBody, (request, response) => {
		const group = administered(world, request.params.groupId);
		const phones = membersNamed(group, bodyOf(request, waIdsBody).waIds);
		// Assumed: nobody removes themselves, there is a call for leaving (providers.md §1.2).
		if (phones.includes(ACCOUNT_PHONE)) throw phoneNotFound(ACCOUNT_PHONE);
		world.removeParticipants(group, phones);
		response.json({});
	});

	router.post('/v1/whatsapp/groups/:groupId/leave', (request, response) => {
		const group = world.find(request.params.groupId);
		if (group === undefined) throw groupNotFound();
		// The number that is not found is the account's own: it has left before.
		if (!isOwn(group)) throw phoneNotFound(ACCOUNT_PHONE);
		world.leaveGroup(group);
		response.json(null);
	});

	router.patch('/v1/whatsapp/groups/:groupId/admins', jsonBody, (request, response) => {
		const group = administered(world, request.params.groupId);
		world.promote(group, membersNamed(group, bodyOf(request, waIdsBody).waIds));
		response.json(null);
	});

	router.delete('/v1/whatsapp/groups/:groupId/admins', jsonBody, (request, response) => {
		const group = administered(world, request.params.groupId);
		const phones = membersNamed(group, bodyOf(request, waIdsBody).waIds);
		// Assumed: who is no admin is not found among them, and a group keeps its creator as admin
		// (providers.md §1.2 only has "phone not found").
		const notFound = phones.find(
			(phone) => !group.admins.includes(phone) || phone === group.creator,
		);
		if (notFound !== undefined) throw phoneNotFound(notFound);
		world.demote(group, phones);
		response.json({});
	});
}

/** The group, if the account is an admin of it. Assumed: 403 if it is none (providers.md §1.1 lists it). */
export function administered(world: SinchWorld, groupId: string): SinchGroup {
	const group = ownGroup(world, groupId);
	if (group.admins.includes(ACCOUNT_PHONE)) return group;
	throw new SinchError(403, 'Only admins of the group can do this.');
}

/** All numbers, each once, if each is in the group: nothing is done when one is not. */
function membersNamed(group: SinchGroup, waIds: string[]): string[] {
	const stranger = waIds.find((waId) => !group.participants.includes(waId));
	if (stranger !== undefined) throw phoneNotFound(stranger);
	return [...new Set(waIds)];
}

function asAnswered(group: SinchGroup) {
	return {
		admins: group.admins,
		creation_time: group.creationTime,
		creator: group.creator,
		id: group.id,
		participants: group.participants,
		subject: group.subject,
	};
}
