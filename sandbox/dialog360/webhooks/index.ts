import { backOffOfAWeek } from '../../cloudApi/webhooks/backOff';
import { toChange } from '../../cloudApi/webhooks/changes';
import { addCloudWebhookControl } from '../../cloudApi/webhooks/control';
import { envelope, fieldsIn, type NumberChange } from '../../cloudApi/webhooks/envelope';
import { defaultVariants } from '../../cloudApi/webhooks/variants';
import { Batch } from '../../webhooks/batch';
import type { Deliverer } from '../../webhooks/deliverer';
import { jsonBody } from '../../webhooks/sender';
import type { AddressOptions, WebhookSender } from '../../webhooks/sender';
import type { Dialog360Emulator } from '../index';
import { ACCOUNT } from '../model';

/** A hard limit of 5 s, then exponential back-off for up to 7 days (providers.md §2.6). */
const RULES = {
	accepts: 'any2xx',
	patienceMs: 5000,
	timeoutMs: 5000,
	retryDelaysMs: backOffOfAWeek(),
	honoursRetryAfter: false,
} as const;

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
	const batch = new Batch<NumberChange>((changes) => {
		const body = jsonBody(envelope(ACCOUNT.wabaId, changes, holder.variants));
		for (const delivery of sender.address(body, fieldsIn(changes))) deliverer.send(delivery);
	});
	addCloudWebhookControl(dialog360.control, dialog360.lookup, holder, batch);
	dialog360.onHappening((happening) => {
		const change = toChange(happening, holder.variants);
		if (change) batch.add({ number: ACCOUNT, change });
	});
	return sender;
}

/** The headers that were registered are the only proof: Meta's signature is not forwarded (providers.md §2.6). */
function proofs(registered: Record<string, string>, sign: AddressOptions['sign']) {
	if (sign === 'missing') return {};
	if (sign !== 'forged') return registered;
	return Object.fromEntries(Object.entries(registered).map(([name, value]) => [name, `${value}x`]));
}
