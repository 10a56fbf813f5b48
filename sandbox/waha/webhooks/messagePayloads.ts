import { knownPhoneId, knownPhoneJid, lidId, phoneId, phoneJid, serializedMessageId } from '../ids';
import type { EngineName, Group, Message, Person, Session } from '../model';

/** An account that sees messages, through its engine. */
export interface Reader {
	engine: EngineName;
	viewer: Person;
}

const MEDIA_KINDS: readonly string[] = ['image', 'video', 'audio', 'document', 'sticker'];

/** By phone if the sessions know it, in WAHA's form. */
export const idOf = (person: Person): string =>
	knownPhoneId(person) ?? lidId(person) ?? phoneId(person);

/** Of `message` and `message.any` in a group (providers.md §3.10). */
export function groupMessagePayload(
	{ engine, viewer }: Reader,
	message: Message,
	group: Group,
	via: Session | null,
) {
	const { from, to } = directionOf({ engine, viewer }, message.from, group);
	const participant = participantId(engine, group, message.from);
	const isSentHere = via?.account === viewer;
	return {
		// What NOWEB sent itself has no sender in its key, as in the answer of Send (providers.md §3.11).
		id:
			engine === 'NOWEB' && isSentHere
				? `true_${message.chat}_${message.id}`
				: groupMessageId({ engine, viewer }, group, message),
		from,
		to,
		participant,
		...contentOf({ engine, viewer }, message, via, (person) =>
			participantId(engine, group, person),
		),
		_data: groupData(engine, message, group, participant),
	};
}

/** In a group that lists people by lid, NOWEB and GOWS name them so. */
export function participantId(engine: EngineName, group: Group, person: Person): string {
	const isLid = engine !== 'WEBJS' && group.addressing === 'lid';
	return (isLid ? lidId(person) : null) ?? idOf(person);
}

/** The id of somebody else's message ends in the participant, as it is named beside it. */
export function groupMessageId(
	{ engine, viewer }: Reader,
	group: Group,
	message: Message,
	id = message.id,
): string {
	if (message.from === viewer) return serializedMessageId({ ...message, id }, viewer);
	return `false_${message.chat}_${id}_${participantId(engine, group, message.from)}`;
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

function contentOf(
	{ engine, viewer }: Reader,
	message: Message,
	via: Session | null,
	named: (person: Person) => string = idOf,
) {
	const { content, from, kind, quoted } = message;
	const hasMedia = MEDIA_KINDS.includes(kind);
	return {
		timestamp: message.at,
		fromMe: from === viewer,
		// Assumed: what goes through the API is marked as such (providers.md §3.10 shows "app").
		source: via?.account === viewer ? 'api' : 'app',
		body: bodyOf(engine, message),
		hasMedia,
		media: hasMedia ? mediaOf(message) : null,
		ack: 1,
		ackName: 'SERVER',
		location: kind === 'location' ? locationOf(content) : undefined,
		...(kind !== 'location' && engine !== 'WEBJS' && { location: null }),
		vCards: kind === 'contacts' ? vCardsOf(content) : engine === 'WEBJS' ? [] : null,
		// The bare id on every engine (providers.md §3.14).
		replyTo: quoted && { id: quoted.id, participant: named(quoted.from), body: quoted.text },
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

/** WEBJS has a picture of the map, or the card, as body (providers.md §3.11). */
function bodyOf(engine: EngineName, { content, kind, text }: Message): string | null {
	if (engine !== 'WEBJS') return text === '' ? null : text;
	if (kind === 'location') return MAP;
	return kind === 'contacts' ? vCardsOf(content).join('\n') : text;
}

const MAP = '/9j/4AAQSkZJRgABAQAAAQABAAD/2wCEAA==';

/** Coordinates are text (providers.md §3.11). */
function locationOf({ latitude, longitude, name, title, address }: Message['content']) {
	return {
		live: false,
		latitude: String(latitude),
		longitude: String(longitude),
		name: name ?? title ?? null,
		address: address ?? null,
		url: null,
		description: null,
		thumbnail: MAP,
	};
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

/** What the engine itself has of a message in a group: the number beside an id that hides it (§3.11). */
function groupData(engine: EngineName, message: Message, group: Group, participant: string) {
	const { from, id } = message;
	const phone = knownPhoneJid(from);
	const isLid = participant.endsWith('@lid');
	if (engine === 'NOWEB') {
		const key = {
			remoteJid: group.id,
			fromMe: false,
			id,
			participant: isLid ? participant : phoneJid(from),
			...(isLid && phone && { participantAlt: phone }),
			addressingMode: isLid ? 'lid' : 'pn',
		};
		const context = contextOf(message, 'mentionedJid', 'stanzaId');
		return {
			key,
			messageTimestamp: message.at,
			pushName: from.name,
			...(context && { message: context }),
		};
	}
	if (engine !== 'GOWS') {
		const { mentions } = message;
		return {
			notifyName: from.name,
			// Each is an object here, as every id of WhatsApp Web is.
			mentionedJidList: mentions.map((id) => ({ _serialized: id, ...partsOf(id) })),
		};
	}
	const context = contextOf(message, 'mentionedJID', 'stanzaID');
	const device = (jid: string) => jid.replace('@', ':7@');
	return {
		...(context && { Message: context }),
		Info: {
			Chat: group.id,
			Sender: device(isLid ? participant : phoneJid(from)),
			IsFromMe: false,
			IsGroup: true,
			AddressingMode: isLid ? 'lid' : 'pn',
			SenderAlt: isLid && phone ? device(phone) : '',
			RecipientAlt: '',
			ID: id,
			Type: 'text',
			PushName: from.name,
			Timestamp: new Date(message.at * 1000).toISOString(),
		},
	};
}

/** What WhatsApp itself says of mentions and answers, as the engines' libraries spell it (providers.md §3.14). */
function contextOf(
	{ mentions, quoted, text }: Message,
	mentioned: 'mentionedJid' | 'mentionedJID',
	stanza: 'stanzaId' | 'stanzaID',
) {
	if (mentions.length === 0 && !quoted) return undefined;
	const contextInfo = {
		...(quoted && { [stanza]: quoted.id, participant: phoneJid(quoted.from) }),
		...(mentions.length > 0 && {
			[mentioned]: mentions.map((id) => id.replace('@c.us', '@s.whatsapp.net')),
		}),
	};
	return { extendedTextMessage: { text, contextInfo } };
}

function partsOf(id: string) {
	const [user, server] = id.split('@');
	return { user, server };
}

/** What each engine calls the sender's name. Assumed: the rest is of no interest (providers.md §3.10). */
function dataOf(engine: EngineName, { from, id }: Message): Record<string, unknown> {
	if (engine === 'NOWEB') return { key: { id }, pushName: from.name };
	if (engine === 'GOWS') return { Info: { ID: id, PushName: from.name } };
	return { notifyName: from.name };
}
