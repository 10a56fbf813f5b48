import { randomBytes } from 'node:crypto';
import { DIALECTS } from '../engines';
import type { GroupChange } from '../happenings';
import { inviteLinkOf, knownPhoneId, knownPhoneJid } from '../ids';
import { isAdmin, type EngineName, type Group, type Person } from '../model';

/** Who looks at a group: a session's account, through its engine. */
export interface View {
	engine: EngineName;
	group: Group;
	viewer: Person;
}

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
	return {
		group: { id: view.group.id },
		type,
		timestamp: timestampOn(view.engine, at),
		participants: people.map((person) => ({
			...idsOf(view, person, view.engine !== 'NOWEB'),
			role: roleIn(view, person, type),
		})),
		_data: participantsData(view, type, people, by),
	};
}

/** NOWEB reports a demotion with the old role (providers.md §3.9). */
function roleIn({ engine, group }: View, person: Person, type?: ParticipantsType) {
	if (type === 'demote' && engine === 'NOWEB') return 'admin';
	return group.members.get(person) ?? 'participant';
}

/** `pn` is optional everywhere: NOWEB's captures have it in lists, not in changes (providers.md §3.9). */
function idsOf({ engine, group, viewer }: View, person: Person, withPhone: boolean) {
	const id = DIALECTS[engine].memberId(group, person, viewer);
	const pn = withPhone && id.endsWith('@lid') ? knownPhoneId(person) : null;
	return { id, ...(pn && { pn }) };
}

/** Baileys' own event on NOWEB. Assumed: empty on the others, as in the documents' samples (providers.md §3.9). */
function participantsData(
	view: View,
	type: ParticipantsType,
	people: readonly Person[],
	by: Person | null,
) {
	if (view.engine !== 'NOWEB') return {};
	const actions = { join: 'add', leave: 'remove', promote: 'promote', demote: 'demote' };
	const jidOf = (person: Person) => idsOf(view, person, false).id.replace('@c.us', JID_SERVER);
	return {
		id: view.group.id,
		author: by && jidOf(by),
		participants: people.map((person) => {
			const id = jidOf(person);
			const phoneNumber = id.endsWith('@lid') ? knownPhoneJid(person) : null;
			const role = roleIn(view, person, type);
			const admin = role === 'participant' ? null : role;
			return { id, ...(phoneNumber && { phoneNumber }), admin };
		}),
		action: actions[type],
	};
}

const JID_SERVER = '@s.whatsapp.net';

/** Of `group.v2.join`: the whole group; GOWS without the invite link. */
export function joinPayload(view: View, at: number) {
	const { engine, group, viewer } = view;
	const hasInvite = engine !== 'GOWS' && isAdmin(group, viewer);
	return {
		group: {
			...wholeGroup(view, group.messagesAdminsOnly),
			...(hasInvite && { invite: inviteLinkOf(group.inviteCode) }),
		},
		timestamp: timestampOn(engine, at),
		_data: {},
	};
}

export function leavePayload({ engine, group }: View, at: number) {
	return { group: { id: group.id }, timestamp: timestampOn(engine, at), _data: {} };
}

/**
 * Of `group.v2.update`. The documents promise the changed fields only, the capture of NOWEB has all.
 * Assumed: WEBJS sends all too, GOWS only what changed (providers.md §3.9).
 */
export function updatePayload(view: View, changes: readonly GroupChange[], at: number) {
	const { engine, group, viewer } = view;
	const isRight = engine === 'GOWS';
	const whole = wholeGroup(view, isRight !== group.messagesAdminsOnly);
	const changed = new Set<string>(['id', ...changes.map((change) => FIELDS[change] ?? '')]);
	const shown =
		engine === 'GOWS'
			? Object.fromEntries(Object.entries(whole).filter(([field]) => changed.has(field)))
			: whole;
	return {
		group: shown,
		timestamp: timestampOn(engine, at),
		_data: DIALECTS[engine].group(group, viewer),
	};
}

/** Nothing tells of a picture, nor of who may change the subject. */
const FIELDS: Partial<Record<GroupChange, string>> = {
	subject: 'subject',
	description: 'description',
	membersCanAdd: 'membersCanAddNewMember',
	messagesAdminsOnly: 'membersCanSendMessages',
	approvalRequired: 'newMembersApprovalRequired',
};

export const isTold = (change: GroupChange): boolean => change !== 'picture';

/** `membersCanSendMessages` is WhatsApp's "announce" as it is, so upside down, nearly everywhere (providers.md §3.9). */
function wholeGroup(view: View, membersCanSendMessages: boolean) {
	const { group } = view;
	return {
		id: group.id,
		subject: group.subject,
		...(group.description !== '' && { description: group.description }),
		membersCanAddNewMember: group.membersCanAdd,
		membersCanSendMessages,
		newMembersApprovalRequired: group.approvalRequired,
		participants: [...group.members.keys()].map((person) => ({
			...idsOf(view, person, true),
			role: roleIn(view, person),
		})),
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
