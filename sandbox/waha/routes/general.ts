import type { Router } from 'express';
import { DIALECTS } from '../engines';
import type { WahaServer } from '../server';

/** What needs no key (providers.md §3.1). */
export function openRoutes(router: Router): void {
	router.get('/ping', (_req, res) => void res.json({ message: 'pong' }));
}

export function versionOf(server: WahaServer) {
	return {
		version: server.release,
		engine: server.engine,
		tier: 'CORE',
		browser: DIALECTS[server.engine].browser,
		platform: 'linux/x64',
		worker: { id: null },
	};
}

/** Health and version (providers.md §3.1). */
export function serverRoutes(router: Router, server: WahaServer): void {
	// Assumed: health wants the key; only ping is documented not to (providers.md §3.1).
	router.get('/health', (_req, res) => {
		res.json({ status: 'ok', info: {}, error: {}, details: {} });
	});
	router.get('/api/server/version', (_req, res) => void res.json(versionOf(server)));
	router.get('/api/version', (_req, res) => void res.json(versionOf(server)));
}
