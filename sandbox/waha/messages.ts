import type { Happenings } from '../shared/happenings';
import { Refused } from './errors';
import type { Groups } from './groups';
import type { WahaHappening } from './happenings';
import { bareMessageId, isGroupId, newMessageId, parseParticipantId } from './ids';
import {
	isAdmin,
	nowSeconds,
	type Group,
	type Message,
	type MessageKind,
	type Person,
	type Session,
} from './model';
import type { People } from './people';

export interface NewMessage {
	chat: string;
	kind: MessageKind;
	text: string;
	content?: Record<string, unknown>;
	mentions?: readonly string[] | null;
	/** Serialized id of the message that this one answers. */
	replyTo?: string | null;
}

/** The messages of one WAHA server, to groups and to single people. */
export class Messages {
	private readonly byId = new Map<string, Message>();

	constructor(
		private readonly people: People,
		private readonly groups: Groups,
		private readonly happenings: Happenings<WahaHappening>,
	) {}

	clear(): void {
		this.byId.clear();
	}

	all(): Message[] {
		return [...this.byId.values()];
	}

	/** @throws Refused if nobody sent a message with that (serialized) id */
	get(serializedId: string): Message {
		const id = bareMessageId(serializedId);
		const message = id && this.byId.get(id);
		if (!message) throw new Refused('unknownMessage', serializedId);
		return message;
	}

	/** @param via the session that sends; null for everybody else's messages */
	send(from: Person, draft: NewMessage, via: Session | null): Message {
		const group = isGroupId(draft.chat) ? this.groups.get(draft.chat, from) : null;
		if (group?.messagesAdminsOnly && !isAdmin(group, from)) throw new Refused('notAdmin', group.id);
		if (!group) this.requirePerson(draft.chat);
		const mentions = draft.mentions ?? [];
		checkMentions(mentions, group !== null);
		const message: Message = {
			id: newMessageId(),
			chat: draft.chat,
			from,
			kind: draft.kind,
			text: draft.text,
			content: draft.content ?? {},
			mentions,
			quoted: draft.replyTo ? this.get(draft.replyTo) : null,
			at: nowSeconds(),
			pinnedUntil: null,
			isRevoked: false,
			reactions: new Map(),
		};
		this.byId.set(message.id, message);
		this.happenings.announce({ type: 'messageSent', message, group, via });
		return message;
	}

	/** An empty text takes the reaction back. */
	react(by: Person, message: Message, text: string): void {
		const group = this.groupOf(message, by);
		if (text === '') message.reactions.delete(by);
		else message.reactions.set(by, text);
		this.happenings.announce({ type: 'reacted', message, group, by, text });
	}

	/** What is left of a message is its new text; only who wrote it can change it. */
	edit(by: Person, message: Message, text: string): void {
		const group = this.groupOf(message, by);
		if (message.from !== by) throw new Refused('notAdmin', message.chat);
		message.text = text;
		this.happenings.announce({ type: 'edited', message, group, by });
	}

	/** For everybody: by its writer, or by an admin of the group. */
	revoke(by: Person, message: Message): void {
		const group = this.groupOf(message, by);
		const isAllowed = message.from === by || (group !== null && isAdmin(group, by));
		if (!isAllowed) throw new Refused('notAdmin', message.chat);
		message.isRevoked = true;
		this.happenings.announce({ type: 'revoked', message, group, by });
	}

	/** All options that somebody has chosen by now. */
	vote(by: Person, message: Message, options: readonly string[]): void {
		const group = this.groupOf(message, by);
		const offered = message.content.options as readonly string[] | undefined;
		if (!offered || !options.every((option) => offered.includes(option))) {
			throw new Refused('unknownMessage', message.id);
		}
		this.happenings.announce({ type: 'voted', message, group, by, options });
	}

	/** @param seconds how long it stays pinned; null unpins it */
	pin(by: Person, chat: string, messageId: string, seconds: number | null): void {
		if (isGroupId(chat)) this.groups.get(chat, by);
		const message = this.get(messageId);
		if (message.chat !== chat) throw new Refused('unknownMessage', messageId);
		message.pinnedUntil = seconds === null ? null : nowSeconds() + seconds;
	}

	private groupOf({ chat }: Message, by: Person): Group | null {
		return isGroupId(chat) ? this.groups.get(chat, by) : null;
	}

	private requirePerson(chat: string): void {
		const id = parseParticipantId(chat);
		if (!id) throw new Refused('malformedId', chat);
		// Assumed: a message to a number that is not on WhatsApp fails at once (providers.md §3.6).
		if (!this.people.onWhatsApp(id)) throw new Refused('notOnWhatsApp', chat);
	}
}

/** `"all"` is for groups only (providers.md §3.6). */
function checkMentions(mentions: readonly string[], inGroup: boolean): void {
	for (const mention of mentions) {
		if (mention === 'all' && inGroup) continue;
		// Assumed: a mention that is no id makes the engine throw (providers.md §3.6).
		if (!parseParticipantId(mention)) throw new Refused('malformedId', mention);
	}
}
