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

/** For as long a message can be edited. */
const EDITABLE_SECONDS = 15 * 60;

const MOST_PINS = 3;

/** The messages of one WAHA server, to groups and to single people. */
export class Messages {
	private readonly byId = new Map<string, Message>();
	/** By chat, the oldest pin first. */
	private readonly pinned = new Map<string, Message[]>();

	constructor(
		private readonly people: People,
		private readonly groups: Groups,
		private readonly happenings: Happenings<WahaHappening>,
	) {}

	clear(): void {
		this.byId.clear();
		this.pinned.clear();
	}

	all(): Message[] {
		return [...this.byId.values()];
	}

	/** By its bare id. */
	find(id: string): Message | undefined {
		return this.byId.get(id);
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
			reactions: new Map(),
			isDeleted: false,
			hiddenFrom: new Set(),
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

	/** False for a message of somebody else, or one that is older than a quarter of an hour. */
	edit(by: Person, message: Message, text: string): boolean {
		const group = this.groupOf(message, by);
		const isLate = nowSeconds() - message.at > EDITABLE_SECONDS;
		if (message.from !== by || message.isDeleted || isLate) return false;
		message.text = text;
		this.happenings.announce({ type: 'edited', message, group, by });
		return true;
	}

	/** For everybody: false unless it is one's own, or one is an admin of the group. */
	delete(by: Person, message: Message): boolean {
		const group = this.groupOf(message, by);
		if (message.from !== by && !(group && isAdmin(group, by))) return false;
		message.isDeleted = true;
		this.happenings.announce({ type: 'revoked', message, group, by });
		return true;
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

	/**
	 * Of more than three the oldest is taken off. Assumed: who may edit the group info may pin.
	 * @param seconds how long it stays pinned; null unpins it
	 */
	pin(by: Person, message: Message, seconds: number | null): boolean {
		const group = this.groupOf(message, by);
		if (group?.infoAdminsOnly && !isAdmin(group, by)) return false;
		const others = (this.pinned.get(message.chat) ?? []).filter((other) => other !== message);
		message.pinnedUntil = seconds === null ? null : nowSeconds() + seconds;
		const all = seconds === null ? others : [...others, message];
		for (const tooMany of all.slice(0, -MOST_PINS)) tooMany.pinnedUntil = null;
		this.pinned.set(message.chat, all.slice(-MOST_PINS));
		return true;
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
