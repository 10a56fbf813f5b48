import { randomBytes } from 'node:crypto';
import { DIALECTS } from '../engines';
import { knownPhoneJid, lidId, phoneJid } from '../ids';
import type { Group, Person } from '../model';
import type { View } from './view';

/**
 * What each engine itself says of a change, which WAHA passes on as `_data` (providers.md §3.11). Ids
 * follow the group: by lid where it lists its members so.
 */

const jidOf = (group: Group, person: Person): string =>
	(group.addressing === 'lid'
		? (lidId(person) ?? knownPhoneJid(person))
		: (knownPhoneJid(person) ?? lidId(person))) ?? phoneJid(person);

/** Somebody's id in a change, in WAHA's form. */
export const changeId = (group: Group, person: Person): string =>
	jidOf(group, person).replace('@s.whatsapp.net', '@c.us');

/** WEBJS: a line in the chat, with what happened, who did it and to whom. */
export function webjsNotification(
	{ group, viewer }: View,
	type: string,
	{ by, people = [], body = '' }: { by: Person | null; people?: readonly Person[]; body?: string },
	at: number,
) {
	const author = changeId(group, by ?? people[0] ?? viewer);
	const id = `${Math.floor(at / 1000)}${randomBytes(4).readUInt32BE()}`;
	return {
		id: {
			fromMe: by === viewer,
			remote: group.id,
			id,
			participant: author,
			_serialized: `${by === viewer}_${group.id}_${id}_${author}`,
		},
		body,
		type,
		timestamp: Math.floor(at / 1000),
		chatId: group.id,
		author,
		recipientIds: people.map((person) => changeId(group, person)),
	};
}

/** Baileys on NOWEB. */
export function nowebAuthor(group: Group, by: Person | null) {
	const pn = by && knownPhoneJid(by);
	return { author: by && jidOf(group, by), ...(pn && { authorPn: pn }) };
}

export function nowebParticipants(
	group: Group,
	people: ReadonlyArray<readonly [Person, string]>,
	by: Person | null,
	action: string,
) {
	return {
		id: group.id,
		...nowebAuthor(group, by),
		participants: people.map(([person, role]) => {
			const id = jidOf(group, person);
			const phoneNumber = id.endsWith('@lid') ? knownPhoneJid(person) : null;
			const admin = role === 'admin' || role === 'superadmin' ? role : null;
			return { id, ...(phoneNumber && { phoneNumber }), admin };
		}),
		action,
	};
}

export interface GowsChange {
	Name?: object;
	Topic?: object;
	Locked?: object;
	Announce?: object;
	MembershipApprovalMode?: object;
	Join?: readonly Person[];
	Leave?: readonly Person[];
	Promote?: readonly Person[];
	Demote?: readonly Person[];
}

/** whatsmeow's GroupInfo event on GOWS: Go prints what did not change as null. */
export function gowsGroupInfo(
	group: Group,
	{ Join, Leave, Promote, Demote, ...parts }: GowsChange,
	by: Person | null,
	at: number,
) {
	const jids = (people?: readonly Person[]) =>
		people?.map((person) => jidOf(group, person)) ?? null;
	return {
		JID: group.id,
		Notify: '',
		...gowsSender(group, by),
		Timestamp: new Date(at).toISOString().replace(/\.\d+Z$/, 'Z'),
		Name: null,
		Topic: null,
		Locked: null,
		Announce: null,
		Ephemeral: null,
		MembershipApprovalMode: null,
		Delete: null,
		Link: null,
		Unlink: null,
		NewInviteLink: null,
		...parts,
		PrevParticipantVersionID: '',
		ParticipantVersionID: '',
		JoinReason: '',
		Join: jids(Join),
		Leave: jids(Leave),
		Promote: jids(Promote),
		Demote: jids(Demote),
		UnknownChanges: null,
	};
}

export function gowsSender(group: Group, by: Person | null) {
	return {
		Sender: by && jidOf(group, by),
		SenderPN: by && (knownPhoneJid(by) ?? ''),
	};
}

/** What the account of a session sees of somebody's request to join. */
export function joinRequestData(
	view: View,
	{ person, by, action, method }: { person: Person; by: Person; action: string; method: string },
	at: number,
) {
	const { engine, group } = view;
	if (engine === 'WEBJS') {
		return webjsNotification(view, 'created_membership_requests', { by: person }, at);
	}
	const jid = lidId(person) ?? phoneJid(person);
	const phone = knownPhoneJid(person);
	if (engine === 'NOWEB') {
		return {
			id: group.id,
			...nowebAuthor(group, by),
			participant: jid,
			...(phone && { participantPn: phone }),
			action,
			method,
		};
	}
	return {
		JID: group.id,
		...gowsSender(group, by),
		Timestamp: new Date(at).toISOString(),
		// whatsmeow has one word for both; who did it tells them apart.
		Action: action === 'created' ? 'created' : 'revoked',
		Requests: [{ JID: jid, PhoneNumber: phone ?? '', RequestMethod: method }],
	};
}

/** Of the group that was joined: a notification, or the whole group. */
export function joinData(view: View, by: Person | null, at: number): object {
	const { engine, group, viewer } = view;
	if (engine === 'WEBJS') {
		return webjsNotification(view, by ? 'add' : 'invite', { by, people: [viewer] }, at);
	}
	const whole = DIALECTS[engine].group(group, viewer);
	if (engine === 'NOWEB') return { ...whole, ...nowebAuthor(group, by) };
	return { ...whole, Reason: '', Type: '', CreateKey: '', ...gowsSender(group, by), Notify: '' };
}
