import type { Ack } from '../happenings';
import { knownPhoneId, knownPhoneJid, lidId, newMessageId, serializedMessageId } from '../ids';
import { phoneId } from '../ids';
import type { EngineName, Group, Message, Person, Session } from '../model';

/** An account that sees messages, through its engine. */
export interface Reader {
	engine: EngineName;
	viewer: Person;
}

const ACKS: Readonly<Record<Ack, number>> = { ERROR: -1, SERVER: 1, DEVICE: 2, READ: 3, PLAYED: 4 };

const MEDIA_KINDS: readonly string[] = ['image', 'video', 'audio', 'document', 'sticker'];

/** By phone if the sessions know it, in WAHA's form. */
const idOf = (person: Person): string => knownPhoneId(person) ?? lidId(person) ?? phoneId(person);

/** Of `message` and `message.any` in a group (providers.md §3.10). */
export function groupMessagePayload(
	{ engine, viewer }: Reader,
	message: Message,
	group: Group,
	via: Session | null,
) {
	const { from, to } = directionOf({ engine, viewer }, message.from, group);
	return {
		id: serializedMessageId(message, viewer),
		from,
		to,
		participant: idOf(message.from),
		...contentOf({ engine, viewer }, message, via),
	};
}

/** The same of a message to the account itself, or from it to one person. */
export function directMessagePayload(reader: Reader, message: Message, via: Session | null) {
	const { viewer } = reader;
	const isOwn = message.from === viewer;
	const other = isOwn ? message.chat : idOf(message.from);
	return {
		id: `${isOwn}_${other}_${message.id}`,
		from: isOwn ? phoneId(viewer) : other,
		to: isOwn ? other : phoneId(viewer),
		participant: null,
		...contentOf(reader, message, via),
	};
}

/**
 * Engines disagree on `to`: own id, group, sender (providers.md §3.10).
 * Assumed: WEBJS has its own messages come from the own id and go to the group.
 */
function directionOf({ engine, viewer }: Reader, sender: Person, group: Group) {
	if (engine === 'NOWEB') return { from: group.id, to: group.id };
	if (engine === 'GOWS') return { from: group.id, to: knownPhoneJid(sender) ?? lidId(sender) };
	return sender === viewer
		? { from: phoneId(viewer), to: group.id }
		: { from: group.id, to: phoneId(viewer) };
}

function contentOf({ engine, viewer }: Reader, message: Message, via: Session | null) {
	const { content, from, kind, quoted, text } = message;
	const hasMedia = MEDIA_KINDS.includes(kind);
	return {
		timestamp: message.at,
		fromMe: from === viewer,
		// Assumed: what goes through the API is marked as such (providers.md §3.10 shows "app").
		source: via?.account === viewer ? 'api' : 'app',
		body: text,
		hasMedia,
		media: hasMedia ? mediaOf(message) : null,
		ack: 1,
		ackName: 'SERVER',
		...(kind === 'location' && { location: locationOf(content) }),
		vCards: kind === 'contacts' ? vCardsOf(content) : [],
		// Assumed: what an answer says of the message before (providers.md §3.10 shows null).
		replyTo: quoted && { id: quoted.id, participant: idOf(quoted.from), body: quoted.text },
		_data: dataOf(engine, message),
	};
}

function mediaOf({ content, id, kind }: Message) {
	const { url, mimeType, mimetype, fileName } = content as Record<string, string | undefined>;
	return {
		url: url ?? `http://localhost:3000/api/files/default/${id}`,
		mimetype: mimeType ?? mimetype ?? DEFAULT_MIME_TYPES[kind],
		filename: fileName ?? null,
		s3: null,
		error: null,
	};
}

const DEFAULT_MIME_TYPES: Readonly<Record<string, string>> = {
	image: 'image/jpeg',
	video: 'video/mp4',
	audio: 'audio/ogg',
	document: 'application/octet-stream',
	sticker: 'image/webp',
};

/** Assumed: the names (providers.md §3.10 has no sample of a location). */
function locationOf(content: Message['content']) {
	const { latitude, longitude, name, title, address } = content;
	return { latitude, longitude, description: name ?? title ?? address ?? null };
}

/** Assumed: one vCard each (providers.md §3.10 shows an empty list). */
function vCardsOf({ contacts }: Message['content']): string[] {
	return (contacts as Array<Record<string, string>>).map(
		({ vcard, name, fullName, phone, phoneNumber }) =>
			vcard ??
			[
				'BEGIN:VCARD',
				'VERSION:3.0',
				`FN:${name ?? fullName}`,
				`TEL;type=CELL:${phone ?? phoneNumber}`,
				'END:VCARD',
			].join('\n'),
	);
}

/** What each engine calls the sender's name. Assumed: the rest is of no interest (providers.md §3.10). */
function dataOf(engine: EngineName, { from, id }: Message): Record<string, unknown> {
	if (engine === 'NOWEB') return { key: { id }, pushName: from.name };
	if (engine === 'GOWS') return { Info: { ID: id, PushName: from.name } };
	return { notifyName: from.name };
}

/** Of `message.ack.group`: how far an own message has come with one member. */
export function ackPayload({ viewer }: Reader, message: Message, by: Person | null, ack: Ack) {
	const participant = by && (lidId(by) ?? idOf(by));
	return {
		id: `true_${message.chat}_${message.id}_${participant ?? idOf(viewer)}`,
		from: message.chat,
		to: phoneId(viewer),
		...(participant && { participant }),
		fromMe: true,
		ack: ACKS[ack],
		ackName: ack,
		_data: {},
	};
}

/** Of `message.reaction` in a group. */
export function reactionPayload(
	{ viewer }: Reader,
	message: Message,
	{ by, text, at }: { by: Person; text: string; at: number },
) {
	return {
		id: `${by === viewer}_${message.chat}_${newMessageId()}_${idOf(by)}`,
		from: message.chat,
		fromMe: by === viewer,
		participant: idOf(by),
		to: phoneId(viewer),
		timestamp: Math.floor(at / 1000),
		reaction: { text, messageId: serializedMessageId(message, viewer) },
	};
}
