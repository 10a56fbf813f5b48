import { Router } from 'express';
import { addCloudControl, addSettingsControl } from '../cloudApi/control';
import { Lookup } from '../cloudApi/lookup';
import { addAttachmentRoute } from '../cloudApi/media';
import type { Template } from '../cloudApi/model';
import { Pager } from '../cloudApi/paging';
import type { CloudService } from '../cloudApi/service';
import { CloudWorld } from '../cloudApi/world';
import type { Emulator } from '../emulator';
import type { Targets } from '../webhooks/targets';
import { addAccountRoutes } from './account';
import { admitted, tokenIn } from './admitted';
import { Callbacks } from './callbacks';
import { addCallbackControl } from './control';
import { addDebugTokenRoute } from './debugToken';
import { answerGraphErrors, GraphError, metaRefusal } from './errors';
import { ACCOUNT, credentials, NUMBERS } from './model';
import { type GraphNode, nodes } from './nodes';
import { numberNodes } from './number';
import { management, messaging } from './permissions';
import { sampleGroups } from './samples';
import { defaultMetaSettings, type MetaSettings, metaSettingsSchema } from './settings';
import { addSubscriptionRoutes } from './subscriptions';
import { addTemplateLibrary, addTemplateRoutes } from './templates';
import { overrideVerifier } from './verification';
import { versioned, versionOf } from './version';

export interface MetaEmulator extends Emulator {
	readonly worlds: readonly CloudWorld[];
	readonly lookup: Lookup;
	readonly callbacks: Callbacks;
	settings(): MetaSettings;
}

/**
 * Meta's Graph API as far as WhatsApp's groups need it, as providers.md §4 describes it: one business
 * with two numbers.
 *
 * @param targets where callback URLs may be
 */
export function createMeta(targets: Targets): MetaEmulator {
	const holder = { settings: defaultMetaSettings };
	const settings = () => holder.settings;
	const templates: Template[] = [];
	const worlds = NUMBERS.map(
		(number) => new CloudWorld(number, sampleGroups[number.phoneNumberId], templates),
	);
	const lookup = new Lookup(worlds);
	const pager = new Pager();
	const callbacks = new Callbacks(settings);
	const verify = overrideVerifier(targets, settings);
	const pageLink: CloudService['pageLink'] = (response, path) => {
		const token = settings().pagingToken ? `access_token=${tokenIn(response.req)}&` : '';
		return `https://graph.facebook.com/${versionOf(response)}${path}?${token}`;
	};
	// Assumed: beside the API, where Meta has another host.
	const mediaOrigin: CloudService['mediaOrigin'] = ({ headers }) => `http://${headers.host}/meta`;

	const numbers = NUMBERS.map((number, index) => {
		const world = worlds[index];
		const service = { world, pager, settings, pageLink, mediaOrigin };
		return { world, ...numberNodes({ number, callbacks, settings }, service, verify) };
	});
	const account = Router();
	addAccountRoutes(account, { callbacks, settings }, pager, pageLink);
	addSubscriptionRoutes(account, { callbacks, settings }, verify);
	addTemplateRoutes(account, templates, pager, pageLink);
	const library = Router();
	addTemplateLibrary(library);
	const debugToken = Router();
	addDebugTokenRoute(debugToken, settings);

	const fixed: Readonly<Record<string, GraphNode>> = {
		[ACCOUNT.wabaId]: { permissions: () => management, router: account },
		message_template_library: { permissions: () => management, router: library },
		debug_token: { permissions: () => [...messaging, ...management], router: debugToken },
	};
	const find = (id: string): GraphNode | undefined => {
		for (const { group, medium, number, world } of numbers) {
			if (world.number.phoneNumberId === id) return number;
			if (world.find(id) !== undefined) return group;
			if (world.media.has(id)) return medium;
		}
		return Object.hasOwn(fixed, id) ? fixed[id] : undefined;
	};

	const api = Router();
	api.use(versioned, admitted(settings));
	addAttachmentRoute(api, worlds);
	api.use('/:nodeId', nodes(find, settings));
	api.use(({ method }) => {
		throw GraphError.unsupported(method);
	});
	api.use(answerGraphErrors);

	const control = Router();
	addSettingsControl(control, holder, metaSettingsSchema.partial());
	addCallbackControl(control, callbacks);
	addCloudControl(control, lookup, pager, templates);

	return {
		id: 'meta',
		name: 'Meta Cloud API',
		worlds,
		lookup,
		callbacks,
		settings,
		api,
		control,
		credentials,
		baseUrls: { api: '/meta' },
		refusal: (kind, retryAfterSeconds) => metaRefusal(kind, settings(), retryAfterSeconds),
		reset: () => {
			holder.settings = defaultMetaSettings;
			callbacks.reset();
			pager.expire();
			for (const world of worlds) world.reset();
		},
		state: () => ({
			numbers: worlds.map(({ number }) => number),
			groups: worlds.flatMap((world) => world.everything().groups),
			messages: worlds.flatMap((world) => world.everything().messages),
			media: worlds.flatMap((world) => world.everything().media),
			templates,
			callbacks: callbacks.state(),
			settings: holder.settings,
		}),
	};
}
