import { Router } from 'express';
import { notOfficial } from '../cloudApi/errors';
import { addNumberEdges, groupRouter, mediaRouter } from '../cloudApi/routers';
import type { CloudService } from '../cloudApi/service';
import { addRevokeRoute } from './inviteLink';
import type { GraphNode } from './nodes';
import { addNumberRoutes, isOfficial, type NumberFacts } from './numbers';
import { management, messaging } from './permissions';
import type { VerifyOverride } from './verification';

/** A number, its groups and its media, each as a node of the graph. */
export interface NumberNodes {
	number: GraphNode;
	group: GraphNode;
	medium: GraphNode;
}

export function numberNodes(
	facts: NumberFacts,
	given: Omit<CloudService, 'checkGroupSend'>,
	verify: VerifyOverride,
): NumberNodes {
	const checkGroups = () => {
		if (!isOfficial(facts.number, facts.settings())) throw notOfficial();
	};
	const service: CloudService = { ...given, checkGroupSend: checkGroups };
	const number = Router();
	addNumberRoutes(number, facts, verify);
	// Assumed: reads as well; the code says only that the number may not (providers.md §4.6).
	number.use('/groups', (_request, _response, next) => {
		checkGroups();
		next();
	});
	addNumberEdges(number, service);
	const group = groupRouter(service);
	addRevokeRoute(group, service.world, facts.settings);
	return {
		number: {
			permissions(method, path) {
				if (path !== '/') return messaging;
				return method === 'GET' ? [...messaging, ...management] : management;
			},
			router: number,
		},
		group: { permissions: () => messaging, check: checkGroups, router: group },
		medium: { permissions: () => messaging, router: mediaRouter(service) },
	};
}
