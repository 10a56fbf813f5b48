import { createHmac } from 'node:crypto';
import type { Api } from '../../transport/api';
import { path } from '../../transport/connection';
import { sameSecret } from '../../contract/delivery';
import type { TriggerSupport } from '../../contract/trigger';
import { asRecord, asText } from '../../transport/json';
import { parseDelivery } from './delivery';
import { phoneOf } from './ids';
import { registration } from './registration';

export const wahaTrigger: TriggerSupport = {
	events: {
		'group.joined': 'The number of the session joined a group or was added to one',
		'group.left': 'The number of the session left a group or was removed from one',
		'group.updated':
			'Subject, description or settings changed; GOWS does not tell who may edit them, no engine a new picture',
		'joinRequest.created': 'Somebody asks to join; needs WAHA 2026.8.2 or newer',
		'joinRequest.rejected': 'An admin turned a request down; not reported by WEBJS',
		'joinRequest.revoked': 'Somebody takes back the request to join; not reported by WEBJS',
		'message.received': 'Somebody writes in the group',
		'message.sent':
			'WhatsApp took a message of yours; told by NOWEB only, elsewhere the answer of Send tells',
		'message.delivered':
			'A message of yours arrived at a participant; WEBJS tells only with config.webjs.tagsEventsOn in the session',
		'message.read':
			'A participant read a message of yours; WEBJS tells only with config.webjs.tagsEventsOn in the session',
		'message.failed': 'A message of yours could not be sent; not reported by WEBJS',
		'participant.demoted': 'An admin became a plain participant',
		'participant.joined': 'Somebody joined or was added',
		'participant.left': 'Somebody left, or was removed where the engine does not tell by whom',
		'participant.promoted': 'A participant became an admin',
		'participant.removed': 'An admin removed somebody',
	},
	notice:
		'WAHA restarts the session for a moment when its webhooks change, so publishing and test runs interrupt it briefly. Other webhooks of the session are kept.',
	registration,

	verify({ headers, rawBody }, secret) {
		const given = headers['x-webhook-hmac'];
		if (given === undefined) return 'the header X-Webhook-Hmac is missing';
		if (secret === '') return 'no secret is registered: publish the workflow again';
		const expected = createHmac('sha512', secret).update(rawBody).digest('hex');
		return sameSecret(given.toLowerCase(), expected)
			? undefined
			: 'the header X-Webhook-Hmac does not fit the body';
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
