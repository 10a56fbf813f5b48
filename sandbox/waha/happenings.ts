import { EventEmitter } from 'events';
import type { EngineName, Group, JoinRequest, Message, Person, Role, Session } from './model';

/** Which part of a group changed. */
export type GroupChange =
	| 'subject'
	| 'description'
	| 'picture'
	| 'infoAdminsOnly'
	| 'messagesAdminsOnly'
	| 'membersCanAdd'
	| 'approvalRequired';

/**
 * Everything that a WAHA server would tell its webhooks about (providers.md §3.8–3.10), in neutral
 * terms: no engine's payload, and for everybody. Whoever builds deliveries decides which sessions
 * see it — those whose account is, or was until now, in the group — and how their engine says it.
 */
export type Happening =
	| { kind: 'session.status'; session: Session }
	| { kind: 'group.created'; group: Group; by: Person }
	| { kind: 'group.changed'; group: Group; changes: readonly GroupChange[]; by: Person | null }
	| {
			kind: 'members.joined';
			group: Group;
			people: readonly Person[];
			by: Person | null;
			how: 'added' | 'inviteLink' | 'approved';
	  }
	| {
			kind: 'members.left';
			group: Group;
			people: readonly Person[];
			by: Person | null;
			how: 'left' | 'removed';
	  }
	| {
			kind: 'members.role';
			group: Group;
			people: readonly Person[];
			by: Person | null;
			role: Role;
	  }
	| {
			kind: 'joinRequest';
			group: Group;
			request: JoinRequest;
			action: 'created' | 'rejected' | 'revoked';
	  }
	| { kind: 'message.sent'; message: Message; group: Group | null; via: Session | null }
	| { kind: 'message.reaction'; message: Message; group: Group | null; by: Person; text: string };

export interface HappeningContext {
	readonly engine: EngineName;
	/** Milliseconds. */
	readonly at: number;
}

export type HappeningListener = (happening: Happening, context: HappeningContext) => void;

/** The seam for webhooks: the one place through which everything that happens goes. */
export class Happenings {
	private readonly emitter = new EventEmitter();

	constructor(private readonly engine: EngineName) {}

	/** @returns a function that ends the listening */
	onHappening(listener: HappeningListener): () => void {
		this.emitter.on('happening', listener);
		return () => void this.emitter.off('happening', listener);
	}

	emit(happening: Happening): void {
		this.emitter.emit('happening', happening, { engine: this.engine, at: Date.now() });
	}
}
