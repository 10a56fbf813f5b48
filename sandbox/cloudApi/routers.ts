import { Router } from 'express';
import { addGroupRoutes, addGroupsRoutes } from './groups';
import { addJoinRequestRoutes } from './joinRequests';
import { addMediaRoutes, addUploadRoute } from './media';
import { addMessageRoute } from './messages';
import { addParticipantRoutes } from './participants';
import type { CloudService } from './service';
import { addUpdateRoute } from './update';

/** What there is on a number: its groups, messages and media. */
export function addNumberEdges(router: Router, service: CloudService): void {
	addGroupsRoutes(router, service);
	addMessageRoute(router, service);
	addUploadRoute(router, service);
}

/** What there is on a group; mounted at a path with `:groupId`. */
export function groupRouter(service: CloudService): Router {
	const router = Router({ mergeParams: true });
	addGroupRoutes(router, service);
	addUpdateRoute(router, service);
	addParticipantRoutes(router, service);
	addJoinRequestRoutes(router, service);
	return router;
}

/** What there is on an uploaded medium; mounted at a path with `:mediaId`. */
export function mediaRouter(service: CloudService): Router {
	const router = Router({ mergeParams: true });
	addMediaRoutes(router, service);
	return router;
}
