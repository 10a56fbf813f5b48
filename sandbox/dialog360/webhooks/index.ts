import { Batch } from '../../webhooks/batch';
import type { Deliverer } from '../../webhooks/deliverer';
import { jsonBody } from '../../webhooks/sender';
import type { AddressOptions, WebhookSender } from '../../webhooks/sender';
import type { Dialog360Emulator } from '../index';
import { ACCOUNT } from '../model';
import type { Change } from './change';
import { toChange } from './changes';
import { addDialog360WebhookControl } from './control';
import { defaultVariants } from './variants';

const DAY_MS = 24 * 3600 * 1000;

/**
 * A hard limit of 5 s, then exponential back-off for up to 7 days (providers.md §2.6).
 * Assumed: it begins at a second and is no longer than a day.
 */
const RULES = {
	accepts: 'any2xx',
	patienceMs: 5000,
	timeoutMs: 5000,
	retryDelaysMs: backOff(1000, 7 * DAY_MS),
	honoursRetryAfter: false,
} as const;

function backOff(firstMs: number, untilMs: number): number[] {
	const delays: number[] = [];
	let passed = 0;
	for (let next = firstMs; passed + next <= untilMs; next = Math.min(next * 2, DAY_MS)) {
		delays.push(next);
		passed += next;
	}
	return delays;
}

/** Meta's envelopes (providers.md §4.5) to the number's one URL, with the headers registered with it. */
export function dialog360Webhooks(
	dialog360: Dialog360Emulator,
	deliverer: Deliverer,
): WebhookSender {
	const holder = { variants: defaultVariants };
	deliverer.onReset(() => {
		holder.variants = defaultVariants;
	});

	const sender: WebhookSender = {
		id: 'dialog360',
		address(body: Buffer, event: string, { url, sign = 'valid' }: AddressOptions = {}) {
			const registered = dialog360.webhook();
			const target = url ?? registered.url;
			if (target === '') return [];
			const headers = { 'Content-Type': 'application/json', ...proofs(registered.headers, sign) };
			return [{ provider: 'dialog360', event, url: target, headers, body, ...RULES }];
		},
	};
	const batch = new Batch<Change>((changes) => {
		const event = [...new Set(changes.map(({ field }) => field))].join();
		for (const delivery of sender.address(jsonBody(envelope(changes)), event)) {
			deliverer.send(delivery);
		}
	});
	addDialog360WebhookControl(dialog360, holder, batch);
	dialog360.onHappening((happening) => {
		const change = toChange(happening, holder.variants);
		if (change) batch.add(change);
	});
	return sender;
}

function envelope(changes: Change[]) {
	const metadata = {
		display_phone_number: ACCOUNT.phone,
		phone_number_id: ACCOUNT.phoneNumberId,
	};
	return {
		object: 'whatsapp_business_account',
		entry: [
			{
				id: ACCOUNT.wabaId,
				changes: changes.map(({ field, value }) => ({
					value: { messaging_product: 'whatsapp', metadata, ...value },
					field,
				})),
			},
		],
	};
}

/** The headers that were registered are the only proof: Meta's signature is not forwarded (providers.md §2.6). */
function proofs(registered: Record<string, string>, sign: AddressOptions['sign']) {
	if (sign === 'missing') return {};
	if (sign !== 'forged') return registered;
	return Object.fromEntries(Object.entries(registered).map(([name, value]) => [name, `${value}x`]));
}
