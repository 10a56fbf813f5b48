import { EngineException, type Doing, type RefusalReason, type Refused } from '../errors';
import type { MemberAction, Outcome } from '../groups';
import { knownPhoneId, lidId, phoneId, serializedMessageId, type ParticipantId } from '../ids';
import { isAdmin, type Group, type Message, type Person } from '../model';
import { without } from '../object';
import type { Dialect } from './dialect';

/** `{server, user, _serialized}`, the form of every id in WEBJS. */
function wid(id: string) {
	const [user, server] = id.split('@');
	return { server, user, _serialized: id };
}

/**
 * WEBJS lists its own account by phone, and the others of a lid-addressed group by lid.
 * Assumed from the one sample (providers.md §3.4.1).
 */
function memberId(group: Group, member: Person, viewer: Person): string {
	const byPhone = member === viewer || group.addressing === 'phone';
	const phone = knownPhoneId(member);
	return (byPhone ? (phone ?? lidId(member)) : (lidId(member) ?? phone)) ?? phoneId(member);
}

function metadata(group: Group, viewer: Person): Record<string, unknown> {
	return {
		id: wid(group.id),
		creation: group.createdAt,
		owner: wid(phoneId(group.creator)),
		subject: group.subject,
		desc: group.description,
		restrict: group.infoAdminsOnly,
		announce: group.messagesAdminsOnly,
		membershipApprovalMode: group.approvalRequired,
		memberAddMode: group.membersCanAdd ? 'all_member_add' : 'admin_add',
		size: group.members.size,
		participants: participants(group, viewer),
	};
}

const participants = (group: Group, viewer: Person) =>
	[...group.members].map(([member, role]) => ({
		id: wid(memberId(group, member, viewer)),
		isAdmin: role !== 'participant',
		isSuperAdmin: role === 'superadmin',
	}));

const requestedId = ({ kind, digits }: ParticipantId): string =>
	`${digits}@${kind === 'lid' ? 'lid' : 'c.us'}`;

/** Assumed: all wordings but the first (providers.md §3.4.2 gives the codes only). */
const OUTCOME_WORDS: Record<number, string> = {
	200: 'The participant was added successfully',
	403: 'The participant accepts private invitations only',
	404: 'The number is not on WhatsApp',
	408: 'The participant left the group recently',
	409: 'The participant is in the group already',
	419: 'The group is full',
};

const words = (code: number): string => OUTCOME_WORDS[code] ?? 'The participant was not added';

const failure = (refused: Refused): string =>
	refused.reason === 'forced' ? refused.about : `The group was not created: ${refused.reason}`;

/** WhatsApp's own word, with a line of the browser's after it. */
const JOIN_WORDS: Partial<Record<RefusalReason, string>> = {
	alreadyIn: 'conflict',
	full: 'resource-limit',
	inviteRevoked: 'gone',
	inviteUnknown: 'not-acceptable',
};

function joinRefusal({ reason, about }: Refused): EngineException {
	if (reason === 'forced') return new EngineException(about, 'TypeError');
	const at = 'd (https://static.whatsapp.net/rsrc.php/v4/yY/r/72q60AnoBVW.js:77:180)';
	return new EngineException(`${JOIN_WORDS[reason] ?? reason}\n${at}`, 'ServerStatusCodeError');
}

/**
 * whatsapp-web.js in a browser: permission problems are a silent `false` or a string with a 2xx,
 * everything else that goes wrong is HTTP 500 (providers.md §3.4.1, §3.4.2, §3.5).
 */
export const webjs: Dialect = {
	engine: 'WEBJS',
	browser: '/usr/bin/google-chrome',
	canDeleteGroups: true,
	changed: true,
	numberMissing: { numberExists: false },
	memberId,
	/** A number behind a lid is never told here. */
	memberPn(group, member, viewer) {
		const id = memberId(group, member, viewer);
		return id.endsWith('@c.us') ? id : null;
	},
	participants,

	joinRequest: ({ person, method, addedBy, at }) => ({
		requesterId: lidId(person) ?? phoneId(person),
		addedById: addedBy && (lidId(addedBy) ?? phoneId(addedBy)),
		parentGroupId: null,
		requestMethod: method,
		timestamp: at,
	}),

	/** WhatsApp Web takes the answer to a request for an unexpected one, though the request is sent. */
	joined({ id }, hasAsked) {
		if (hasAsked) throw new EngineException('', 'UnexpectedJoinGroupViaInviteResponse');
		return { id };
	},

	group(group, viewer) {
		return {
			id: wid(group.id),
			name: group.subject,
			isGroup: true,
			isReadOnly: group.messagesAdminsOnly && !isAdmin(group, viewer),
			unreadCount: 0,
			timestamp: group.subjectAt,
			archived: false,
			pinned: false,
			isMuted: false,
			muteExpiration: 0,
			lastMessage: null,
			groupMetadata: metadata(group, viewer),
		};
	},

	withoutParticipants(rendered) {
		const full = rendered.groupMetadata as Record<string, unknown>;
		return { ...rendered, groupMetadata: without(full, 'participants') };
	},

	list: (rendered) => rendered,

	created(group, outcomes) {
		const results = outcomes.map(({ id, code }) => [
			requestedId(id),
			{
				statusCode: code,
				message: words(code),
				isGroupCreator: false,
				isInviteV4Sent: code === 403,
			},
		]);
		return {
			title: group.subject,
			gid: wid(group.id),
			participants: Object.fromEntries(results),
		};
	},

	// Assumed: the metadata without participants; the shape is not documented (providers.md §3.4).
	joinInfo: (group, viewer) => without(metadata(group, viewer), 'participants'),

	membersChanged(_group, action: MemberAction, outcomes: readonly Outcome[]) {
		if (action !== 'add') return { status: 200 };
		const results = outcomes.map(({ id, code }) => [
			requestedId(id),
			{ code, message: words(code), isInviteV4Sent: code === 403 },
		]);
		return Object.fromEntries(results);
	},

	inviteCode: (code) => ({ contentType: 'text/html', body: code }),

	sent(message: Message, viewer) {
		return {
			id: {
				fromMe: true,
				remote: message.chat,
				id: message.id,
				_serialized: serializedMessageId(message, viewer),
			},
			timestamp: message.at,
			body: message.text,
			ack: 1,
		};
	},

	carrier: null,

	refusal(doing: Doing, refused: Refused) {
		if (doing === 'create') return failure(refused);
		const silent = refused.reason === 'notAdmin' || refused.reason === 'unacceptable';
		if (silent && (doing === 'change' || doing === 'members')) return false;
		if (silent && doing === 'picture') return { success: false };
		// Assumed: the wording; that it is a string is documented (providers.md §3.4.2).
		if (silent && doing === 'add') return 'Only admins of the group can add participants';
		if (doing === 'join') throw joinRefusal(refused);
		// Assumed: everything else throws, in words of the sandbox's own (providers.md §3.5).
		throw new EngineException(
			refused.reason === 'forced'
				? refused.about
				: `Evaluation failed: ${refused.reason} ${refused.about}`.trim(),
		);
	},
};
