import { randomBytes } from 'node:crypto';
import { DIALECTS } from '../engines';
import type { GroupChange } from '../happenings';
import { inviteLinkOf, knownPhoneId } from '../ids';
import { isAdmin, type EngineName, type Group, type Person } from '../model';
import {
	changeId,
	gowsGroupInfo,
	joinData,
	nowebAuthor,
	nowebParticipants,
	webjsNotification,
	type GowsChange,
} from './notification';
import type { View } from './view';

export type ParticipantsType = 'join' | 'leave' | 'promote' | 'demote';

/** `payload.timestamp`: seconds on WEBJS, milliseconds elsewhere (providers.md §3.9). */
export function timestampOn(engine: EngineName, at: number): number {
	return engine === 'WEBJS' ? Math.floor(at / 1000) : at;
}

/** Of `group.v2.participants`: the changed members only. */
export function participantsPayload(
	view: View,
	type: ParticipantsType,
	people: readonly Person[],
	by: Person | null,
	at: number,
) {
	const { engine, group } = view;
	return {
		group: { id: group.id },
		type,
		timestamp: timestampOn(engine, at),
		participants: people.map((person) => {
			const id = changeId(group, person);
			// NOWEB's captures have no number here; the others repeat the id where it is one (§3.11).
			const pn = engine === 'NOWEB' ? {} : { pn: id.endsWith('@lid') ? null : id };
			return { id, ...pn, role: roleAfter(engine, type) };
		}),
		_data: participantsData(view, type, people, by, at),
	};
}

/** By what happened, not by what is; NOWEB reports a demotion with the old role (providers.md §3.9). */
function roleAfter(engine: EngineName, type: ParticipantsType): string {
	if (type === 'leave') return 'left';
	if (type === 'demote') return engine === 'NOWEB' ? 'admin' : 'participant';
	return type === 'promote' ? 'admin' : 'participant';
}

const WEBJS_TYPES = { promote: 'promote', demote: 'demote' } as const;
const NOWEB_ACTIONS = { join: 'add', leave: 'remove', ...WEBJS_TYPES } as const;
const GOWS_LISTS = { join: 'Join', leave: 'Leave', promote: 'Promote', demote: 'Demote' } as const;

function participantsData(
	view: View,
	type: ParticipantsType,
	people: readonly Person[],
	by: Person | null,
	at: number,
): object {
	const { engine, group } = view;
	if (engine === 'NOWEB') {
		const changed = people.map((person) => [person, roleAfter(engine, type)] as const);
		// Whoever comes by the link or leaves is the author; a capture of a join has none.
		return nowebParticipants(group, changed, by, NOWEB_ACTIONS[type]);
	}
	if (engine === 'GOWS') {
		const change: GowsChange = { [GOWS_LISTS[type]]: people };
		return gowsGroupInfo(group, change, by ?? people[0], at);
	}
	return webjsNotification(view, webjsType(type, people, by), { by, people }, at);
}

/** WEBJS alone has a word for each way in and out. */
function webjsType(type: ParticipantsType, people: readonly Person[], by: Person | null): string {
	const alone = by === null || people.includes(by);
	if (type === 'join') return alone ? 'invite' : 'add';
	if (type === 'leave') return alone ? 'leave' : 'remove';
	return WEBJS_TYPES[type];
}

/** Of `group.v2.join`: the whole group; GOWS without the invite, WEBJS with its bare code. */
export function joinPayload(view: View, by: Person | null, at: number) {
	const { engine, group, viewer } = view;
	const invite = {
		WEBJS: group.inviteCode,
		NOWEB: inviteLinkOf(group.inviteCode),
		GOWS: undefined,
	}[engine];
	return {
		group: {
			...wholeGroup(view, group.messagesAdminsOnly),
			...(invite && isAdmin(group, viewer) && { invite }),
		},
		timestamp: timestampOn(engine, at),
		_data: joinData(view, by, at),
	};
}

export function leavePayload(view: View, by: Person, at: number) {
	const { engine, group, viewer } = view;
	return {
		group: { id: group.id },
		timestamp: timestampOn(engine, at),
		_data: participantsData(view, 'leave', [viewer], by, at),
	};
}

