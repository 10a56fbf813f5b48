import type { Happening } from '../shared/happenings';
import type { Group, GroupSettings, JoinRequest, Message, Person, Role, Session } from './model';

/** By WAHA's own names (providers.md §3.10). */
export type Ack = 'ERROR' | 'SERVER' | 'DEVICE' | 'READ' | 'PLAYED';

/** Which part of a group changed. */
export type GroupChange = 'subject' | 'description' | 'picture' | keyof GroupSettings;

/**
 * Everything that a WAHA server would tell its webhooks about (providers.md §3.8–3.10), in neutral
 * terms: no engine's payload, and for everybody. Whoever builds deliveries decides which sessions
 * see it — those whose account is, or was until now, in the group — and how their engine says it.
 * `by` is null where nobody in particular did it, such as joining by link.
 */
export type WahaHappening = Happening &
	(
		| { type: 'sessionStatus'; session: Session }
		| { type: 'groupCreated'; group: Group; by: Person }
		| { type: 'groupChanged'; group: Group; changes: readonly GroupChange[]; by: Person }
		| {
				type: 'membersJoined';
				group: Group;
				people: readonly Person[];
				by: Person | null;
				how: 'added' | 'inviteLink' | 'approved';
		  }
		| {
				type: 'membersLeft';
				group: Group;
				people: readonly Person[];
				by: Person;
				how: 'left' | 'removed';
		  }
		/** Promoted if the new role is admin, demoted if it is participant. */
		| { type: 'rolesChanged'; group: Group; people: readonly Person[]; by: Person; role: Role }
		| {
				type: 'joinRequest';
				group: Group;
				request: JoinRequest;
				action: 'created' | 'rejected' | 'revoked';
		  }
		/** By anybody; `via` is the session that sent it. `group` is null for a message to one person. */
		| { type: 'messageSent'; message: Message; group: Group | null; via: Session | null }
		/** How far a message has come with one member; `by` is null where it is WhatsApp itself. */
		| { type: 'acknowledged'; message: Message; group: Group; by: Person | null; ack: Ack }
		/** An empty text takes the reaction back. */
		| { type: 'reacted'; message: Message; group: Group | null; by: Person; text: string }
		/** Its text is the new one. */
		| { type: 'edited'; message: Message; group: Group | null; by: Person }
		/** By its writer, or by an admin. */
		| { type: 'revoked'; message: Message; group: Group | null; by: Person }
		/** All options that are chosen now; none when the vote is taken back. */
		| {
				type: 'voted';
				message: Message;
				group: Group | null;
				by: Person;
				options: readonly string[];
		  }
	);
