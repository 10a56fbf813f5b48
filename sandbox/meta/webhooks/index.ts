import { backOffOfAWeek } from '../../cloudApi/webhooks/backOff';
import { toChange } from '../../cloudApi/webhooks/changes';
import { addCloudWebhookControl } from '../../cloudApi/webhooks/control';
import { envelope, fieldsIn, type NumberChange } from '../../cloudApi/webhooks/envelope';
import { defaultVariants } from '../../cloudApi/webhooks/variants';
import { shuffle } from '../../shared/shuffle';
import { Batch } from '../../webhooks/batch';
import type { Deliverer, Delivery } from '../../webhooks/deliverer';
import type { AddressOptions, WebhookSender } from '../../webhooks/sender';
import type { Callbacks } from '../callbacks';
import type { MetaEmulator } from '../index';
import { ACCOUNT, credentials, NUMBERS } from '../model';
import type { MetaSettings } from '../settings';
import { metaJson } from './json';
import { signature } from './signature';

/**
 * Anything but 200 is tried again for up to 7 days (providers.md §4.4).
 * Assumed: an answer may take 10 s; no document says.
 */
const RULES = {
	accepts: 'only200',
	patienceMs: 10_000,
	timeoutMs: 10_000,
	retryDelaysMs: backOffOfAWeek(),
	honoursRetryAfter: false,
} as const;

type Addressed = Omit<Delivery, 'id'>;

/** Meta's envelopes (providers.md §4.5), signed, to the URL that is nearest to the number. */
export function metaWebhooks(meta: MetaEmulator, deliverer: Deliverer): WebhookSender {
	const holder = { variants: defaultVariants };
	let waiting: Addressed[] = [];
	deliverer.onReset(() => {
		holder.variants = defaultVariants;
		waiting = [];
	});

	const deliver = (delivery: Addressed) => {
		const sent = deliverer.send(delivery);
		for (let times = meta.settings().deliverTimes; times > 1; times -= 1) deliverer.send(sent);
	};
	/** What was to go out at the same time goes out in any order. */
	const deliverUnordered = (delivery: Addressed) => {
		if (waiting.push(delivery) > 1) return;
		setImmediate(() => {
			const all = waiting;
			waiting = [];
			shuffle(all);
			all.forEach(deliver);
		});
	};

	const batch = new Batch<NumberChange>((changes) => {
		for (const [url, told] of byUrl(changes, meta.callbacks)) {
			const body = metaJson(envelope(ACCOUNT.wabaId, told, holder.variants));
			const delivery = addressed(url, body, fieldsIn(told));
			if (meta.settings().unordered) deliverUnordered(delivery);
			else deliver(delivery);
		}
	});
	addCloudWebhookControl(meta.control, meta.lookup, holder, batch);
	for (const { happenings, number } of meta.worlds) {
		happenings.on((happening) => {
			const change = toChange(happening, holder.variants);
			if (change && isSubscribed(change.field, meta.settings())) batch.add({ number, change });
		});
	}

	return {
		id: 'meta',
		address(body, event, { url, sign } = {}) {
			const target = url ?? meta.callbacks.urlFor(numberIn(body));
			return target === null ? [] : [addressed(target, body, event, sign)];
		},
	};
}

/** The changes that go to each URL; those that go nowhere are left out. */
function byUrl(
	changes: readonly NumberChange[],
	callbacks: Callbacks,
): Map<string, NumberChange[]> {
	const told = new Map<string, NumberChange[]>();
	for (const change of changes) {
		const url = callbacks.urlFor(change.number.phoneNumberId);
		if (url !== null) told.set(url, [...(told.get(url) ?? []), change]);
	}
	return told;
}

function addressed(
	url: string,
	body: Buffer,
	event: string,
	sign: AddressOptions['sign'] = 'valid',
): Addressed {
	const secret = sign === 'forged' ? `${credentials.appSecret}x` : credentials.appSecret;
	const headers = {
		'Content-Type': 'application/json',
		'User-Agent': 'facebookexternalua',
		...(sign !== 'missing' && { 'X-Hub-Signature-256': signature(body, secret) }),
	};
	return { provider: 'meta', event, url, headers, body, ...RULES };
}

/** Fields are chosen by the documents' names, whatever a payload calls them (providers.md §8). */
function isSubscribed(field: string, { appFields }: MetaSettings): boolean {
	const documented = field === 'group_participant_update' ? 'group_participants_update' : field;
	return appFields.some((subscribed) => subscribed === documented);
}

/** The number that an ordered body tells of; the first one where it tells of none. */
function numberIn(body: Buffer): string {
	const [, id] = /"phone_number_id"\s*:\s*"(\d+)"/.exec(body.toString('utf8')) ?? [];
	return id ?? NUMBERS[0].phoneNumberId;
}
