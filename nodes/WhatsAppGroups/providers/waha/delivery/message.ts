import type { Actor, EventMessage, GroupEvent } from '../../../model';
import { eventMessage, knownPart } from '../../../contract/events';
import { asBoolean, asList, asNumber, asRecord, asText } from '../../../transport/json';
import type { Json } from '../../../transport/json';
import type { Envelope } from './envelope';
import { groupOf } from './groupOf';
import { known } from './known';
import { messageIdOf } from './messageId';
import { mentionsIn, quotedIdOf } from './quoted';
import { nameOf, toPerson } from './person';

export function messageReceived(envelope: Envelope): GroupEvent[] {
	return known('message.received', envelope, {
		group: groupOf(envelope.payload),
		actor: writerOf(envelope),
		message: toMessage(envelope),
	});
}

/** With the name that they show. */
export function writerOf({ payload, data, me }: Envelope): Actor | null {
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
	return actor && { ...actor, name: nameOf(data) };
}

export function toMessage(envelope: Envelope): EventMessage {
	const { payload } = envelope;
	const id = messageIdOf(envelope);
	const known = {
		id,
		fromMe: payload.fromMe === true,
		text: asText(payload.body),
		replyTo: quotedIdOf(envelope),
		mentions: mentionsIn(envelope),
	};
	if (payload.hasMedia === true) {
		const { url, mimetype, filename } = asRecord(payload.media);
		const mimeType = asText(mimetype);
		// WAHA finds the file by the message too, also where it has not downloaded it.
		const media = { id, url: asText(url), mimeType, fileName: asText(filename) };
		return eventMessage({ ...known, type: fileType(mimeType), media });
	}
	const location = readLocation(asRecord(payload.location));
	if (location) {
		// WEBJS has a picture of the map as body.
		const text = asText(location.description);
		return eventMessage({ ...known, type: 'location', text, content: { location } });
	}
	const vCards = asList(payload.vCards).filter((card) => asText(card) !== null);
	if (vCards.length > 0) {
		const text = known.text?.startsWith('BEGIN:VCARD') ? null : known.text;
		return eventMessage({ ...known, type: 'contacts', text, content: { vCards } });
	}
	return eventMessage({ ...known, type: known.text === null ? 'unknown' : 'text' });
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
