import type { Registration, Wanted } from '../../contract/trigger';
import { isTestUrlOf, isTriggerOfSameN8n } from '../../contract/webhookUrl';
import type { Api } from '../../transport/api';
import type { ApiRequest } from '../../transport/connection';
import { asNumber, asRecord, asText } from '../../transport/json';
import { readAnswer } from '../cloudApi/answer';
import { cloudApiErrorIn } from '../cloudApi/errors';
import { businessAccountPath } from './businessAccount';
import { surface } from './surface';
import { verifyToken } from './verify';

/** Where webhooks of a number go; the first that is set counts (providers.md §4.4). */
interface Overrides {
	number: string;
	account: string;
}

type Level = keyof Overrides;

/**
 * A URL that overrides the app's own, for one number or for the whole account. Meta calls it before it
 * takes it, and never tells the token that another URL was set with: what somebody else has set can
 * therefore not be put back, and is not replaced unless the user says so.
 */
export const registration: Registration = {
	httpsOnly: true,

	async isSet(api, wanted) {
		return (await read(api))[levelOf(wanted)] === wanted.url;
	},

	async set(api, wanted, registered) {
		const { url, secret, isTest } = wanted;
		const level = levelOf(wanted);
		const overrides = await read(api);
		const current = overrides[level];
		const isOwn = current === url || isTestUrlOf(current, url);
		const isOther = current !== '' && !isOwn;
		const isTrigger = isOther && isTriggerOfSameN8n(current, url);
		if (isOther && !isTrigger && !wanted.replacesOther) throw isTaken(api, level, current);

		delete registered.previous;
		if (isTest && (isOwn || isTrigger)) registered.previous = { url: publishedBeneath(current) };
		// An override of the account is part of the app's subscription, which would lose it.
		if (overrides.account === '') await subscribe(api);
		if (current !== url) await write(api, level, url, secret);
		if (!isOther || isTest) return [];
		const whose = isTrigger ? 'another workflow of this n8n' : 'another address';
		return [
			`it has taken ${inWords[level]} over from ${whose}, ${withoutQuery(current)}, which gets no events any more`,
		];
	},

	async remove(api, urls, registered, secret) {
		const overrides = await read(api);
		const isOwn = (current: string) =>
			urls.some((url) => current === url || isTestUrlOf(current, url));
		const previous = asText(asRecord(registered.previous).url);
		for (const level of ['number', 'account'] as const) {
			if (!isOwn(overrides[level])) continue;
			const isBack = previous !== null && (await putBack(api, level, previous, secret));
			if (!isBack) await write(api, level, '', secret);
		}
	},
};

const inWords: Record<Level, string> = {
	number: 'the phone number',
	account: 'the WhatsApp Business Account',
};

/**
 * To whom a test run, which ends soon, gives the place back: the published trigger that has it, or the one
 * whose test run has it, be that under way or killed. n8n starts a test run with static data of its own, so
 * that the URL is all there is to go by; a trigger that is not published refuses.
 */
function publishedBeneath(url: string): string {
	return url.replace('/webhook-test/', '/webhook/');
}

function levelOf({ wholeAccount }: Wanted): Level {
	return wholeAccount ? 'account' : 'number';
}

async function read(api: Api): Promise<Overrides> {
	const response = await api.request({
		method: 'GET',
		path: surface.number(api),
		qs: { fields: 'webhook_configuration' },
	});
	const configuration = asRecord(readAnswer(api, response).webhook_configuration);
	return {
		number: asText(configuration.phone_number) ?? '',
		account: asText(configuration.whatsapp_business_account) ?? '',
	};
}

/** May be repeated. It sends the app the events of the account, and changes nothing else. */
async function subscribe(api: Api): Promise<void> {
	readAnswer(api, await api.request({ method: 'POST', path: subscriptionPath(api) }));
}

/** Gives whether it is set, which is always so unless `accept` takes a refusal. */
async function write(
	api: Api,
	level: Level,
	url: string,
	appSecret: string,
	accept?: ApiRequest['accept'],
): Promise<boolean> {
	const override =
		url === ''
			? { override_callback_uri: '' }
			: { override_callback_uri: url, verify_token: verifyToken(appSecret) };
	if (level === 'account' && url === '') {
		// Subscribing without a URL takes the override away (§4.4).
		await subscribe(api);
		return true;
	}
	const at =
		level === 'number'
			? { path: surface.number(api), body: { webhook_configuration: override } }
			: { path: subscriptionPath(api), body: override };
	const response = await api.request({ method: 'POST', ...at, accept });
	if (response.status >= 300) return false;
	readAnswer(api, response);
	return true;
}

/**
 * Whoever had it before may be unpublished by now, and then refuses it. Any other failure says nothing of
 * that: it is tried once more, which does no harm, and then thrown. Better the test run keeps the place,
 * since Meta sends again what nobody takes there.
 */
async function putBack(api: Api, level: Level, url: string, appSecret: string): Promise<boolean> {
	const attempt = async () =>
		await write(
			api,
			level,
			url,
			appSecret,
			({ body }) => asNumber(cloudApiErrorIn(body).code) === unverified,
		);
	return await attempt().catch(attempt);
}

/** Meta has called the URL, and nobody there wanted its webhooks (§9). */
const unverified = 2200;

/** The rest of a stranger's URL may hold a secret, which does not belong into a log. */
function withoutQuery(url: string): string {
	return url.replace(/[?#].*$/, '');
}

function subscriptionPath(api: Api): string {
	return `${businessAccountPath(api)}/subscribed_apps`;
}

function isTaken(api: Api, level: Level, current: string) {
	return api.failure(
		`The webhooks of ${inWords[level]} already go to another address`,
		`They go to ${withoutQuery(current)}. Meta keeps one address, and does not tell what is needed to put another's back: turn on 'Replace Other Webhook' under Options to take its place for good.`,
	);
}
