import type { WahaHappening } from '../happenings';
import { knownPhoneId, lidId, parseParticipantId } from '../ids';
import { isAdmin, type EngineName, type Message, type Person, type Session } from '../model';
import { isAtLeast } from '../releases';
import { webhookEvents } from '../routes/events';
import type { WahaServer } from '../server';
import {
	isTold,
	joinPayload,
	leavePayload,
	legacyPayload,
	participantsPayload,
	updatePayload,
	timestampOn,
} from './groupPayloads';
import { editedPayload, reactionPayload, revokedPayload, votePayload } from './aboutMessages';
import { directMessagePayload, groupMessagePayload } from './messagePayloads';
import { joinRequestData } from './notification';
import { receiptsOf } from './receipts';
import type { View } from './view';

/** An event of one session, by the name that webhooks ask for. */
export interface WahaEvent {
	event: string;
	payload: Record<string, unknown>;
	/** Suppressed by `config.ignore.groups` (providers.md §3.2). */
	isOfGroup: boolean;
}

type Of<Type extends WahaHappening['type']> = Extract<WahaHappening, { type: Type }>;

/** What one session reports of a happening: nothing when its account does not get to know of it. */
export function eventsFor(
	happening: WahaHappening,
	session: Session,
	server: WahaServer,
): WahaEvent[] {
	if (happening.type === 'sessionStatus') {
		if (happening.session !== session) return [];
		const { name, status, statuses } = session;
		const payload = { name, status, statuses };
		return [{ event: 'session.status', payload, isOfGroup: false }];
	}
	const viewer = session.account;
	if (!viewer || session.status === 'STOPPED') return [];
	if (happening.group === null) {
		if (happening.type !== 'messageSent') return [];
		return directMessageEvents(happening, viewer, server).map(([event, payload]) => ({
			...{ event, payload, isOfGroup: false },
		}));
	}
	if (happening.type === 'acknowledged' && !reportsStatuses(session, server)) return [];
	const view = { engine: server.engine, group: happening.group, viewer };
	const isTagged =
		(session.config?.webjs as { tagsEventsOn?: unknown } | null)?.tagsEventsOn === true;
	const known = webhookEvents(server.release);
	return groupEvents(happening, view, server, isTagged)
		.filter(([event]) => known.includes(event))
		.map(([event, payload]) => ({ event, payload, isOfGroup: true }));
}

/** WEBJS does so only when told to, which is off by default (waha-in-the-wild, Statuses). */
function reportsStatuses({ config }: Session, { engine }: WahaServer): boolean {
	return engine !== 'WEBJS' || config?.webjs?.tagsEventsOn === true;
}

/** Since when each engine tells of deleted messages (providers.md §3.14). */
const REVOKED_SINCE: Readonly<Record<EngineName, string>> = {
	WEBJS: '0',
	NOWEB: '2025.2.5',
	GOWS: '2025.6.3',
};

type Named = [event: string, payload: Record<string, unknown>];

function groupEvents(
	happening: Exclude<WahaHappening, Of<'sessionStatus'>>,
	view: View,
	server: WahaServer,
	isTagged: boolean,
): Named[] {
	const { group, viewer } = view;
	const { at } = happening;
	if (happening.type === 'membersLeft' && happening.people.includes(viewer)) {
		return [...leaving(view, happening.by, at), participants(view, 'leave', happening)];
	}
	if (!group.members.has(viewer)) return [];
	switch (happening.type) {
		case 'groupCreated':
			// Assumed: whoever makes a group is told nothing of it (providers.md §3.9).
			return happening.by === viewer ? [] : joining(view, happening.by, at);
		case 'membersJoined':
			if (!happening.people.includes(viewer)) return [participants(view, 'join', happening)];
			// whatsmeow has one event for that, which is not a change of participants.
			return view.engine === 'GOWS'
				? joining(view, happening.by, at)
				: [
						...(isFoundByPhone(view) ? joining(view, happening.by, at) : []),
						participants(view, 'join', happening),
					];
		case 'membersLeft':
			return [participants(view, 'leave', happening)];
		case 'rolesChanged':
			return [
				participants(view, happening.role === 'participant' ? 'demote' : 'promote', happening),
			];
		case 'groupChanged':
			if (!happening.changes.some((change) => isTold(view.engine, change))) return [];
			return [['group.v2.update', updatePayload(view, happening.changes, happening.by, at)]];
		case 'joinRequest':
			return joinRequestEvents(happening, view, server);
		case 'messageSent': {
			const { message, via } = happening;
			return messageEvents(message, viewer, groupMessagePayload(view, message, group, via));
		}
		case 'acknowledged': {
			if (happening.message.from !== viewer) return [];
			const named = isAtLeast(server.release, '2025.12.2');
			return receiptsOf(view, happening.message, happening, isTagged).map(([name, payload]) => [
				named ? name : 'message.ack',
				payload,
			]);
		}
		case 'reacted':
			return [['message.reaction', reactionPayload(view, happening.message, happening)]];
		case 'edited':
			return [['message.edited', editedPayload(view, happening.message, happening)]];
		case 'revoked':
			if (!isAtLeast(server.release, REVOKED_SINCE[view.engine])) return [];
			return [['message.revoked', revokedPayload(view, happening.message, happening)]];
		case 'voted':
			return [['poll.vote', votePayload(view, happening.message, happening)]];
	}
}

