import type { Response, Router } from 'express';
import { z } from 'zod';
import { MetaError, metaIssue } from './errors';
import { keysOf } from './keys';
import { activeGroup, bodyOf, groupIdIn, jsonBody, knownGroup, messagingProduct } from './request';
import type { CloudService } from './service';
import type { Decision } from './world';

const decisionBody = z.object({
	...messagingProduct,
	join_requests: z.array(z.string().min(1)).min(1, 'must not be empty'),
});

/** Who asks to be let in, letting them in and turning them away (providers.md §2.2, §4.3.9). */
export function addJoinRequestRoutes(router: Router, service: CloudService): void {
	const { world, pager } = service;
	// `data` is an array here, not an object as in the list of groups.
	router.get('/join_requests', (request, response) => {
		const group = knownGroup(world, groupIdIn(request));
		const link = service.pageLink(response, `/${group.id}/join_requests`);
		const { items, paging } = pager.page(group.joinRequests, request.query, link);
		const data = items.map(({ id, person, createdAt }) => ({
			join_request_id: id,
			...keysOf(person),
			creation_timestamp: String(createdAt),
		}));
		response.json({ data, paging });
	});

	router.post('/join_requests', jsonBody, (request, response) => {
		const group = activeGroup(world, groupIdIn(request));
		const { join_requests: ids } = bodyOf(request, decisionBody);
		answer(response, 'approved_join_requests', world.approve(group, ids));
	});

	router.delete('/join_requests', jsonBody, (request, response) => {
		const group = activeGroup(world, groupIdIn(request));
		const { join_requests: ids } = bodyOf(request, decisionBody);
		answer(response, 'rejected_join_requests', world.reject(group, ids));
	});
}

/**
 * 200 when all went well, 206 when some did (providers.md §4.3.9, §4.6).
 *
 * Assumed: when none did, an error if there are no such requests, since 131213 has the status 400;
 * otherwise 200 with nothing but failures [I].
 */
function answer(
	response: Response,
	key: 'approved_join_requests' | 'rejected_join_requests',
	{ done, failed }: Decision,
): void {
	const ids = done.map(({ id }) => id);
	if (failed.length === 0) {
		response.json({ messaging_product: 'whatsapp', [key]: ids });
		return;
	}
	if (done.length === 0 && failed.every(({ code }) => code === 131213)) {
		throw new MetaError(131213, failed.map(({ id }) => id).join(', '));
	}
	const codes = [...new Set(failed.map(({ code }) => code))];
	response.status(done.length > 0 ? 206 : 200).json({
		messaging_product: 'whatsapp',
		[key]: ids,
		failed_join_requests: failed.map(({ id, code }) => ({
			join_request_id: id,
			errors: [metaIssue(code)],
		})),
		errors: codes.map((code) => metaIssue(code)),
	});
}