/** Of `group.v2.update`: all there is on WEBJS and NOWEB, what changed on GOWS (providers.md §3.11). */
export function updatePayload(view: View, changes: readonly GroupChange[], by: Person, at: number) {
	const { engine, group, viewer } = view;
	const timestamp = timestampOn(engine, at);
	if (engine === 'GOWS') {
		const _data = gowsGroupInfo(group, gowsChange(group, changes), by, at);
		return { group: gowsFields(group, changes), timestamp, _data };
	}
	const whole = wholeGroup(view, group.messagesAdminsOnly);
	if (engine === 'NOWEB') {
		const _data = { ...DIALECTS.NOWEB.group(group, viewer), ...nowebAuthor(group, by) };
		return { group: whole, timestamp, _data };
	}
	const invite = isAdmin(group, viewer) ? { invite: group.inviteCode } : {};
	const [change] = changes.filter((one) => isTold('WEBJS', one));
	const about = { by, ...WEBJS_CHANGES[change]?.(group) };
	return {
		group: { ...whole, participants: [], ...invite },
		timestamp,
		_data: webjsNotification(view, about.type ?? change, about, at),
	};
}

/** How WEBJS names a change. Assumed: the names of the two that whatsapp-web.js does not list (§3.11). */
const WEBJS_CHANGES: Partial<
	Record<GroupChange, (group: Group) => { type: string; body: string }>
> = {
	subject: ({ subject }) => ({ type: 'subject', body: subject }),
	description: ({ description }) => ({ type: 'description', body: description }),
	messagesAdminsOnly: (group) => ({ type: 'announce', body: onOff(group.messagesAdminsOnly) }),
	infoAdminsOnly: (group) => ({ type: 'restrict', body: onOff(group.infoAdminsOnly) }),
	membersCanAdd: (group) => ({ type: 'member_add_mode', body: onOff(group.membersCanAdd) }),
	approvalRequired: (group) => ({
		type: 'membership_approval_mode',
		body: onOff(group.approvalRequired),
	}),
};

const onOff = (value: boolean): string => (value ? 'on' : 'off');

/** A negation that is right, in this one event of this one engine (providers.md §3.9). */
function gowsFields(group: Group, changes: readonly GroupChange[]) {
	return {
		id: group.id,
		...(changes.includes('subject') && { subject: group.subject }),
		...(changes.includes('description') && { description: group.description }),
		...(changes.includes('messagesAdminsOnly') && {
			membersCanSendMessages: !group.messagesAdminsOnly,
		}),
		...(changes.includes('approvalRequired') && {
			newMembersApprovalRequired: group.approvalRequired,
		}),
	};
}

function gowsChange(group: Group, changes: readonly GroupChange[]): GowsChange {
	return {
		...(changes.includes('subject') && { Name: { Name: group.subject } }),
		...(changes.includes('description') && {
			Topic: { Topic: group.description, TopicDeleted: group.description === '' },
		}),
		...(changes.includes('infoAdminsOnly') && { Locked: { IsLocked: group.infoAdminsOnly } }),
		...(changes.includes('messagesAdminsOnly') && {
			Announce: { IsAnnounce: group.messagesAdminsOnly, AnnounceVersionID: '1' },
		}),
		...(changes.includes('approvalRequired') && {
			MembershipApprovalMode: { IsJoinApprovalRequired: group.approvalRequired },
		}),
	};
}

const TOLD_BY_GOWS: readonly GroupChange[] = [
	'subject',
	'description',
	'messagesAdminsOnly',
	'approvalRequired',
];

/** Nothing tells of a picture, and GOWS not of who may change what. */
export const isTold = (engine: EngineName, change: GroupChange): boolean =>
	engine === 'GOWS' ? TOLD_BY_GOWS.includes(change) : change !== 'picture';

/** `membersCanSendMessages` is WhatsApp's "announce" as it is, so upside down (providers.md §3.9). */
function wholeGroup({ engine, group, viewer }: View, membersCanSendMessages: boolean) {
	return {
		id: group.id,
		subject: group.subject,
		...(group.description !== '' && { description: group.description }),
		membersCanAddNewMember: group.membersCanAdd,
		membersCanSendMessages,
		newMembersApprovalRequired: group.approvalRequired,
		participants: [...group.members].map(([person, role]) => {
			const id = DIALECTS[engine].memberId(group, person, viewer);
			const pn = id.endsWith('@lid') ? knownPhoneId(person) : null;
			return { id, ...(pn && { pn }), role };
		}),
	};
}

/**
 * Of `group.join` and `group.leave`, which carry what the engine has (providers.md §3.8).
 * Assumed: a notification on WEBJS, the group on NOWEB, and both for one's own membership only.
 */
export function legacyPayload(
	{ engine, group, viewer }: View,
	event: 'join' | 'leave',
): Record<string, unknown> {
	if (engine === 'NOWEB') return DIALECTS.NOWEB.group(group, viewer);
	const own = `${viewer.phone}@c.us`;
	const id = {
		fromMe: false,
		remote: group.id,
		id: randomBytes(5).toString('hex'),
		participant: own,
	};
	return { id, chatId: group.id, type: event, recipientIds: [own] };
}