function participants(
	view: View,
	type: 'join' | 'leave' | 'promote' | 'demote',
	{ at, by, people }: { at: number; by: Person | null; people: readonly Person[] },
): Named {
	return ['group.v2.participants', participantsPayload(view, type, people, by, at)];
}

/** The older event is there on WEBJS and NOWEB (providers.md §3.8). */
function joining(view: View, by: Person | null, at: number): Named[] {
	const joined: Named = ['group.v2.join', joinPayload(view, by, at)];
	return view.engine === 'GOWS' ? [joined] : [joined, ['group.join', legacyPayload(view, 'join')]];
}

/** Only NOWEB looks for the own number by lid too, in groups that list it so (providers.md §3.11). */
function isFoundByPhone({ engine, group, viewer }: View): boolean {
	return engine === 'NOWEB' || group.addressing === 'phone' || viewer.lid === null;
}

/** The older event is there on WEBJS only (providers.md §3.8). */
function leaving(view: View, by: Person, at: number): Named[] {
	if (!isFoundByPhone(view)) return [];
	const left: Named = ['group.v2.leave', leavePayload(view, by, at)];
	return view.engine === 'WEBJS' ? [left, ['group.leave', legacyPayload(view, 'leave')]] : [left];
}

/** From 2026.8.2 on, to admins; WEBJS tells only of new ones (providers.md §3.9). */
function joinRequestEvents(
	{ action, at, request }: Of<'joinRequest'>,
	{ engine, group, viewer }: View,
	server: WahaServer,
): Named[] {
	if (!server.features.joinRequests || !isAdmin(group, viewer)) return [];
	if (engine === 'WEBJS' && action !== 'created') return [];
	const { person, method } = request;
	// Assumed: it is the creator who decides (providers.md §3.11 does not tell who else).
	const by = action === 'rejected' ? group.creator : person;
	const isKnown = engine !== 'WEBJS';
	const payload = {
		group: { id: group.id },
		action,
		requesterId: lidId(person) ?? knownPhoneId(person),
		...(isKnown && { requesterPn: knownPhoneId(person), requestMethod: method }),
		timestamp: timestampOn(engine, at),
		_data: joinRequestData({ engine, group, viewer }, { person, by, action, method }, at),
	};
	return [['group.v2.participants.join-request', payload]];
}

function directMessageEvents(
	{ message, via }: Of<'messageSent'>,
	viewer: Person,
	{ engine }: WahaServer,
): Named[] {
	if (message.from !== viewer && !isTo(viewer, message)) return [];
	return messageEvents(message, viewer, directMessagePayload({ engine, viewer }, message, via));
}

function isTo(person: Person, { chat }: Message): boolean {
	const id = parseParticipantId(chat);
	return id !== null && id.digits === (id.kind === 'lid' ? person.lid : person.phone);
}

/** `message` is for those of others, `message.any` for all (providers.md §3.10). */
function messageEvents(message: Message, viewer: Person, payload: Named[1]): Named[] {
	const any: Named = ['message.any', payload];
	return message.from === viewer ? [any] : [['message', payload], any];
}
