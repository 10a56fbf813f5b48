import { json } from 'express';
import { z, type ZodIssue, type ZodType, type ZodTypeDef } from 'zod';
import { firstProblem } from '../shared/validation';
import { MetaError } from './errors';
import type { Group } from './model';
import type { CloudWorld } from './world';

/** Reads a body sent as `application/json`; any other stays unread. */
export const jsonBody = json({ limit: '20mb' });

/** On every body that goes to Meta. */
export const messagingProduct = { messaging_product: z.literal('whatsapp') };

/**
 * The body, checked.
 *
 * Assumed: missing and mistyped fields are 100, values out of range 131009; providers.md §4.6 has the
 * codes but not which fault gets which [I].
 */
export function bodyOf<Output, Input>(
	request: { body?: unknown },
	schema: ZodType<Output, ZodTypeDef, Input>,
): Output {
	if (request.body === undefined) {
		throw new MetaError(100, 'A body of type application/json is required.');
	}
	return checked(schema, request.body);
}

/** Anything else that came with a request, checked in the same way. */
export function checked<Output, Input>(
	schema: ZodType<Output, ZodTypeDef, Input>,
	value: unknown,
): Output {
	const result = schema.safeParse(value);
	if (result.success) return result.data;
	throw new MetaError(codeFor(result.error.issues[0]), firstProblem(result.error));
}

function codeFor({ code }: ZodIssue): 100 | 131009 {
	return code === 'invalid_type' || code === 'invalid_literal' ? 100 : 131009;
}

/** The id in the path of a group's node. */
export function groupIdIn({ params }: { params: object }): string {
	return (params as { groupId: string }).groupId;
}

/** The group, or 131041. Assumed: also for calls that are not sends (providers.md §4.6). */
export function knownGroup(world: CloudWorld, groupId: string): Group {
	const group = world.find(groupId);
	if (group !== undefined) return group;
	throw new MetaError(131041, 'The group does not exist or the business is not a member.');
}

/**
 * The group, unless WhatsApp has suspended it: then 131207.
 *
 * Assumed: a suspended group can be read and deleted, and nothing else (providers.md §4.6 [I]).
 */
export function activeGroup(world: CloudWorld, groupId: string): Group {
	const group = knownGroup(world, groupId);
	if (!group.isSuspended) return group;
	throw new MetaError(131207, 'The group is suspended.');
}
