import type { EventName, GroupEvent, Participant } from '../../../model';
import { eventMessage } from '../../../contract/events';
import { asNumber, asRecord, firstOf } from '../../../transport/json';
import { timeOf } from '../time';
import type { Envelope } from './envelope';
import { groupOf } from './groupOf';
import { known } from './known';
import { messageIdOf, readMessageId } from './messageId';
import { isSame, toPerson } from './person';

/** How far a message of one's own has come with one participant (providers.md §3.10). */
export function statusChanged(envelope: Envelope): GroupEvent[] {
	const { payload, data } = envelope;
	const id = messageIdOf(envelope);
	const state = stateOf(envelope);
	if (id === null || state === null || !isOwn(envelope)) return [];
	const { readTimestamp, receiptTimestamp, playedTimestamp } = asRecord(data.receipt);
	const times = [playedTimestamp, readTimestamp, receiptTimestamp, data.Timestamp].map(timeOf);
	return known(state, envelope, {
		group: groupOf(payload),
		message: eventMessage({ id, type: 'status', fromMe: true }),
		participants: readerIn(envelope),
		timestamp: firstOf(...times, envelope.timestamp),
	});
}

/** -1 error, 0 pending, 1 server, 2 device, 3 read, 4 played. */
const states: ReadonlyMap<number | null, EventName> = new Map<number | null, EventName>([
	[-1, 'message.failed'],
	[1, 'message.sent'],
	[2, 'message.delivered'],
	[3, 'message.read'],
	[4, 'message.read'],
]);

/** NOWEB calls every receipt of arrival an ack of the server; its data tells what it is. */
function stateOf({ payload, data }: Envelope): EventName | null {
	const { readTimestamp, receiptTimestamp, playedTimestamp } = asRecord(data.receipt);
	if (isTold(playedTimestamp) || isTold(readTimestamp)) return 'message.read';
	if (isTold(receiptTimestamp)) return 'message.delivered';
	return states.get(asNumber(payload.ack)) ?? null;
}

/** A number, or in parts where it is a long one. */
function isTold(time: unknown): boolean {
	return timeOf(time) !== null || asNumber(asRecord(time).low) !== null;
}

/** WEBJS passes on receipts with `fromMe` the wrong way round: there the id alone is right. */
function isOwn({ payload, data }: Envelope): boolean {
	const isInId = readMessageId(payload.id)?.isOwn ?? null;
	if (isInId === true || data.tag === 'receipt') return isInId === true;
	return payload.fromMe === true || (isInId === null && payload.fromMe !== false);
}

/** The reader; the number of the session itself stands there where nobody else is meant. */
function readerIn({ payload, data, me, myLid }: Envelope): Participant[] | null {
	const { userJid } = asRecord(data.receipt);
	const reader = toPerson(userJid, payload.participant, data.SenderAlt);
	if (!reader || isSame(reader, me) || isSame(reader, myLid)) return null;
	return [{ ...reader, role: null }];
}
