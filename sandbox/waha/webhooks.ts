import { createHmac, randomBytes } from 'node:crypto';
import type { Deliverer, Delivery } from '../webhooks/deliverer';
import { jsonBody } from '../webhooks/sender';
import type { AddressOptions, WebhookSender } from '../webhooks/sender';
import { DIALECTS } from './engines';
import type { WahaHappening } from './happenings';
import { inviteLinkOf, knownPhoneId, lidId, phoneJid, serializedMessageId } from './ids';
import type { WahaEmulator } from './index';
import type { Group, Person, Session, WebhookConfig } from './model';
import { isAdmin } from './model';
import type { WahaServer } from './server';

/** Assumed: how long WAHA waits for an answer is not documented (providers.md §0). */
const patienceMs = 30_000;

interface WahaEvent {
	event: string;
	payload: Record<string, unknown>;
}

/** Signed events (providers.md §3.7–3.10) to every webhook of the sessions that are in the group. */
export function wahaWebhooks(waha: WahaEmulator, deliverer: Deliverer): WebhookSender {
	const sender: WebhookSender = {
		id: 'waha',
		address(body, event, { engine = 'WEBJS', session = 'default', sign, url } = {}) {
			const server = waha.servers[engine as keyof typeof waha.servers];
			const webhooks = server?.sessions.known(session)?.config?.webhooks ?? [];
			return webhooks
				.filter((webhook) => (url === undefined ? isLocal(webhook) : webhook.url === url))
				.map((webhook) => addressed(webhook, body, event, server, sign));
		},
	};
	waha.onHappening((happening, server) => {
		for (const session of server.sessions.all()) {
			for (const { event, payload } of eventsFor(happening, session, server)) {
				deliver(deliverer, session, server, event, payload);
			}
		}
	});
	return sender;
}

/** The sample's foreign webhook goes nowhere: port 9 discards. */
function isLocal({ url }: WebhookConfig): boolean {
	return !url.includes(':9/');
}

function deliver(
	deliverer: Deliverer,
	session: Session,
	server: WahaServer,
	event: string,
	payload: Record<string, unknown>,
): void {
	const { config, account } = session;
	if (config?.ignore?.groups === true && event !== 'session.status') return;
	const id = `evt_${randomBytes(13).toString('hex')}`;
	const body = jsonBody({
		id,
		timestamp: Date.now(),
		event,
		session: session.name,
		metadata: config?.metadata ?? {},
		me: account && { id: `${account.phone}@c.us`, pushName: account.name },
		payload,
		engine: server.engine,
		environment: {
			version: server.release,
			engine: server.engine,
			tier: 'CORE',
			browser: null,
			platform: 'linux/x64',
			worker: { id: null },
		},
	});
	for (const webhook of config?.webhooks ?? []) {
		if (!isLocal(webhook)) continue;
		if (!webhook.events.includes(event) && !webhook.events.includes('*')) continue;
		deliverer.send({ ...addressed(webhook, body, event, server), id: `${id} ${webhook.url}` });
	}
}

function addressed(
	{ customHeaders, hmac, retries, url }: WebhookConfig,
	body: Buffer,
	event: string,
	server: WahaServer,
	sign: AddressOptions['sign'] = 'valid',
): Omit<Delivery, 'id'> {
	const key = sign === 'forged' ? 'forged' : hmac?.key;
	const proof: Record<string, string> =
		key && sign !== 'missing'
			? {
					'X-Webhook-Hmac': createHmac('sha512', key).update(body).digest('hex'),
					'X-Webhook-Hmac-Algorithm': 'sha512',
				}
			: {};
	const attempts = retries?.attempts ?? 15;
	const delayMs = (retries?.delaySeconds ?? 2) * 1000;
	const growth = retries?.policy === 'exponential' ? 2 : 1;
	return {
		provider: 'waha',
		event,
		url,
		headers: {
			'Content-Type': 'application/json',
			'User-Agent': `WAHA/${server.release}`,
			'X-Webhook-Request-Id': randomBytes(13).toString('hex'),
			'X-Webhook-Timestamp': String(Date.now()),
			...proof,
			...Object.fromEntries((customHeaders ?? []).map(({ name, value }) => [name, value])),
		},
		body,
		timeoutMs: patienceMs,
		retryDelaysMs: Array.from({ length: attempts }, (_, i) => delayMs * growth ** i),
	};
}

