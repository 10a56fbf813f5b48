import { Batch } from '../../webhooks/batch';
import type { Deliverer } from '../../webhooks/deliverer';
import { jsonBody } from '../../webhooks/sender';
import type { AddressOptions, WebhookSender } from '../../webhooks/sender';
import type { SinchEmulator } from '../index';
import { toCallback, type Callback } from './callbacks';
import { addSinchWebhookControl, defaultSinchWebhookSettings } from './control';

/**
 * 200 within 200 ms, or it counts as failed (providers.md §1.5).
 * Assumed: the schedule of retries, which is not published, and that late answers are still read.
 */
const RULES = {
	accepts: 'only200',
	patienceMs: 200,
	timeoutMs: 10_000,
	retryDelaysMs: [2000, 5000, 10_000, 30_000, 60_000],
	honoursRetryAfter: false,
} as const;

/** Callbacks of messages and statuses, in bulk and unsigned, to URLs that Sinch's support registers. */
export function sinchWebhooks(sinch: SinchEmulator, deliverer: Deliverer): WebhookSender {
	const holder = { settings: defaultSinchWebhookSettings };
	deliverer.onReset(() => {
		holder.settings = defaultSinchWebhookSettings;
	});

	const sender: WebhookSender = {
		id: 'sinch',
		address(body: Buffer, event: string, { url, sign = 'valid' }: AddressOptions = {}) {
			const { messagesUrl, statusUrl } = holder.settings;
			const registered = url ?? (event === 'status' ? statusUrl : messagesUrl);
			if (registered === '') return [];
			const target = proven(registered, sign);
			const headers = { 'Content-Type': 'application/json' };
			return [{ provider: 'sinch', event, url: target, headers, body, ...RULES }];
		},
	};
	const batch = new Batch<Callback>((callbacks) => {
		for (const kind of ['message', 'status'] as const) {
			const data = callbacks.filter((callback) => callback.kind === kind).map(({ entry }) => entry);
			if (data.length === 0) continue;
			const total = holder.settings.total === 'string' ? String(data.length) : data.length;
			for (const delivery of sender.address(jsonBody({ total, data }), kind)) {
				deliverer.send(delivery);
			}
		}
	});
	addSinchWebhookControl(sinch, holder, batch);
	sinch.onHappening((happening) => {
		const callback = toCallback(happening);
		if (callback) batch.add(callback);
	});
	return sender;
}

/** The only proof is a secret in the URL. */
function proven(url: string, sign: AddressOptions['sign']): string {
	if (sign === 'valid') return url;
	const target = new URL(url);
	if (sign === 'forged') target.searchParams.set('secret', 'forged');
	if (sign === 'missing') target.searchParams.delete('secret');
	return target.toString();
}
