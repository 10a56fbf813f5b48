import type { EventName } from '../../model';
import type { Api } from '../../transport/api';
import { path } from '../../transport/connection';
import type { Registration, Wanted } from '../../contract/trigger';
import { asList, asRecord, asText } from '../../transport/json';
import type { Json } from '../../transport/json';

/** The event of WAHA in which each of ours is reported (providers.md §3.8). */
const wahaEvents: Readonly<Partial<Record<EventName, string>>> = {
	'group.joined': 'group.v2.join',
	'group.left': 'group.v2.leave',
	'group.updated': 'group.v2.update',
	'joinRequest.created': 'group.v2.participants.join-request',
	'joinRequest.rejected': 'group.v2.participants.join-request',
	'joinRequest.revoked': 'group.v2.participants.join-request',
	'message.received': 'message',
	'message.sent': 'message.ack.group',
	'message.delivered': 'message.ack.group',
	'message.read': 'message.ack.group',
	'message.failed': 'message.ack.group',
	'participant.demoted': 'group.v2.participants',
	'participant.joined': 'group.v2.participants',
	'participant.left': 'group.v2.participants',
	'participant.promoted': 'group.v2.participants',
};

/**
 * A session has a list of webhooks in its configuration. Writing replaces the whole configuration and
 * restarts the session (§3.2), so everything else in it is kept, and nothing is written when it is as
 * wanted.
 */
export const registration: Registration = {
	httpsOnly: false,

	async isSet(api, wanted) {
		const own = webhooksOf(await readConfig(api)).filter(({ url }) => url === wanted.url);
		return own.length === 1 && isAsWanted(own[0], wanted);
	},

	async set(api, wanted, { url: before }) {
		await change(api, (webhooks) => {
			const own = webhooks.filter(({ url }) => url === wanted.url || url === before);
			if (own.length === 1 && isAsWanted(own[0], wanted)) return webhooks;
			return [...webhooks.filter((webhook) => !own.includes(webhook)), toWebhook(wanted)];
		});
	},

	async remove(api, url) {
		await change(api, (webhooks) => {
			const others = webhooks.filter((webhook) => webhook.url !== url);
			return others.length === webhooks.length ? webhooks : others;
		});
	},
};

/** Changes of one session wait for each other: two triggers that start at once would lose one. */
const queues = new Map<string, Promise<void>>();

async function change(api: Api, edit: (webhooks: Json[]) => Json[]): Promise<void> {
	const session = `${api.baseUrl} ${api.account}`;
	const turn = (queues.get(session) ?? Promise.resolve()).then(async () => {
		const config = await readConfig(api);
		const before = webhooksOf(config);
		const after = edit(before);
		if (after === before) return;
		await api.request({
			method: 'PUT',
			path: path`/api/sessions/${api.account}`,
			body: { config: { ...config, webhooks: after } } as never,
		});
	});
	queues.set(
		session,
		turn.catch(() => undefined),
	);
	await turn;
}

async function readConfig(api: Api): Promise<Json> {
	const { body } = await api.request({
		method: 'GET',
		path: path`/api/sessions/${api.account}`,
	});
	return asRecord(asRecord(body).config);
}

function webhooksOf({ webhooks }: Json): Json[] {
	return asList(webhooks).map(asRecord);
}

function toWebhook(wanted: Wanted): Json {
	return { url: wanted.url, events: eventsOf(wanted), hmac: { key: wanted.secret } };
}

function eventsOf({ events, ownMessages }: Wanted): string[] {
	const names = events.flatMap((event) => wahaEvents[event] ?? []);
	return [...new Set(names)].map((name) =>
		name === 'message' && ownMessages ? 'message.any' : name,
	);
}

function isAsWanted(webhook: Json, wanted: Wanted): boolean {
	const has = asList(webhook.events).map(asText).sort();
	const wants = eventsOf(wanted).sort();
	return (
		webhook.url === wanted.url &&
		asRecord(webhook.hmac).key === wanted.secret &&
		has.length === wants.length &&
		has.every((name, i) => name === wants[i])
	);
}
