import { createHmac, randomBytes } from 'node:crypto';
import type { Deliverer, Delivery } from '../../webhooks/deliverer';
import { jsonBody } from '../../webhooks/sender';
import type { AddressOptions, WebhookSender } from '../../webhooks/sender';
import { DIALECTS } from '../engines';
import { lidId, phoneId } from '../ids';
import type { WahaEmulator } from '../index';
import type { Session, WebhookConfig } from '../model';
import { namesEngine } from '../releases';
import type { WahaServer } from '../server';
import { addWahaWebhookControl, defaultWahaWebhookSettings } from './control';
import { eventsFor, type WahaEvent } from './events';

/** Assumed: how long WAHA waits for an answer, which is not documented (providers.md §0). */
const TIMEOUT_MS = 30_000;

/** Signed events (providers.md §3.7–3.10) to the webhooks of every session that gets to know of them. */
export function wahaWebhooks(waha: WahaEmulator, deliverer: Deliverer): WebhookSender {
	const holder = { settings: defaultWahaWebhookSettings };
	deliverer.onReset(() => {
		holder.settings = defaultWahaWebhookSettings;
	});
	addWahaWebhookControl(waha, holder);

	const sender: WebhookSender = {
		id: 'waha',
		address(body, event, { engine = 'WEBJS', session = 'default', sign, url } = {}) {
			const server = waha.servers[engine.toUpperCase() as keyof typeof waha.servers];
			const webhooks = server?.sessions.known(session)?.config?.webhooks ?? [];
			const { event: inBody, timestamp } = fieldsOf(body);
			const about = { event: event === 'ordered' ? (inBody ?? event) : event, timestamp };
			return chosen(webhooks, about.event, url).map((webhook) =>
				addressed(webhook, body, about, server, sign),
			);
		},
	};

	const nameOf = ({ event }: WahaEvent) =>
		event === 'message.ack.group' ? holder.settings.ackName : event;
	waha.onHappening((happening, server) => {
		for (const session of server.sessions.all()) {
			for (const event of eventsFor(happening, session, server)) {
				deliver(deliverer, session, server, event, nameOf(event));
			}
		}
	});
	return sender;
}

/** Those of an URL, or those that ask for the event; all when nobody asks for it. */
function chosen(webhooks: WebhookConfig[], event: string, url?: string): WebhookConfig[] {
	if (url !== undefined) {
		const registered = webhooks.filter((webhook) => webhook.url === url);
		return registered.length > 0 ? registered : [{ url, events: [] }];
	}
	const asking = webhooks.filter((webhook) => isAsking(webhook, event));
	return asking.length > 0 ? asking : webhooks;
}

const isAsking = ({ events }: WebhookConfig, event: string): boolean =>
	events.includes(event) || events.includes('*');

function deliver(
	deliverer: Deliverer,
	session: Session,
	server: WahaServer,
	{ event, isOfGroup, payload }: WahaEvent,
	name: string,
): void {
	const { account, config } = session;
	if (isOfGroup && config?.ignore?.groups === true) return;
	const id = `evt_${randomBytes(13).toString('hex')}`;
	const timestamp = Date.now();
	const { engine, release } = server;
	const body = jsonBody({
		...{ id, timestamp, event: name, session: session.name },
		metadata: config?.metadata ?? {},
		me: account && {
			id: phoneId(account),
			...(account.lid && { lid: lidId(account) }),
			pushName: account.name,
		},
		payload,
		...(namesEngine(release, engine) && { engine }),
		environment: {
			...{ version: release, engine, tier: 'CORE', browser: DIALECTS[engine].browser },
			platform: 'linux/x64',
			worker: { id: null },
		},
	});
	for (const webhook of config?.webhooks ?? []) {
		if (!isAsking(webhook, event)) continue;
		deliverer.send(addressed(webhook, body, { event: name, timestamp }, server));
	}
}

function addressed(
	{ customHeaders, hmac, retries, url }: WebhookConfig,
	body: Buffer,
	{ event, timestamp }: { event: string; timestamp: number },
	{ release }: WahaServer,
	sign: AddressOptions['sign'] = 'valid',
): Omit<Delivery, 'id'> {
	return {
		provider: 'waha',
		event,
		url,
		headers: {
			'Content-Type': 'application/json',
			'User-Agent': `WAHA/${release}`,
			'X-Webhook-Request-Id': randomBytes(13).toString('hex'),
			'X-Webhook-Timestamp': String(timestamp),
			...proof(body, hmac?.key, sign),
			...Object.fromEntries((customHeaders ?? []).map(({ name, value }) => [name, value])),
		},
		body,
		accepts: 'any2xx',
		patienceMs: TIMEOUT_MS,
		timeoutMs: TIMEOUT_MS,
		retryDelaysMs: retryDelaysMs(retries),
		honoursRetryAfter: true,
	};
}

/** HMAC of the raw body; none where no key was registered, unless one is forged. */
function proof(
	body: Buffer,
	registered: string | null | undefined,
	sign: AddressOptions['sign'],
): Record<string, string> {
	const key = sign === 'forged' ? `${registered ?? ''}forged` : registered;
	if (!key || sign === 'missing') return {};
	return {
		'X-Webhook-Hmac': createHmac('sha512', key).update(body).digest('hex'),
		'X-Webhook-Hmac-Algorithm': 'sha512',
	};
}

/** 15 times every 2 s without other orders (providers.md §3.7). Assumed: `linear` is n × delay. */
function retryDelaysMs(retries: WebhookConfig['retries']): number[] {
	const { policy, delaySeconds, attempts } = retries ?? {};
	const delayMs = (delaySeconds ?? 2) * 1000;
	return Array.from({ length: attempts ?? 15 }, (_, i) => {
		if (policy === 'linear') return delayMs * (i + 1);
		if (policy === 'exponential') return delayMs * 2 ** i * (1 + Math.random() * 0.2);
		return delayMs;
	});
}

/** What the headers and the choice of webhooks go by, if the body is an event at all. */
function fieldsOf(body: Buffer): { event?: string; timestamp: number } {
	let envelope: unknown;
	try {
		envelope = JSON.parse(body.toString('utf8'));
	} catch {
		envelope = null;
	}
	const { event, timestamp } = (envelope ?? {}) as { event?: unknown; timestamp?: unknown };
	return {
		event: typeof event === 'string' ? event : undefined,
		timestamp: typeof timestamp === 'number' ? timestamp : Date.now(),
	};
}
