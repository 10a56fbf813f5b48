import { json, type RequestHandler } from 'express';
import type { ZodType, ZodTypeDef } from 'zod';
import { parseOr } from '../shared/validation';
import { groupNotFound, notAuthenticated, SinchError } from './errors';
import { credentials } from './samples';
import type { SinchGroup } from './model';
import { isOwn, type SinchWorld } from './world';

/** 401 unless both headers are right (providers.md §1.1). */
export const authenticated: RequestHandler = (request, _response, next) => {
	const { username, authenticationtoken } = request.headers;
	if (username !== credentials.userName) throw notAuthenticated();
	if (authenticationtoken !== credentials.authenticationToken) throw notAuthenticated();
	next();
};

/** Reads a body sent as `application/json`; any other stays unread. */
/** Assumed: how large a body may be; no document says. */
export const jsonBody = json({ limit: '30mb' });

/**
 * The body, checked.
 *
 * Assumed: what does not fit is a 400 naming the field; the documents give no body (providers.md §1.1 [I]).
 */
export function bodyOf<Output, Input>(
	request: { body?: unknown },
	schema: ZodType<Output, ZodTypeDef, Input>,
): Output {
	const { body } = request;
	if (body === undefined) throw new SinchError(400, 'A body of type application/json is required.');
	return parseOr(schema, body, (problem) => new SinchError(400, problem));
}

/** The group, if the account is in it; 404 otherwise. */
export function ownGroup(world: SinchWorld, groupId: string): SinchGroup {
	const group = world.find(groupId);
	if (group === undefined || !isOwn(group)) throw groupNotFound();
	return group;
}
