import { Router } from 'express';
import type { Emulator, Refusal, RefusalKind } from '../emulator';
import { exceptionBody } from './errors';
import { ENGINES, type EngineName } from './model';
import type { HappeningListener } from './happenings';
import { OLDER_RELEASE, DEFAULT_RELEASE } from './releases';
import { createApi } from './routes';
import { SAMPLE } from './sample';
import { WahaServer } from './server';

/** The emulator with its seams for webhooks and tests. */
export interface WahaEmulator extends Emulator {
	readonly servers: Readonly<Record<EngineName, WahaServer>>;
	/** Everything that happens on any of the servers. @returns a function that ends the listening */
	onHappening(listener: HappeningListener): () => void;
}

/**
 * WAHA (providers.md §3): a server has one engine, so there are three, at `/waha/webjs`,
 * `/waha/noweb` and `/waha/gows`, each with a state of its own and the same key.
 */
export function createWaha(): WahaEmulator {
	const create = (engine: EngineName) => new WahaServer(engine, SAMPLE.apiKey);
	const servers = { WEBJS: create('WEBJS'), NOWEB: create('NOWEB'), GOWS: create('GOWS') };
	const api = Router();
	for (const engine of ENGINES) api.use(`/${engine.toLowerCase()}`, createApi(servers[engine]));

	return {
		id: 'waha',
		name: 'WAHA',
		api,
		control: Router(),
		credentials: { apiKey: SAMPLE.apiKey },
		baseUrls: Object.fromEntries(
			ENGINES.map((engine) => [engine, `/waha/${engine.toLowerCase()}`]),
		),
		servers,
		onHappening(listener) {
			const ends = ENGINES.map((engine) => servers[engine].happenings.onHappening(listener));
			return () => ends.forEach((end) => end());
		},
		refusal,
		reset() {
			for (const engine of ENGINES) servers[engine].reset();
		},
	};
}

/**
 * WAHA has no 429: WhatsApp's limits surface as 500 `rate-overlimit` (providers.md §3.5). A proxy
 * before it may answer 429, which the core can play as well.
 */
function refusal(kind: RefusalKind, retryAfterSeconds?: number): Refusal {
	if (kind === 'unavailable') {
		// The container is down, so a proxy answers.
		return {
			status: 503,
			headers: {
				'content-type': 'text/html',
				...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
			},
			body: '<html><head><title>503 Service Temporarily Unavailable</title></head></html>',
		};
	}
	const message = kind === 'rateLimited' ? 'rate-overlimit' : 'Connection Closed';
	const request = { path: '/api', method: 'GET', body: {}, query: {} };
	const version = { version: DEFAULT_RELEASE, engine: 'NOWEB', tier: 'CORE' };
	return { status: 500, body: exceptionBody({ message, name: 'Error' }, request, version) };
}

export { OLDER_RELEASE, SAMPLE };
