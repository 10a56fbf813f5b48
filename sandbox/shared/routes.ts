import type { Router } from 'express';

/** Method and path of each route declared directly on a router, once per handler. */
export function routesOf(router: Router): Array<{ method: string; path: string }> {
	return router.stack.flatMap(({ route }) =>
		route === undefined
			? []
			: route.stack.map(({ method }) => ({ method: method.toUpperCase(), path: route.path })),
	);
}

/** Methods, in upper case, that a router's own routes offer for a path; empty when none fits. */
export function methodsFor(router: Router, path: string): string[] {
	const methods = routesOf(router)
		.filter((route) => new RegExp(`^${route.path.replace(/:\w+/g, '[^/]+')}/?$`, 'i').test(path))
		.map(({ method }) => method);
	return [...new Set(methods)];
}
