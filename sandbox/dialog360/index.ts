import { Router } from 'express';
import { addCloudControl, addSettingsControl } from '../cloudApi/control';
import type { CloudHappening } from '../cloudApi/happenings';
import { Lookup } from '../cloudApi/lookup';
import { addAttachmentRoute } from '../cloudApi/media';
import { Pager } from '../cloudApi/paging';
import { addNumberEdges, groupRouter, mediaRouter } from '../cloudApi/routers';
import type { CloudService } from '../cloudApi/service';
import { CloudWorld } from '../cloudApi/world';
import type { Emulator } from '../emulator';
import { addAccountRoutes, noWebhook, type WebhookHolder } from './account';
import { admitted } from './admitted';
import { answerDialog360Errors, dialog360Refusal, HubError } from './errors';
import { ACCOUNT, credentials } from './model';
import { sampleGroups } from './samples';
import { defaultDialog360Settings, dialog360SettingsSchema } from './settings';
import { addTemplateRoutes } from './templates';

export interface Dialog360Emulator extends Emulator {
	readonly lookup: Lookup;
	/** Calls the listener for all that happens, until the function returned is called. */
	onHappening(listener: (happening: CloudHappening) => void): () => void;
	/** The URL that is registered, empty when there is none, and its headers. */
	webhook(): WebhookHolder['webhook'];
}

/** 360dialog's Groups API and what belongs to it, as providers.md §2 and §4 describe it. */
export function createDialog360(): Dialog360Emulator {
	const world = new CloudWorld(ACCOUNT, sampleGroups);
	const lookup = new Lookup([world]);
	const pager = new Pager();
	const holder = { settings: defaultDialog360Settings, webhook: noWebhook };
	const settings = () => holder.settings;
	const service: CloudService = {
		world,
		pager,
		settings,
		pageLink: (_response, path) => `https://graph.facebook.com/v25.0${path}?`,
		mediaOrigin: () => 'https://lookaside.fbsbx.com',
	};

	const api = Router();
	api.use(admitted(settings));
	addNumberEdges(api, service);
	api.use('/groups/:groupId', groupRouter(service));
	addTemplateRoutes(api, world.templates);
	addAccountRoutes(api, holder, settings);
	// What `url` points to once its host is replaced by this one (providers.md §2.4).
	addAttachmentRoute(api, [world]);
	// Last: a medium's path is nothing but its id.
	api.use('/:mediaId', mediaRouter(service));
	api.use(() => {
		throw HubError.other(404, 'Not found');
	});
	api.use(answerDialog360Errors);

	const control = Router();
	addSettingsControl(control, holder, dialog360SettingsSchema.partial());
	addCloudControl(control, lookup, pager, world.templates);

	return {
		id: 'dialog360',
		name: '360dialog',
		lookup,
		api,
		control,
		credentials,
		baseUrls: { api: '/dialog360' },
		refusal: (kind, retryAfterSeconds) => dialog360Refusal(kind, settings(), retryAfterSeconds),
		reset: () => {
			holder.settings = defaultDialog360Settings;
			holder.webhook = noWebhook;
			pager.expire();
			world.reset();
		},
		state: () => ({
			...world.everything(),
			webhook: holder.webhook,
			settings: holder.settings,
		}),
		onHappening: (listener) => world.happenings.on(listener),
		webhook: () => holder.webhook,
	};
}
