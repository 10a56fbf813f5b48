import { Router } from 'express';
import type { Emulator } from '../emulator';
import type { FileHost } from '../fileHost';
import { methodsFor } from '../shared/routes';
import { createSinchControl } from './control';
import { answerSinchErrors, SinchError, sinchRefusal } from './errors';
import { addGroupRoutes } from './groups';
import type { SinchHappening } from './happenings';
import { addIconRoutes } from './icon';
import { authenticated } from './request';
import { credentials } from './samples';
import { addSendRoute } from './send';
import { defaultSinchSettings } from './settings';
import { SinchWorld } from './world';

export interface SinchEmulator extends Emulator {
	readonly world: SinchWorld;
	/** Calls the listener for all that happens, until the function returned is called. */
	onHappening(listener: (happening: SinchHappening) => void): () => void;
}

/** Sinch's (formerly Wavy's) WhatsApp API, as providers.md §1 describes it. */
export function createSinch(files: FileHost): SinchEmulator {
	const world = new SinchWorld(files);
	const holder = { settings: defaultSinchSettings };

	const api = Router();
	api.use(authenticated);
	addGroupRoutes(api, world, () => holder.settings);
	addIconRoutes(api, world, files);
	addSendRoute(api, world, () => holder.settings);
	api.use((request, response) => {
		const methods = methodsFor(api, request.path);
		if (methods.length === 0) throw new SinchError(404, 'Not found.');
		response.set('Allow', methods.join(', '));
		throw new SinchError(405, 'Method not allowed.');
	});
	api.use(answerSinchErrors);

	return {
		id: 'sinch',
		name: 'Sinch (Wavy)',
		world,
		api,
		control: createSinchControl(world, holder),
		credentials,
		baseUrls: { api: '/sinch' },
		refusal: (kind, retryAfterSeconds) => sinchRefusal(kind, holder.settings, retryAfterSeconds),
		reset: () => {
			holder.settings = defaultSinchSettings;
			world.reset();
		},
		state: () => ({ ...world.everything(), settings: holder.settings }),
		onHappening: (listener) => world.happenings.on(listener),
	};
}
