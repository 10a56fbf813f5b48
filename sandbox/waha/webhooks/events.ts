import type { WahaHappening } from '../happenings';
import { knownPhoneId, lidId, parseParticipantId } from '../ids';
import { isAdmin, type Message, type Person, type Session } from '../model';
import { isAtLeast } from '../releases';
import type { WahaServer } from '../server';
import {
	isTold,
	joinPayload,
	leavePayload,
	legacyPayload,
	participantsPayload,
	updatePayload,
	type View,
} from './groupPayloads';
import {
	ackPayload,
	directMessagePayload,
	groupMessagePayload,
	reactionPayload,
} from './messagePayloads';

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
	return groupEvents(happening, view, server).map(([event, payload]) => ({
		...{ event, payload, isOfGroup: true },
	}));
}

/** WEBJS does so only when told to, which is off by default (waha-in-the-wild, Statuses). */
function reportsStatuses({ config }: Session, { engine }: WahaServer): boolean {
	return engine !== 'WEBJS' || config?.webjs?.tagsEventsOn === true;
}

type Named = [event: string, payload: Record<string, unknown>];

function groupEvents(
	happening: Exclude<WahaHappening, Of<'sessionStatus'>>,
	view: View,
	server: WahaServer,
): Named[] {
	const { group, viewer } = view;
	const { at } = happening;
	if (happening.type === 'membersLeft' && happening.people.includes(viewer)) {
		return leaving(view, at);
	}
	if (!group.members.has(viewer)) return [];
	switch (happening.type) {
		case 'groupCreated':
			// Assumed: whoever makes a group is told nothing of it (providers.md §3.9).
			return happening.by === viewer ? [] : joining(view, at);
		case 'membersJoined':
			return [
				...(happening.people.includes(viewer) ? joining(view, at) : []),
				participants(view, 'join', happening),
			];
		case 'membersLeft':
			return [participants(view, 'leave', happening)];
		case 'rolesChanged':
			return [
				participants(view, happening.role === 'participant' ? 'demote' : 'promote', happening),
			];
		case 'groupChanged':
			if (!happening.changes.some(isTold)) return [];
			return [['group.v2.update', updatePayload(view, happening.changes, at)]];
		case 'joinRequest':
			return joinRequestEvents(happening, view, server);
		case 'messageSent': {
			const { message, via } = happening;
			return messageEvents(message, viewer, groupMessagePayload(view, message, group, via));
		}
		case 'acknowledged': {
			const { ack, by, message } = happening;
			if (message.from !== viewer) return [];
			const name = isAtLeast(server.release, '2025.12.2') ? 'message.ack.group' : 'message.ack';
			return [[name, ackPayload(view, message, by, ack)]];
		}
		case 'reacted':
			return [['message.reaction', reactionPayload(view, happening.message, happening)]];
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
function joining(view: View, at: number): Named[] {
	const joined: Named = ['group.v2.join', joinPayload(view, at)];
	return view.engine === 'GOWS' ? [joined] : [joined, ['group.join', legacyPayload(view, 'join')]];
}

/** The older event is there on WEBJS only (providers.md §3.8). */
function leaving(view: View, at: number): Named[] {
	const left: Named = ['group.v2.leave', leavePayload(view, at)];
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
	const payload = {
		group: { id: group.id },
		action,
		requesterId: lidId(person) ?? knownPhoneId(person),
		requesterPn: knownPhoneId(person),
		requestMethod: method,
		timestamp: Math.floor(at / 1000),
		_data: {},
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
