import { Router } from 'express';
import type { Emulator } from '../emulator';
import { FileHost } from '../fileHost';
import { createWahaControl } from './control';
import { describeServer } from './describe';
import type { WahaHappening } from './happenings';
import { ENGINES, type EngineName } from './model';
import { wahaRefusal } from './refusal';
import { createApi } from './routes';
import { SAMPLE } from './sample';
import { WahaServer } from './server';

/** The emulator with its seams for webhooks and tests. */
export interface WahaEmulator extends Emulator {
	readonly servers: Readonly<Record<EngineName, WahaServer>>;
	/** The API of each server; all have the same routes, declared on the router itself. */
	readonly apis: Readonly<Record<EngineName, Router>>;
	/** Calls the listener for all that happens on any server, until the function returned is called. */
	onHappening(listener: (happening: WahaHappening, server: WahaServer) => void): () => void;
}

/**
 * WAHA (providers.md §3): a server has one engine, so there are three, at `/waha/webjs`,
 * `/waha/noweb` and `/waha/gows`, each with a state of its own and the same key.
 *
 * @param files stands for WhatsApp's own picture servers
 */
export function createWaha(files: FileHost = new FileHost()): WahaEmulator {
	const servers = forEachEngine((engine) => new WahaServer(engine, SAMPLE.apiKey, files));
	const apis = forEachEngine((engine) => createApi(servers[engine]));
	const api = Router();
	for (const engine of ENGINES) api.use(pathOf(engine), apis[engine]);

	return {
		id: 'waha',
		name: 'WAHA',
		api,
		apis,
		servers,
		control: createWahaControl(servers),
		credentials: { apiKey: SAMPLE.apiKey },
		baseUrls: forEachEngine((engine) => `/waha${pathOf(engine)}`),
		refusal: wahaRefusal,
		reset() {
			for (const engine of ENGINES) servers[engine].reset();
		},
		state: () => forEachEngine((engine) => describeServer(servers[engine])),
		onHappening(listener) {
			const ends = Object.values(servers).map((server) =>
				server.happenings.on((happening) => listener(happening, server)),
			);
			return () => ends.forEach((end) => end());
		},
	};
}

const pathOf = (engine: EngineName): string => `/${engine.toLowerCase()}`;

const forEachEngine = <Value>(make: (engine: EngineName) => Value): Record<EngineName, Value> => ({
	WEBJS: make('WEBJS'),
	NOWEB: make('NOWEB'),
	GOWS: make('GOWS'),
});

export { SAMPLE };
