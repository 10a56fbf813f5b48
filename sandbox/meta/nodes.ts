import type { RequestHandler, Router } from 'express';
import { MetaError } from '../cloudApi/errors';
import { methodsFor } from '../shared/routes';
import { checkPermission } from './admitted';
import { GraphError } from './errors';
import type { MetaSettings, Permission } from './settings';

/** Something with an id in the graph. */
export interface GraphNode {
	/** Those of which the token needs one. */
	permissions(method: string, path: string): readonly Permission[];
	/** What there is on it, by path below its id. */
	router: Router;
	/** Refuses what the node may not do, whatever the method. */
	check?(): void;
}

/** How the id of any group begins, whether or not there is such a group. */
const GROUP_ID_START = Buffer.from('capi_group:').toString('base64').slice(0, 14);

/** Hands a request to the node that its path begins with: Graph has no other kind of path. */
export function nodes(
	find: (id: string) => GraphNode | undefined,
	settings: () => MetaSettings,
): RequestHandler<{ nodeId: string }> {
	return (request, response, next) => {
		const { nodeId } = request.params;
		const { method, path } = request;
		const node = find(nodeId);
		if (node === undefined) throw unknown(method, nodeId, settings());
		checkPermission(settings(), node.permissions(method, path), request);
		node.check?.();
		Object.assign(request.params, { groupId: nodeId, mediaId: nodeId });
		node.router(request as never, response, (error: unknown) => {
			next(error ?? notOffered(node, method, nodeId, path));
		});
	};
}

/** Assumed: a group that is gone is told by WhatsApp, not by Graph (providers.md §4.6); settable. */
function unknown(method: string, id: string, { unknownGroup }: MetaSettings): Error {
	return id.startsWith(GROUP_ID_START) && unknownGroup === '131041'
		? new MetaError(131041, 'The group does not exist or the business is not a member.')
		: GraphError.unknownNode(method, id);
}

function notOffered({ router }: GraphNode, method: string, id: string, path: string): GraphError {
	if (path === '/') return GraphError.unknownNode(method, id);
	return methodsFor(router, path).length > 0
		? GraphError.unsupported(method)
		: GraphError.unknownPath(path);
}
