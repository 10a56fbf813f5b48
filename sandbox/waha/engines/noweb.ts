import { EngineException, type Doing, type RefusalReason, type Refused } from '../errors';
import {
	isGroupId,
	knownPhoneId,
	knownPhoneJid,
	lidId,
	newMessageId,
	phoneId,
	phoneJid,
} from '../ids';
import { nowSeconds, type Group, type Message, type Person, type Role } from '../model';
import { without } from '../object';
import type { Dialect } from './dialect';

const jidIn = (group: Group, person: Person): string =>
	(group.addressing === 'lid'
		? (lidId(person) ?? knownPhoneJid(person))
		: (knownPhoneJid(person) ?? lidId(person))) ?? phoneJid(person);

/**
 * `phoneNumber` is there for a lid whose phone is known.
 * Assumed: a phone-addressed member has the `@s.whatsapp.net` id and `lid` (providers.md §3.4.1).
 */
function participant(group: Group, person: Person, role: Role): Record<string, unknown> {
	const id = jidIn(group, person);
	const phone = knownPhoneJid(person);
	const lid = lidId(person);
	return {
		id,
		...(id.endsWith('@lid') && phone && { phoneNumber: phone }),
		...(!id.endsWith('@lid') && lid && { lid }),
		admin: role === 'participant' ? null : role,
	};
}

const participants = (group: Group) =>
	[...group.members].map(([person, role]) => participant(group, person, role));

function metadata(group: Group): Record<string, unknown> {
	const ownerPn = knownPhoneJid(group.creator);
	return {
		id: group.id,
		subject: group.subject,
		subjectOwner: jidIn(group, group.subjectBy),
		subjectTime: group.subjectAt,
		owner: jidIn(group, group.creator),
		...(ownerPn && { ownerPn }),
		creation: group.createdAt,
		// Baileys leaves both out when there is no description [I].
		...(group.description && { desc: group.description, descId: group.descriptionId }),
		size: group.members.size,
		addressingMode: group.addressing === 'lid' ? 'lid' : 'pn',
		restrict: group.infoAdminsOnly,
		announce: group.messagesAdminsOnly,
		isCommunity: false,
		isCommunityAnnounce: false,
		joinApprovalMode: group.approvalRequired,
		memberAddMode: group.membersCanAdd,
		participants: participants(group),
	};
}

/** WhatsApp's own error words; `not-authorized` and `forbidden` are documented, the rest Assumed (providers.md §3.5). */
const WORDS: Record<RefusalReason, string> = {
	unknownGroup: 'item-not-found',
	notInGroup: 'forbidden',
	notAdmin: 'not-authorized',
	unacceptable: 'not-acceptable',
	malformedId: 'bad-request',
	inviteUnknown: 'not-acceptable',
	inviteRevoked: 'gone',
	alreadyIn: 'conflict',
	full: 'resource-limit',
	unknownMessage: 'item-not-found',
	notOnWhatsApp: 'item-not-found',
	forced: '',
};

/** Baileys: raw protocol names, `admin` as a word or null, every refusal is HTTP 500. */
export const noweb: Dialect = {
	engine: 'NOWEB',
	browser: null,
	canDeleteGroups: false,
	changed: undefined,
	numberMissing: { numberExists: false },
	participants,
	group: metadata,
	memberId: (group, member) => jidIn(group, member).replace('@s.whatsapp.net', '@c.us'),
	memberPn: (group, member) =>
		jidIn(group, member).endsWith('@lid') ? (knownPhoneId(member) ?? undefined) : undefined,

	joinRequest: ({ person, method, at }) => ({
		requesterId: lidId(person) ?? phoneId(person),
		requesterPn: knownPhoneId(person),
		addedById: null,
		parentGroupId: null,
		requestMethod: method,
		timestamp: at,
	}),

	/** Baileys finds no group in the answer to a request, so that there is no id. */
	joined: ({ id }, hasAsked) => (hasAsked ? {} : { id }),

	withoutParticipants: (rendered) => without(rendered, 'participants'),

	/** An object keyed by id, unlike all other engines. */
	list: (rendered) => Object.fromEntries(rendered.map((group) => [group.id, group])),

	created: (group) => metadata(group),

	// Assumed: the metadata with an empty list of participants (providers.md §3.4).
	joinInfo: (group) => ({ ...metadata(group), participants: [] }),

	membersChanged: (_group, _action, outcomes) =>
		outcomes.map(({ id, code }) => ({
			status: String(code),
			jid: `${id.digits}@${id.kind === 'lid' ? 'lid' : 's.whatsapp.net'}`,
			content: {},
		})),

	inviteCode: (code) => ({ contentType: 'text/html', body: code }),

	sent(message: Message) {
		const chat = isGroupId(message.chat)
			? message.chat
			: message.chat.replace('@c.us', '@s.whatsapp.net');
		return {
			key: { remoteJid: chat, fromMe: true, id: message.id },
			message: contentOf(message),
			messageTimestamp: String(message.at),
			status: 'PENDING',
		};
	},

	carrier: (chat) => ({
		key: { remoteJid: chat, fromMe: true, id: newMessageId() },
		message: { protocolMessage: {} },
		messageTimestamp: String(nowSeconds()),
		status: 'PENDING',
	}),

	refusal(doing: Doing, refused: Refused): never {
		if (refused.reason === 'forced') throw new EngineException(refused.about);
		const missing = refused.reason === 'unknownGroup' || refused.reason === 'notInGroup';
		throw new EngineException(
			doing === 'read' && missing
				? `Group with id '${refused.about}' not found`
				: WORDS[refused.reason],
		);
	},
};

/** Assumed for all but text: the protocol's message names with what was sent (providers.md §3.6). */
function contentOf({ kind, text, content }: Message): Record<string, unknown> {
	switch (kind) {
		case 'text':
			return { extendedTextMessage: { text } };
		case 'image':
			return { imageMessage: { caption: text, ...content } };
		case 'video':
			return { videoMessage: { caption: text, ...content } };
		case 'audio':
			return { audioMessage: { ptt: true, ...content } };
		case 'document':
			return { documentMessage: { caption: text, ...content } };
		case 'poll':
			return { pollCreationMessage: content };
		case 'location':
			return { locationMessage: content };
		case 'contacts':
			return { contactsArrayMessage: content };
		case 'sticker':
			return { stickerMessage: content };
		case 'unsupported':
			return {};
	}
}
