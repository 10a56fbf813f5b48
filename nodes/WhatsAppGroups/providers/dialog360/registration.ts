import type { IDataObject } from 'n8n-workflow';
import type { Registration, Wanted } from '../../contract/trigger';
import { isTestUrlOf, isTriggerOfSameN8n } from '../../contract/webhookUrl';
import type { Api } from '../../transport/api';
import { asRecord, asText } from '../../transport/json';
import type { Json } from '../../transport/json';

/** Deliveries are not signed: they carry the headers that were registered (providers.md §2.6). */
export const secretHeader = 'X-Webhook-Secret';

/**
 * What was there before stands in a header beside the secret. That way whoever takes the number over,
 * another workflow or the next run after a crash, knows what to put back in the end.
 */
const stateHeader = 'X-Webhook-State';
const configPath = '/v1/configs/webhook';

interface WebhookConfig extends IDataObject {
	url: string;
	headers: IDataObject;
}

interface State {
	isTest?: boolean;
	previous?: WebhookConfig;
}

/** One URL per number: what was there is kept, and put back when the trigger is switched off. */
export const registration: Registration = {
	httpsOnly: true,

	async isSet(api, { url, secret }) {
		const current = await read(api);
		return current.url === url && headerOf(current, secretHeader) === secret;
	},

	async set(api, wanted, registered) {
		const { url, secret, isTest } = wanted;
		const current = await read(api);
		const isOwn = current.url === url || (!isTest && current.url === registered.url);
		const beneath = isOwn ? current : withoutTestRuns(current, url);
		// A number that hides its headers hides the note as well: static data has it, too.
		const previous = isOwn
			? (stateOf(current).previous ?? toConfig(registered.previous))
			: toPutBack(beneath, wanted, registered.previous);
		if (previous) registered.previous = previous;
		else delete registered.previous;
		if (current.url !== url || headerOf(current, secretHeader) !== secret) {
			const state: State = { ...(isTest && { isTest }), ...(previous && { previous }) };
			await write(api, { url, headers: { [secretHeader]: secret, ...noted(state) } });
		}
		const isTakeOver = !isOwn && !isTest && isOtherTrigger(beneath.url, url);
		return isTakeOver
			? [
					`it has taken the 360dialog number over from another workflow of this n8n, at ${beneath.url}, which gets no events any more`,
				]
			: [];
	},

	async remove(api, urls, registered) {
		const own = ownConfig(await read(api), urls);
		if (!own) return;
		let previous = stateOf(own).previous ?? toConfig(registered.previous);
		// The note of a killed test run names what it has covered, which goes as well.
		while (previous && urls.includes(previous.url)) previous = stateOf(previous).previous;
		if (previous) {
			await write(api, previous);
			return;
		}
		// Nothing documents how a URL is taken away. An empty one is what an unset number shows; where
		// it is refused, the URL stays and n8n answers deliveries to it with 404.
		await write(api, { url: '', headers: {} }, [400]);
	},
};

/** The trigger's own registration: as it is, or covered by test runs that were killed. */
function ownConfig(current: WebhookConfig, urls: readonly string[]): WebhookConfig | undefined {
	const isOwn = ({ url }: WebhookConfig) =>
		urls.some((own) => url === own || isTestUrlOf(url, own));
	return [current, withoutTestRuns(current, urls[0])].find(isOwn);
}

/** What is to be there again in the end. */
function toPutBack(
	beneath: WebhookConfig,
	{ url, isTest }: Wanted,
	known: IDataObject | undefined,
): WebhookConfig | undefined {
	if (beneath.url === '') return undefined;
	// A test run ends soon, and gives the number back to whoever has it.
	if (isTest) return beneath;
	if (beneath.url === url) return stateOf(beneath).previous ?? toConfig(known);
	return isOtherTrigger(beneath.url, url) ? stateOf(beneath).previous : beneath;
}

/** What test runs that were killed have covered. */
function withoutTestRuns(config: WebhookConfig, own: string): WebhookConfig {
	let beneath = config;
	while (isTriggerOfSameN8n(beneath.url, own) && isTestRun(beneath)) {
		beneath = stateOf(beneath).previous ?? { url: '', headers: {} };
	}
	return beneath;
}

function isTestRun(config: WebhookConfig): boolean {
	return stateOf(config).isTest === true || config.url.includes('/webhook-test/');
}

function isOtherTrigger(url: string, own: string): boolean {
	return url !== own && isTriggerOfSameN8n(url, own);
}

async function read(api: Api): Promise<WebhookConfig> {
	const { status, body } = await api.request({ method: 'GET', path: configPath, accept: [404] });
	return toConfig(status === 404 ? {} : body) ?? { url: '', headers: {} };
}

async function write(api: Api, config: WebhookConfig, accept: number[] = []): Promise<void> {
	const { url, headers } = config;
	await api.request({ method: 'POST', path: configPath, body: { url, headers }, accept });
}

function toConfig(value: unknown): WebhookConfig | undefined {
	const { url, headers } = asRecord(value);
	const text = asText(url);
	return text === null ? undefined : { url: text, headers: asRecord(headers) as IDataObject };
}

function headerOf({ headers }: WebhookConfig, wanted: string): unknown {
	return Object.entries(headers).find(([name]) => name.toLowerCase() === wanted.toLowerCase())?.[1];
}

function noted(state: State): IDataObject {
	if (Object.keys(state).length === 0) return {};
	return { [stateHeader]: Buffer.from(JSON.stringify(state)).toString('base64url') };
}

function stateOf(config: WebhookConfig): State {
	try {
		const text = Buffer.from(String(headerOf(config, stateHeader)), 'base64url').toString();
		const { isTest, previous } = asRecord(JSON.parse(text) as Json);
		return { isTest: isTest === true, previous: toConfig(previous) };
	} catch {
		return {};
	}
}
