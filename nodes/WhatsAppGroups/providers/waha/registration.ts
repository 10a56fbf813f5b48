import type { Registration, Wanted } from '../../contract/trigger';
import { isTestUrlOf } from '../../contract/webhookUrl';
import type { Api } from '../../transport/api';
import { path } from '../../transport/connection';
import { asList, asRecord, asText, firstOf } from '../../transport/json';
import type { Json } from '../../transport/json';
import { askServer } from './server';
import type { WahaServer } from './server';
import { putTagsBack, turnTagsOn } from './tagsEvents';
import { hasStatuses, webhookEvents } from './webhookEvents';

/**
 * A session has a list of webhooks in its configuration. Writing replaces the whole configuration and
 * restarts the session (§3.2), so everything else in it is kept, and nothing is written when it is as
 * wanted.
 */
export const registration: Registration = {
	httpsOnly: false,

	async isSet(api, wanted) {
		const { config, server } = await readSession(api);
		return withWebhook(config, server, wanted, [wanted.url]) === config;
	},

	async set(api, wanted, { url: before }) {
		const notes: string[] = [];
		await change(api, (config, server) => {
			const { names, missing } = webhookEvents(wanted, server);
			const tooNew = missing.map(({ event, since }) => `${event} (from ${since} on)`).join(', ');
			if (names.length === 0) {
				throw api.failure(
					`This WAHA is too old for all events in 'Trigger On'`,
					`It is release ${server.release}, which does not know ${tooNew}. Update WAHA, or choose other events.`,
				);
			}
			if (missing.length > 0) {
				notes.push(`WAHA ${server.release} is too old to report ${tooNew}; the rest is registered`);
			}
			const own = webhooksOf(config)
				.map(({ url }) => String(url))
				.filter((url) => url === wanted.url || (!wanted.isTest && isOwn(url, wanted.url, before)));
			return withWebhook(config, server, wanted, own);
		});
		return notes;
	},

	async remove(api, urls) {
		await change(api, (config) => {
			const isLeft = ({ url }: Json) => !urls.some((own) => isOwn(String(url), own));
			const after = webhooksOf(config).filter(isLeft);
			if (after.length === webhooksOf(config).length) return config;
			const removed = webhooksOf(config).filter((webhook) => !isLeft(webhook));
			return putTagsBack({ ...config, webhooks: after }, removed);
		});
	},
};

/** A trigger's own URL: now, before, or of a test run that was killed. */
function isOwn(url: string, own: string, before?: string): boolean {
	return url === own || url === before || isTestUrlOf(url, own);
}

/** Changes of one session wait for each other: two triggers that start at once would lose one. */
const queues = new Map<string, Promise<void>>();

async function change(api: Api, edit: (config: Json, server: WahaServer) => Json): Promise<void> {
	const session = `${api.baseUrl} ${api.account}`;
	const turn = (queues.get(session) ?? Promise.resolve()).then(async () => {
		const { config, server } = await readSession(api);
		const after = edit(config, server);
		if (after === config) return;
		await api.request({
			method: 'PUT',
			path: path`/api/sessions/${api.account}`,
			body: { config: after } as never,
		});
	});
	queues.set(
		session,
		turn.catch(() => undefined),
	);
	await turn;
}

async function readSession(api: Api): Promise<{ config: Json; server: WahaServer }> {
	const session = await api.request({ method: 'GET', path: path`/api/sessions/${api.account}` });
	const { release, engine } = await askServer(api);
	const { config, engine: own } = asRecord(session.body);
	return {
		config: asRecord(config),
		server: { release, engine: firstOf(asText(asRecord(own).engine), engine) },
	};
}

function webhooksOf({ webhooks }: Json): Json[] {
	return asList(webhooks).map(asRecord);
}

/** The configuration with the webhook in place of those that are replaced; itself if it is so already. */
function withWebhook(
	config: Json,
	server: WahaServer,
	wanted: Wanted,
	replaced: readonly string[],
): Json {
	const webhooks = webhooksOf(config);
	const own = webhooks.filter(({ url }) => replaced.includes(String(url)));
	const { names } = webhookEvents(wanted, server);
	const needsTags = server.engine === 'WEBJS' && hasStatuses(names);
	const hasTags = asRecord(config.webjs).tagsEventsOn === true;
	if (own.length === 1 && isAsWanted(own[0], wanted, names) && (hasTags || !needsTags)) {
		return config;
	}
	const others = webhooks.filter((webhook) => !own.includes(webhook));
	const webhook: Json = { url: wanted.url, events: names, hmac: { key: wanted.secret } };
	const base = { ...config, webhooks: others };
	const after = needsTags ? turnTagsOn(base, webhook, own) : putTagsBack(base, own);
	return { ...after, webhooks: [...others, webhook] };
}

function isAsWanted(webhook: Json, wanted: Wanted, names: readonly string[]): boolean {
	const has = asList(webhook.events).map(asText).sort();
	const wants = [...names].sort();
	return (
		webhook.url === wanted.url &&
		asRecord(webhook.hmac).key === wanted.secret &&
		has.length === wants.length &&
		has.every((name, i) => name === wants[i])
	);
}
