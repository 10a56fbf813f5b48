import { EngineException, type Doing, type RefusalReason, type Refused } from '../errors';
import type { Outcome } from '../groups';
import {
	inviteLinkOf,
	knownPhoneId,
	knownPhoneJid,
	lidId,
	newMessageId,
	phoneId,
	phoneJid,
	serializedMessageId,
	type ParticipantId,
} from '../ids';
import { nowSeconds, type Group, type Person, type Role } from '../model';
import { without } from '../object';
import type { Dialect } from './dialect';

/** RFC 3339 without fractions, as Go prints a time of whole seconds. */
const time = (seconds: number): string =>
	new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');

const jidIn = (group: Group, person: Person): string =>
	(group.addressing === 'lid'
		? (lidId(person) ?? knownPhoneJid(person))
		: (knownPhoneJid(person) ?? lidId(person))) ?? phoneJid(person);

/** Unknown ids are empty strings, Go's zero value. Assumed for phone-addressed members (providers.md §3.4.1). */
function participant(group: Group, person: Person, role: Role | null, error = 0) {
	return {
		JID: jidIn(group, person),
		PhoneNumber: knownPhoneJid(person) ?? '',
		LID: lidId(person) ?? '',
		IsAdmin: role === 'admin' || role === 'superadmin',
		IsSuperAdmin: role === 'superadmin',
		DisplayName: '',
		Error: error,
		AddRequest: null as unknown,
	};
}

/** Assumed: whoever must be invited comes with the code of that invitation (providers.md §3.4.2). */
function resultOf(group: Group, { id, person, code }: Outcome) {
	const error = code === 200 ? 0 : code;
	const rendered = person
		? participant(group, person, group.members.get(person) ?? null, error)
		: { ...EMPTY_PARTICIPANT, JID: jidOf(id), Error: error };
	if (code === 403 && person?.inviteOnly) {
		rendered.AddRequest = {
			Code: group.inviteCode.slice(0, 16),
			Expiration: time(nowSeconds() + 3 * 24 * 3600),
		};
	}
	return rendered;
}

const jidOf = ({ kind, digits }: ParticipantId): string =>
	`${digits}@${kind === 'lid' ? 'lid' : 's.whatsapp.net'}`;

const EMPTY_PARTICIPANT = {
	JID: '',
	PhoneNumber: '',
	LID: '',
	IsAdmin: false,
	IsSuperAdmin: false,
	DisplayName: '',
	Error: 0,
	AddRequest: null as unknown,
};

const participants = (group: Group) =>
	[...group.members].map(([person, role]) => participant(group, person, role));

function info(group: Group): Record<string, unknown> {
	const described = group.description !== '';
	return {
		JID: group.id,
		OwnerJID: jidIn(group, group.creator),
		OwnerPN: knownPhoneJid(group.creator) ?? '',
		Name: group.subject,
		NameSetAt: time(group.subjectAt),
		NameSetBy: jidIn(group, group.subjectBy),
		Topic: group.description,
		TopicID: group.descriptionId,
		// Go's zero time where there never was a description [I].
		TopicSetAt: described ? time(group.descriptionAt) : '0001-01-01T00:00:00Z',
		TopicSetBy: described ? jidIn(group, group.descriptionBy) : '',
		TopicDeleted: false,
		IsLocked: group.infoAdminsOnly,
		IsAnnounce: group.messagesAdminsOnly,
		AnnounceVersionID: '1',
		IsEphemeral: false,
		DisappearingTimer: 0,
		IsIncognito: false,
		IsParent: false,
		LinkedParentJID: '',
		IsDefaultSubGroup: false,
		IsJoinApprovalRequired: group.approvalRequired,
		AddressingMode: group.addressing === 'lid' ? 'lid' : 'pn',
		GroupCreated: time(group.createdAt),
		CreatorCountryCode: 'GB',
		ParticipantVersionID: '1',
		ParticipantCount: group.members.size,
		MemberAddMode: group.membersCanAdd ? 'all_member_add' : 'admin_add',
		Suspended: false,
		Participants: participants(group),
	};
}

/** Assumed: that GOWS fails with HTTP 500 and in these words (providers.md §3.5 names none for it). */
const WORDS: Record<RefusalReason, string> = {
	unknownGroup: 'that group does not exist',
	notInGroup: "you're not participating in that group",
	notAdmin: 'info query returned status 403: forbidden',
	unacceptable: 'info query returned status 406: not-acceptable',
	malformedId: 'info query returned status 400: bad-request',
	inviteUnknown: 'that group invite link is not valid',
	inviteRevoked: 'that group invite link has been revoked',
	alreadyIn: 'info query returned status 409: conflict',
	full: 'info query returned status 419: resource-limit',
	unknownMessage: 'message not found',
	notOnWhatsApp: 'server returned error 404',
	forced: '',
};

/** whatsmeow over gRPC: Go's PascalCase names and zero values; errors come as gRPC status 2. */
export const gows: Dialect = {
	engine: 'GOWS',
	browser: null,
	canDeleteGroups: false,
	changed: undefined,
	numberMissing: { numberExists: false, chatId: null },
	participants,
	group: info,
	memberId: (group, member) => jidIn(group, member).replace('@s.whatsapp.net', '@c.us'),
	/** Go's empty string where it is not known. */
	memberPn: (_group, member) => knownPhoneId(member) ?? '',

	joinRequest: ({ person, at }) => ({
		requesterId: lidId(person) ?? phoneId(person),
		addedById: null,
		parentGroupId: null,
		requestMethod: null,
		timestamp: at,
	}),

	/** The id is the same whether one is in or has asked. */
	joined: ({ id }) => ({ id }),

	withoutParticipants: (rendered) => without(rendered, 'Participants'),

	list: (rendered) => rendered,

	/** Assumed: those who could not be added are listed with their `Error` (providers.md §3.4.2). */
	created(group, outcomes) {
		const failed = outcomes.filter(({ code }) => code !== 200);
		return {
			...info(group),
			Participants: [...participants(group), ...failed.map((outcome) => resultOf(group, outcome))],
		};
	},

	// Assumed: the whole info with Go's null for no participants (providers.md §3.4).
	joinInfo: (group) => ({ ...info(group), Participants: null }),

	membersChanged: (group, _action, outcomes) => outcomes.map((outcome) => resultOf(group, outcome)),

	/** Assumed: JSON-quoted here and raw elsewhere, so that a caller meets both (providers.md §3.4.3 [I]). */
	inviteCode: (code) => ({
		contentType: 'application/json',
		body: JSON.stringify(inviteLinkOf(code)),
	}),

	sent: (message, viewer) => ({ id: serializedMessageId(message, viewer), _data: {} }),

	carrier: (chat, viewer) => ({
		id: `true_${chat}_${newMessageId()}_${phoneId(viewer)}`,
		_data: null,
	}),

	refusal(_doing: Doing, refused: Refused): never {
		const words = refused.reason === 'forced' ? refused.about : WORDS[refused.reason];
		throw new EngineException(`2 UNKNOWN: ${words}`);
	},
};
