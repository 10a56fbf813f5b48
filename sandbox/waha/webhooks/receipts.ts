import type { Ack } from '../happenings';
import { knownPhoneId, knownPhoneJid, lidId, phoneId, phoneJid } from '../ids';
import type { Message, Person } from '../model';
import type { View } from './view';

const ACKS: Readonly<Record<Ack, number>> = { ERROR: -1, SERVER: 1, DEVICE: 2, READ: 3, PLAYED: 4 };

type Receipt = [event: string, payload: Record<string, unknown>];

/**
 * How far an own message has come, as each engine tells it, or not at all (providers.md §3.11).
 * `isTagged`: the session of WEBJS was told to listen for receipts.
 */
export function receiptsOf(
	view: View,
	message: Message,
	{ by, ack, at }: { by: Person | null; ack: Ack; at: number },
	isTagged: boolean,
): Receipt[] {
	const isOfServer = ack === 'SERVER' || ack === 'ERROR';
	const about = { ack: ACKS[ack], ackName: ack };
	const idBy = (sender: string) => `true_${message.chat}_${message.id}_${sender}`;
	const own = phoneId(view.viewer);
	if (view.engine === 'WEBJS') {
		// Receipts only, and `fromMe` is the wrong way round.
		if (!isTagged || isOfServer) return [];
		const to = { id: idBy(own), from: message.chat, to: message.chat, fromMe: false };
		const participant = by && readerId(by);
		return [
			[
				'message.ack.group',
				{ ...to, participant, ...about, _data: node(message, participant, at) },
			],
		];
	}
	if (view.engine === 'GOWS') {
		if (ack === 'SERVER') return [];
		const isLid = view.group.addressing === 'lid';
		const id = idBy((isLid ? lidId(view.viewer) : null) ?? own);
		const reader = by && readerId(by);
		const _data = whatsmeowReceipt(view, message, by, ack, at);
		return [
			[
				'message.ack.group',
				{ id, from: message.chat, to: reader, participant: reader, fromMe: true, ...about, _data },
			],
		];
	}
	const base = { id: idBy(own), from: message.chat, fromMe: true };
	if (isOfServer) {
		return [['message.ack', { ...base, to: message.chat, participant: own, ...about }]];
	}
	// Arrival is called an ack of the server; who it is stands in the data only.
	const told = ack === 'DEVICE' ? { ack: ACKS.SERVER, ackName: 'SERVER' } : about;
	const key = { remoteJid: message.chat, id: message.id, fromMe: true };
	return [
		[
			'message.ack.group',
			{ ...base, ...told, _data: { key, receipt: baileysReceipt(by, ack, at) } },
		],
	];
}

const readerId = (person: Person): string =>
	lidId(person) ?? knownPhoneId(person) ?? phoneId(person);

function baileysReceipt(by: Person | null, ack: Ack, at: number) {
	const time = { DEVICE: 'receiptTimestamp', READ: 'readTimestamp', PLAYED: 'playedTimestamp' }[
		ack as 'DEVICE'
	];
	return {
		...(by && { userJid: lidId(by) ?? phoneJid(by) }),
		[time]: Math.floor(at / 1000),
	};
}

function whatsmeowReceipt(
	{ group, viewer }: View,
	message: Message,
	by: Person | null,
	ack: Ack,
	at: number,
) {
	const phone = by && knownPhoneJid(by);
	return {
		Chat: message.chat,
		Sender: by && (lidId(by) ?? phoneJid(by)).replace('@', ':7@'),
		IsFromMe: false,
		IsGroup: true,
		AddressingMode: group.addressing === 'lid' ? 'lid' : 'pn',
		SenderAlt: phone ? phone.replace('@', ':7@') : '',
		RecipientAlt: '',
		MessageIDs: [message.id],
		Timestamp: new Date(at).toISOString(),
		Type: { DEVICE: '', READ: 'read', PLAYED: 'played', ERROR: 'server-error', SERVER: '' }[ack],
		MessageSender: lidId(viewer) ?? phoneJid(viewer),
	};
}

/** The node of the protocol, with ids in parts. */
function node(message: Message, participant: string | null, at: number) {
	const [user, server] = (participant ?? '').split('@');
	return {
		tag: 'receipt',
		attrs: {
			from: { $1: { user: message.chat.split('@')[0], server: 'g.us' } },
			participant: { $1: { user, domainType: server === 'lid' ? 1 : 0 } },
			id: message.id,
			t: String(Math.floor(at / 1000)),
		},
		content: null,
	};
}
