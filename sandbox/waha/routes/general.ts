import type { Router } from 'express';
import { DIALECTS } from '../engines';
import type { WahaServer } from '../server';

/** Version, health, ping, and the stand-in for WhatsApp's own picture host (providers.md §3.1, §3.4). */
export function openRoutes(router: Router, server: WahaServer): void {
	router.get('/ping', (_req, res) => void res.json({ message: 'pong' }));

	// WAHA answers with links to WhatsApp's servers, which want no key.
	router.get('/pps/:pictureId', (req, res) => {
		const picture = server.pictures.get(req.params.pictureId);
		if (picture) res.type(picture.mimetype).send(picture.bytes);
		else res.status(404).type('text/plain').send('Bad URL hash');
	});
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

export function serverRoutes(router: Router, server: WahaServer): void {
	// Assumed: health wants the key; only ping is documented not to (providers.md §3.1).
	router.get('/health', (_req, res) => {
		res.json({ status: 'ok', info: {}, error: {}, details: {} });
	});
	router.get('/api/server/version', (_req, res) => void res.json(versionOf(server)));
	router.get('/api/version', (_req, res) => void res.json(versionOf(server)));
}