/** What one session reports of a happening: nothing when its account is not in the group. */
function eventsFor(happening: WahaHappening, session: Session, server: WahaServer): WahaEvent[] {
	const viewer = session.account;
	if (!viewer || session.status === 'STOPPED') return [];
	const { engine } = server;
	const timestamp = engine === 'WEBJS' ? Math.floor(happening.at / 1000) : happening.at;

	if (happening.type === 'sessionStatus') {
		if (happening.session !== session) return [];
		const { name, status, statuses } = session;
		return [{ event: 'session.status', payload: { name, status, statuses } }];
	}
	if (!('group' in happening) || happening.group === null) return [];
	const { group } = happening;
	const isIn = group.members.has(viewer);
	const participantsEvent = (type: string, people: readonly Person[], by: Person | null) => ({
		event: 'group.v2.participants',
		payload: {
			group: { id: group.id },
			type,
			timestamp,
			participants: people.map((person) => memberOf(server, group, person, viewer, type)),
			_data: engineData(server, group, people, by, type),
		},
	});

	switch (happening.type) {
		case 'membersJoined': {
			if (!isIn) return [];
			const joined = participantsEvent('join', happening.people, happening.by);
			if (!happening.people.includes(viewer)) return [joined];
			const payload = { group: groupOf(server, group, viewer, 'join'), timestamp, _data: {} };
			const legacy = engine === 'GOWS' ? [] : [legacyEvent('group.join', server, group, viewer)];
			return [{ event: 'group.v2.join', payload }, ...legacy, joined];
		}
		case 'membersLeft': {
			if (happening.people.includes(viewer)) {
				const payload = { group: { id: group.id }, timestamp, _data: {} };
				const legacy =
					engine === 'WEBJS' ? [legacyEvent('group.leave', server, group, viewer)] : [];
				return [{ event: 'group.v2.leave', payload }, ...legacy];
			}
			return isIn ? [participantsEvent('leave', happening.people, happening.by)] : [];
		}
		case 'rolesChanged':
			if (!isIn) return [];
			return [
				participantsEvent(
					happening.role === 'participant' ? 'demote' : 'promote',
					happening.people,
					happening.by,
				),
			];
		case 'groupChanged': {
			if (!isIn || happening.changes.every((change) => change === 'picture')) return [];
			const full = groupOf(server, group, viewer, 'update');
			const _data = DIALECTS[engine].group(group, viewer);
			return [{ event: 'group.v2.update', payload: { group: full, timestamp, _data } }];
		}
		case 'joinRequest': {
			if (!isIn || !isAdmin(group, viewer) || !server.features.joinRequests) return [];
			// WEBJS tells only of new ones (§3.9).
			if (engine === 'WEBJS' && happening.action !== 'created') return [];
			const { person, method } = happening.request;
			return [
				{
					event: 'group.v2.participants.join-request',
					payload: {
						group: { id: group.id },
						action: happening.action,
						requesterId: lidId(person) ?? knownPhoneId(person),
						requesterPn: knownPhoneId(person),
						requestMethod: method,
						timestamp: Math.floor(happening.at / 1000),
						_data: {},
					},
				},
			];
		}
		case 'messageSent': {
			if (!isIn) return [];
			const { message } = happening;
			const fromMe = message.from === viewer;
			const author = knownPhoneId(message.from) ?? lidId(message.from);
			// Engines disagree on `to` (§3.10).
			const to = { WEBJS: `${viewer.phone}@c.us`, NOWEB: group.id, GOWS: phoneJid(message.from) };
			const isText = message.kind === 'text';
			const payload = {
				id: serializedMessageId(message, viewer),
				timestamp: message.at,
				from: group.id,
				fromMe,
				source: 'app',
				to: to[engine],
				participant: author,
				body: message.text,
				hasMedia: !isText && message.kind !== 'location',
				media: isText
					? null
					: { mimetype: `${message.kind}/*`, filename: null, url: null, s3: null, error: null },
				ack: 1,
				ackName: 'SERVER',
				vCards: [],
				replyTo: null,
				_data: { notifyName: message.from.name },
			};
			const any = { event: 'message.any', payload };
			return fromMe ? [any] : [{ event: 'message', payload }, any];
		}
		default:
			// A group that one made oneself: Assumed to be no event of joining (providers.md §3.9).
			return [];
	}
}

function memberOf(server: WahaServer, group: Group, person: Person, viewer: Person, type: string) {
	const id = DIALECTS[server.engine].memberId(group, person, viewer);
	const pn = id.endsWith('@lid') ? knownPhoneId(person) : null;
	const role = group.members.get(person) ?? 'participant';
	// NOWEB reports a demotion with the old role (§3.9).
	const shown = type === 'demote' && server.engine === 'NOWEB' ? 'admin' : role;
	return { id, ...(pn && server.engine !== 'NOWEB' && { pn }), role: shown };
}

/** The group as the v2 events have it, `membersCanSendMessages` upside down as the engines copy it (§3.9). */
function groupOf(server: WahaServer, group: Group, viewer: Person, event: 'join' | 'update') {
	const isRight = server.engine === 'GOWS' && event === 'update';
	const hasInvite = isAdmin(group, viewer) && !(server.engine === 'GOWS' && event === 'join');
	return {
		id: group.id,
		subject: group.subject,
		description: group.description,
		...(hasInvite && { invite: inviteLinkOf(group.inviteCode) }),
		membersCanAddNewMember: group.membersCanAdd,
		membersCanSendMessages: isRight ? !group.messagesAdminsOnly : group.messagesAdminsOnly,
		newMembersApprovalRequired: group.approvalRequired,
		participants: [...group.members.keys()].map((person) =>
			memberOf(server, group, person, viewer, event),
		),
	};
}

function engineData(
	server: WahaServer,
	group: Group,
	people: readonly Person[],
	by: Person | null,
	type: string,
): Record<string, unknown> {
	if (server.engine !== 'NOWEB') return {};
	const actions: Record<string, string> = { join: 'add', leave: 'remove' };
	return {
		id: group.id,
		author: by && (lidId(by) ?? phoneJid(by)),
		participants: people.map((person) => ({
			id: lidId(person) ?? phoneJid(person),
			...(!person.phoneHidden && { phoneNumber: phoneJid(person) }),
			admin: null,
		})),
		action: actions[type] ?? type,
	};
}

/** The older events carry what the engine has (§3.8): a notification on WEBJS, the group on NOWEB. */
function legacyEvent(event: string, server: WahaServer, group: Group, viewer: Person): WahaEvent {
	if (server.engine === 'NOWEB') {
		return { event, payload: DIALECTS.NOWEB.group(group, viewer) };
	}
	const own = `${viewer.phone}@c.us`;
	const id = {
		fromMe: false,
		remote: group.id,
		id: randomBytes(5).toString('hex'),
		participant: own,
	};
	return { event, payload: { id, chatId: group.id, type: event.slice(6), recipientIds: [own] } };
}
