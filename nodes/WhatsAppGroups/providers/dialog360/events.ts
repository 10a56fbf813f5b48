import { sameSecret } from '../../contract/delivery';
import type { Registered, Registration } from '../../contract/trigger';
import type { Api } from '../../transport/api';
import { parseEnvelope } from '../cloudApi/events';
import type { TriggerSupport } from '../../contract/trigger';
import { asRecord, asText } from '../../transport/json';
import type { Json } from '../../transport/json';

/** Deliveries are not signed: they carry the headers that were registered (providers.md §2.6). */
const secretHeader = 'X-Webhook-Secret';
const configPath = '/v1/configs/webhook';

interface WebhookConfig {
	url: string;
	headers: Json;
}

/** One URL per number: what was there is kept, and put back when the trigger is switched off. */
const registration: Registration = {
	httpsOnly: true,

	async isSet(api, { url, secret }) {
		const current = await read(api);
		return current.url === url && headerOf(current) === secret;
	},

	async set(api, { url, secret }, registered) {
		const current = await read(api);
		if (!isOwn(current.url, url, registered)) registered.previous = { ...current };
		if (current.url === url && headerOf(current) === secret) return;
		await write(api, { url, headers: { [secretHeader]: secret } });
	},

	async remove(api, url, { previous }) {
		const current = await read(api);
		if (current.url !== url) return;
		const { url: before, headers } = asRecord(previous);
		if (asText(before) !== null) {
			await write(api, { url: String(before), headers: asRecord(headers) });
			return;
		}
		// Nothing documents how a URL is taken away. An empty one is what an unset number shows; where
		// it is refused, the URL stays and n8n answers deliveries to it with 404.
		await write(api, { url: '', headers: {} }, [400]);
	},
};

/** This trigger's own URL, now, before, or of a test run that ended without putting things back. */
function isOwn(current: string, url: string, registered: Registered): boolean {
	const path = (address: string) =>
		address.replace(/^https?:\/\/[^/]+/, '').replace('/webhook-test/', '/webhook/');
	if (current === '' || current === url || current === registered.url) return true;
	return current.includes('/webhook-test/') && path(current) === path(url);
}

async function read(api: Api): Promise<WebhookConfig> {
	const { status, body } = await api.request({ method: 'GET', path: configPath, accept: [404] });
	const { url, headers } = asRecord(status === 404 ? null : body);
	return { url: asText(url) ?? '', headers: asRecord(headers) };
}

async function write(api: Api, config: WebhookConfig, accept: number[] = []): Promise<void> {
	await api.request({ method: 'POST', path: configPath, body: { ...config }, accept });
}

function headerOf({ headers }: WebhookConfig): unknown {
	return Object.entries(headers).find(
		([name]) => name.toLowerCase() === secretHeader.toLowerCase(),
	)?.[1];
}

export const dialog360Trigger: TriggerSupport = {
	events: {
		'group.created': 'A group that was asked for is there, with its invite link',
		'group.createFailed': 'A group that was asked for could not be created',
		'group.deleted': 'A group was deleted',
		'group.deleteFailed': 'A group could not be deleted',
		'group.updated': 'Subject, description or picture was changed through the API',
		'group.updateFailed': 'Subject, description or picture could not be changed',
		'group.suspended': 'WhatsApp suspended a group',
		'group.unsuspended': 'WhatsApp lifted the suspension of a group',
		'participant.joined': 'Somebody joined by the invite link, or was approved',
		'participant.left': 'Somebody left the group',
		'participant.removed': 'Somebody was removed through the API',
		'participant.removeFailed': 'Somebody could not be removed',
		'joinRequest.created': 'Somebody asks to join a group that needs approval',
		'joinRequest.revoked': 'Somebody takes back the request to join',
		'message.received': 'Somebody writes in the group',
		'message.sent': 'WhatsApp took a message of yours',
		'message.delivered': 'A message of yours arrived at a participant',
		'message.read': 'A participant read a message of yours',
		'message.failed': 'A message of yours could not be delivered',
	},
	notice:
		'A 360dialog number has one webhook URL. While this trigger is active it takes that place; the URL that was there before is put back when the trigger is switched off.',
	registration,
	verify: ({ headers }, secret) =>
		sameSecret(headers[secretHeader.toLowerCase()], secret)
			? undefined
			: `the header ${secretHeader} is missing or not the one that was registered`,
	parse: ({ body }) => parseEnvelope(body),
};
