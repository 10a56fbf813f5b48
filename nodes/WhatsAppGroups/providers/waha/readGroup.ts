import type { Group, Participant, Role } from '../../model';
import { asBoolean, asList, asNumber, asRecord, asText, firstOf } from '../../transport/json';
import type { Json } from '../../transport/json';
import { phoneOf } from './ids';
import { timeOf } from './time';

/** An id, which WEBJS gives as an object in several spellings (providers.md §3.4.1). */
export function idOf(value: unknown): string | null {
	const { _serialized: serialized, $1: renamed, ...parts } = asRecord(value);
	const [user, server] = [asText(parts.user), asText(parts.server)];
	const built = user === null || server === null ? null : `${user}@${server}`;
	return firstOf(asText(value), asText(serialized), asText(renamed), built);
}

/** A group of any engine: WEBJS (a chat with `groupMetadata`), NOWEB (flat) or GOWS (PascalCase). */
export function toGroup(raw: Json): Group {
	const meta = { ...raw, ...asRecord(raw.groupMetadata) };
	const list = firstOf(meta.participants, raw.Participants);
	const participants = Array.isArray(list) ? toParticipants(list) : null;
	const ownerId = firstOf(idOf(meta.owner), asText(raw.OwnerJID));
	const joinApproval = asSwitch(
		firstOf(meta.joinApprovalMode, meta.membershipApprovalMode, raw.IsJoinApprovalRequired),
	);
	return {
		id: groupIdOf(raw) ?? '',
		subject: firstOf(asText(meta.subject), asText(raw.name), asText(raw.title), asText(raw.Name)),
		description: firstOf(asText(meta.desc), asText(raw.Topic)),
		createdAt: firstOf(timeOf(meta.creation), timeOf(raw.GroupCreated)),
		owner:
			ownerId === null
				? null
				: {
						id: ownerId,
						phone: firstOf(
							phoneOf(firstOf(asText(raw.ownerPn), asText(raw.OwnerPN))),
							phoneOf(ownerId),
						),
					},
		participantCount: firstOf(
			asNumber(meta.size),
			asNumber(raw.ParticipantCount),
			participants?.length,
		),
		participants,
		joinApprovalMode:
			joinApproval === null ? null : joinApproval ? 'approvalRequired' : 'autoApprove',
		suspended: firstOf(asBoolean(raw.Suspended), asBoolean(meta.suspended)),
		settings: {
			infoAdminsOnly: firstOf(asBoolean(meta.restrict), asBoolean(raw.IsLocked)),
			messagesAdminsOnly: firstOf(asBoolean(meta.announce), asBoolean(raw.IsAnnounce)),
			membersCanAdd: toMembersCanAdd(firstOf(meta.memberAddMode, raw.MemberAddMode)),
			joinApproval,
		},
	};
}

export function groupIdOf(raw: Json): string | null {
	return firstOf(idOf(raw.id), idOf(raw.gid), asText(raw.JID));
}

/** What WEBJS may also write as 1 or 0. */
function asSwitch(value: unknown): boolean | null {
	return value === 1 || value === 0 ? value === 1 : asBoolean(value);
}

/** A word on WEBJS and GOWS, which is empty where the engine does not know it, and a boolean on NOWEB. */
function toMembersCanAdd(value: unknown): boolean | null {
	const word = asText(value);
	if (word === 'all_member_add') return true;
	return word === 'admin_add' ? false : asBoolean(value);
}

/** Participants of any engine, or of `participants/v2`; those who left are not participants. */
export function toParticipants(list: unknown): Participant[] {
	return asList(list)
		.map(asRecord)
		.filter(({ role }) => role !== 'left')
		.map(toParticipant);
}

export function toParticipant(raw: Json): Participant {
	const id = firstOf(idOf(raw.id), asText(raw.JID)) ?? '';
	const number = firstOf(asText(raw.pn), asText(raw.phoneNumber), asText(raw.PhoneNumber));
	return { id, phone: firstOf(phoneOf(number), phoneOf(id)), role: toRole(raw) };
}

export function toRole(raw: Json): Role | null {
	const word = firstOf(asText(raw.role), asText(raw.admin));
	if (word === 'superadmin' || raw.isSuperAdmin === true || raw.IsSuperAdmin === true) {
		return 'creator';
	}
	if (word === 'admin' || raw.isAdmin === true || raw.IsAdmin === true) return 'admin';
	return word === 'left' ? null : 'participant';
}
