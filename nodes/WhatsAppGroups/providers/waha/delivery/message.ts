import type { EventMessage, GroupEvent } from '../../../model';
import { knownPart } from '../../../contract/events';
import { asBoolean, asList, asNumber, asRecord, asText, firstOf } from '../../../transport/json';
import type { Json } from '../../../transport/json';
import type { Envelope } from './envelope';
import { groupIdOf, known } from './known';
import { messageIdOf, readMessageId } from './messageId';
import { nameOf, toPerson } from './person';

export function messageReceived(envelope: Envelope): GroupEvent[] {
	const { payload, data, me } = envelope;
	const { SenderAlt } = asRecord(data.Info);
	const { participantAlt, participantPn } = asRecord(data.key);
	const writer = toPerson(
		payload.participant,
		payload.author,
		SenderAlt,
		participantAlt,
		participantPn,
	);
	const actor = writer ?? (payload.fromMe === true ? me : null);
	return known('message.received', envelope, {
		group: groupOf(payload),
		actor: actor && { ...actor, name: nameOf(data) },
		message: toMessage(envelope),
	});
}

/** The group of a message. `to` is trusted for own messages only: engines put different things there. */
export function groupOf({ from, to, fromMe, id }: Json): string | null {
	const own = fromMe === true ? to : null;
	return firstOf(groupIdOf(from), groupIdOf(own), readMessageId(id)?.group);
}

function toMessage(envelope: Envelope): EventMessage {
	const { payload } = envelope;
	const known = { id: messageIdOf(envelope), fromMe: payload.fromMe === true };
	const body = asText(payload.body);
	if (payload.hasMedia === true) {
		const { url, mimetype, filename } = asRecord(payload.media);
		const mimeType = asText(mimetype);
		const media = { id: null, url: asText(url), mimeType, fileName: asText(filename) };
		return { ...known, type: fileType(mimeType), text: body, media, content: null };
	}
	const location = readLocation(asRecord(payload.location));
	if (location) {
		// WEBJS has a picture of the map as body.
		const text = asText(location.description);
		return { ...known, type: 'location', text, media: null, content: { location } };
	}
	const vCards = asList(payload.vCards).filter((card) => asText(card) !== null);
	if (vCards.length > 0) {
		const text = body?.startsWith('BEGIN:VCARD') ? null : body;
		return { ...known, type: 'contacts', text, media: null, content: { vCards } };
	}
	const type = body === null ? 'unknown' : 'text';
	return { ...known, type, text: body, media: null, content: null };
}

/** Stickers are the only WebP pictures of WhatsApp; what is neither seen nor heard is a document. */
function fileType(mimeType: string | null): string {
	if (mimeType === null) return 'file';
	if (mimeType.startsWith('image/webp')) return 'sticker';
	const [kind] = mimeType.split('/');
	return ['image', 'video', 'audio'].includes(kind) ? kind : 'document';
}

/** Coordinates come as text, and a small picture of the map beside them, which is left out. */
function readLocation(raw: Json): Json | null {
	const latitude = asNumber(raw.latitude);
	const longitude = asNumber(raw.longitude);
	if (latitude === null || longitude === null) return null;
	const { name, address, url, description, live } = raw;
	return knownPart({
		latitude,
		longitude,
		name: asText(name),
		address: asText(address),
		url: asText(url),
		description: asText(description),
		live: asBoolean(live),
	});
}
