import { Router } from 'express';
import type { Emulator } from '../emulator';
import { addAccountRoutes } from './account';
import { createDialog360Control } from './control';
import { answerDialog360Errors, dialog360Refusal, HubError } from './errors';
import { addGroupRoutes } from './groups';
import type { Dialog360Happening } from './happenings';
import { addJoinRequestRoutes } from './joinRequests';
import { addMediaRoutes } from './media';
import { addMessageRoute } from './messages';
import { credentials } from './model';
import { Pager } from './paging';
import { addParticipantRoutes } from './participants';
import { admitted } from './request';
import { defaultDialog360Settings } from './settings';
import { addTemplateRoutes } from './templates';
import { addUpdateRoute } from './update';
import { Dialog360World } from './world';

export interface Dialog360Emulator extends Emulator {
	readonly world: Dialog360World;
	/** Calls the listener for all that happens, until the function returned is called. */
	onHappening(listener: (happening: Dialog360Happening) => void): () => void;
	/** The URL that is registered, empty when there is none, and its headers. */
	webhook(): { url: string; headers: Record<string, string> };
}

/** 360dialog's Groups API and what belongs to it, as providers.md §2 and §4 describe it. */
export function createDialog360(): Dialog360Emulator {
	const world = new Dialog360World();
	const pager = new Pager();
	const holder = { settings: defaultDialog360Settings };
	const settings = () => holder.settings;

	const api = Router();
	api.use(admitted(settings));
	addGroupRoutes(api, world, pager, settings);
	addUpdateRoute(api, world, settings);
	addParticipantRoutes(api, world, settings);
	addJoinRequestRoutes(api, world, pager);
	addMessageRoute(api, world);
	addTemplateRoutes(api, world);
	addAccountRoutes(api, world, settings);
	// Last: a medium's path is nothing but its id.
	addMediaRoutes(api, world);
	api.use(() => {
		throw HubError.other(404, 'Not found');
	});
	api.use(answerDialog360Errors);

	return {
		id: 'dialog360',
		name: '360dialog',
		world,
		api,
		control: createDialog360Control(world, pager, holder),
		credentials,
		baseUrls: { api: '/dialog360' },
		refusal: (kind, retryAfterSeconds) => dialog360Refusal(kind, settings(), retryAfterSeconds),
		reset: () => {
			holder.settings = defaultDialog360Settings;
			pager.expire();
			world.reset();
		},
		state: () => ({ ...world.everything(), settings: holder.settings }),
		onHappening: (listener) => world.happenings.on(listener),
		webhook: () => world.webhook,
	};
}
