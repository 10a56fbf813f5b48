import { createHmac } from 'node:crypto';
import type { Api } from '../../transport/api';
import { path } from '../../transport/connection';
import { sameSecret } from '../../contract/delivery';
import type { TriggerSupport } from '../../contract/trigger';
import { asIsoTime, asRecord, asText } from '../../transport/json';
import { parseDelivery } from './delivery';
import { phoneOf } from './ids';
import { registration } from './registration';

/** WAHA gives up within minutes: what is signed but much older was recorded, and is sent again by somebody. */
const oldestMs = 3 * 24 * 3600 * 1000;
/** WAHA did not exist before: an earlier time is none. */
const firstYear = '2020';

function isOld(sentAt: string | null): boolean {
	if (sentAt === null || sentAt < firstYear) return false;
	return Date.now() - Date.parse(sentAt) > oldestMs;
}

export const wahaTrigger: TriggerSupport = {
	events: {
		'group.joined': 'The number of the session joined a group or was added to one',
		'group.left': 'The number of the session left a group or was removed from one',
		'group.updated':
			'Subject, description or settings changed; GOWS does not tell who may edit them, no engine a new picture',
		'joinRequest.created': 'Somebody asks to join; needs WAHA 2026.8.2 or newer',
		'joinRequest.rejected':
			'An admin turned a request down; needs WAHA 2026.8.2 or newer, not reported by WEBJS',
		'joinRequest.revoked':
			'Somebody takes back the request to join; needs WAHA 2026.8.2 or newer, not reported by WEBJS',
		'message.received': 'Somebody writes in the group',
		'message.sent':
			'WhatsApp took a message of yours; told by NOWEB only, elsewhere the answer of Send tells',
		'message.delivered':
			'A message of yours arrived at a participant; WEBJS tells only with config.webjs.tagsEventsOn in the session',
		'message.read':
			'A participant read a message of yours; WEBJS tells only with config.webjs.tagsEventsOn in the session',
		'message.failed': 'A message of yours could not be sent; not reported by WEBJS',
		'message.reaction':
			'Somebody puts an emoji to a message, or takes it back; WEBJS does not tell of messages that were sent with its API',
		'message.edited': 'Somebody changes the text of their message; needs WAHA 2025.6.3 or newer',
		'message.deleted':
			'A message is deleted for everybody; NOWEB tells from WAHA 2025.2.5 on, GOWS from 2025.6.3 on',
		'participant.demoted': 'An admin became a plain participant',
		'participant.joined': 'Somebody joined or was added',
		'participant.left': 'Somebody left, or was removed where the engine does not tell by whom',
		'participant.promoted': 'A participant became an admin',
		'participant.removed': 'An admin removed somebody',
		'poll.voted':
			'Somebody votes in a poll or changes their vote: all options that they have chosen by then',
	},
	notice:
		'WAHA restarts the session for a moment when its webhooks change, so publishing and test runs interrupt it briefly. Other webhooks of the session are kept. Events of groups and participants need WAHA 2025.2.4 or newer, join requests 2026.8.2: what your server is too old for is left out when you publish, and the log of n8n names it. For statuses on WEBJS its setting tagsEventsOn is turned on, and put back afterwards.',
	registration,

	verify({ body, headers, rawBody }, secret) {
		const given = headers['x-webhook-hmac'];
		if (given === undefined) return 'the header X-Webhook-Hmac is missing';
		if (secret === '') return 'no secret is registered: publish the workflow again';
		const expected = createHmac('sha512', secret).update(rawBody).digest('hex');
		if (!sameSecret(given.toLowerCase(), expected)) {
			return 'the header X-Webhook-Hmac does not fit the body';
		}
		return isOld(asIsoTime(asRecord(body).timestamp))
			? 'the delivery is more than three days old'
			: undefined;
	},

	parse: ({ body }) => parseDelivery(body),

	async resolvePhone(api: Api, id: string) {
		if (!id.endsWith('@lid')) return null;
		const { body } = await api.request({
			method: 'GET',
			path: path`/api/${api.account}/lids/${id}`,
		});
		return phoneOf(asText(asRecord(body).pn));
	},
};
