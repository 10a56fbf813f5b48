import { knownPhoneJid, newMessageId, phoneId } from '../ids';
import type { Message, Person } from '../model';
import { groupMessageId, groupMessagePayload, idOf, participantId } from './messagePayloads';
import type { View } from './view';

interface Done {
	by: Person;
	at: number;
}

/** Of `message.reaction` in a group: WEBJS has who reacts in `from`, none has any data (§3.14). */
export function reactionPayload(
	{ engine, group, viewer }: View,
	message: Message,
	{ by, text, at }: Done & { text: string },
) {
	const participant = participantId(engine, group, by);
	const direction = {
		WEBJS: { from: idOf(by), to: group.id },
		NOWEB: { from: group.id, to: group.id },
		GOWS: { from: group.id, to: participant },
	}[engine];
	return {
		id: `${by === viewer}_${group.id}_${newMessageId()}_${participant}`,
		...direction,
		fromMe: by === viewer,
		source: 'app',
		participant,
		timestamp: Math.floor(at / 1000),
		reaction: { text, messageId: groupMessageId({ engine, viewer }, group, message) },
	};
}

/** Of `message.edited`: the edit is a message of its own, but on WEBJS (§3.14). */
export function editedPayload(view: View, message: Message, { at }: Done) {
	const { engine, group } = view;
	const payload = groupMessagePayload(view, message, group, null);
	const about = { ...payload, body: message.text, editedMessageId: message.id };
	if (engine === 'WEBJS') return { ...about, _data: { newBody: message.text } };
	const id = groupMessageId(view, group, message, newMessageId());
	return { ...about, id, timestamp: Math.floor(at / 1000) };
}

/** Of `message.revoked`: `after` is the deletion, on WEBJS what is left of the message (§3.14). */
export function revokedPayload(view: View, message: Message, { by, at }: Done) {
	const { engine, group } = view;
	const left = { body: '', hasMedia: false, media: null, replyTo: null, vCards: [] };
	if (engine === 'WEBJS') {
		const after = { ...groupMessagePayload(view, message, group, null), ...left };
		const key = { fromMe: after.fromMe, remote: group.id, id: message.id };
		return {
			after: { ...after, _data: { ...after._data, protocolMessageKey: key } },
			before: null,
			revokedMessageId: message.id,
		};
	}
	const deletion = {
		...message,
		from: by,
		id: newMessageId(),
		at: Math.floor(at / 1000),
		quoted: null,
	};
	const payload = groupMessagePayload(view, { ...deletion, mentions: [] }, group, null);
	const isWriter = by === message.from;
	const [idKey, jidKey, content] =
		engine === 'NOWEB' ? ['id', 'remoteJid', 'message'] : ['ID', 'remoteJID', 'Message'];
	const key = {
		[idKey]: message.id,
		[jidKey]: group.id,
		fromMe: isWriter,
		...(!isWriter && {
			participant: participantId(engine, group, message.from).replace('@c.us', '@s.whatsapp.net'),
		}),
	};
	const _data = { ...payload._data, [content]: { protocolMessage: { type: 0, key } } };
	return {
		after: { ...payload, ...left, _data },
		before: null,
		revokedMessageId: message.id,
		_data,
	};
}

/** Of `poll.vote`: GOWS has the group in `from`, and alone names the participant by a field (§3.14). */
export function votePayload(
	view: View,
	message: Message,
	{ by, options, at }: Done & { options: readonly string[] },
) {
	const { engine, group, viewer } = view;
	const voter = participantId(engine, group, by);
	const isOwn = by === viewer;
	const pollFrom =
		message.from === viewer ? phoneId(viewer) : participantId(engine, group, message.from);
	const poll = {
		id: groupMessageId(view, group, message),
		to: group.id,
		from: pollFrom,
		fromMe: message.from === viewer,
	};
	const voteId = (id: string) => `${isOwn}_${group.id}_${id}_${voter}`;
	const vote = { fromMe: isOwn, selectedOptions: [...options], timestamp: at };
	if (engine === 'GOWS') {
		const SenderAlt = voter.endsWith('@lid') ? (knownPhoneJid(by) ?? '') : '';
		const about = { IsFromMe: isOwn, SenderAlt, PushName: by.name };
		const Info = { Chat: group.id, Sender: voter, ...about };
		return {
			poll,
			vote: { id: voteId(newMessageId()), from: group.id, to: voter, participant: voter, ...vote },
			_data: { Info, Votes: [...options] },
		};
	}
	// WEBJS makes the id of the vote from that of the poll.
	const id = voteId(engine === 'WEBJS' ? message.id : newMessageId());
	const payload = { vote: { id, to: group.id, from: voter, ...vote }, poll };
	return engine === 'WEBJS' ? { ...payload, _data: { voter, parentMessage: poll } } : payload;
}
