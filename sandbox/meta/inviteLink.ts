import type { Router } from 'express';
import { activeGroup, groupIdIn } from '../cloudApi/request';
import type { CloudWorld } from '../cloudApi/world';
import type { MetaSettings } from './settings';

/**
 * Revoking a group's link, which only the OpenAPI has and no document (providers.md §8): where it is
 * not supported, the next in line says so.
 *
 * Assumed: the group has another link afterwards, which the answer does not give [I].
 */
export function addRevokeRoute(
	group: Router,
	world: CloudWorld,
	settings: () => MetaSettings,
): void {
	group.delete('/invite_link', (request, response, next) => {
		if (!settings().revokeLink) return next();
		world.resetInviteLink(activeGroup(world, groupIdIn(request)));
		response.json({ success: true });
	});
}
