import { json, type RequestHandler } from 'express';
import { z, type ZodIssue, type ZodType, type ZodTypeDef } from 'zod';
import { firstProblem } from '../shared/validation';
import { HubError, MetaError } from './errors';
import { credentials, type Group } from './model';
import type { Dialog360Settings } from './settings';
import type { Dialog360World } from './world';

/** The key first, then what the account may use (providers.md §2.1, §2.7). */
export function admitted(settings: () => Dialog360Settings): RequestHandler {
	return (request, _response, next) => {
		const key = request.headers['d360-api-key'];
		if (key === undefined || key === '') throw HubError.unauthorized();
		if (key !== credentials.apiKey) throw HubError.other(401, 'Invalid api_key.');
		if (settings().apiDisabled) throw HubError.other(400, 'API disabled');
		if (settings().blockedPaths.some((path) => request.path.startsWith(path))) {
			throw HubError.blocked();
		}
		// Assumed: reads as well; the code says only that the number may not (providers.md §4.6).
		if (!settings().groupsEligible && /^\/groups(\/|$)/.test(request.path)) {
			throw new MetaError(131215, 'The number is not an Official Business Account.');
		}
		next();
	};
}

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

/** The group, or 131041. Assumed: also for calls that are not sends (providers.md §4.6). */
export function knownGroup(world: Dialog360World, groupId: string): Group {
	const group = world.find(groupId);
	if (group !== undefined) return group;
	throw new MetaError(131041, 'The group does not exist or the business is not a member.');
}

/**
 * The group, unless WhatsApp has suspended it: then 131207.
 *
 * Assumed: a suspended group can be read and deleted, and nothing else (providers.md §4.6 [I]).
 */
export function activeGroup(world: Dialog360World, groupId: string): Group {
	const group = knownGroup(world, groupId);
	if (!group.isSuspended) return group;
	throw new MetaError(131207, 'The group is suspended.');
}
