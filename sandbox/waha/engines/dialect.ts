import type { Doing, Refused } from '../errors';
import type { MemberAction, Outcome } from '../groups';
import type { EngineName, Group, JoinRequest, Message, Person } from '../model';

/**
 * How one engine says what the model knows (providers.md §3.4.1–3.4.3, §3.5, §3.6). A dialect only
 * renders: it changes nothing and decides nothing but words and shapes.
 *
 * A body that is `undefined` stands for an answer without one; booleans and strings are sent as
 * plain text, as NestJS does with a controller's return value (providers.md §3.4.3 [I]).
 */
export interface Dialect {
	readonly engine: EngineName;
	/** `browser` of `/api/version`: only WEBJS runs one. */
	readonly browser: string | null;
	/** Only WEBJS (and WPP) can delete a group; the others answer 501. */
	readonly canDeleteGroups: boolean;
	group(group: Group, viewer: Person): Record<string, unknown>;
	/** What `exclude=participants` leaves of a group. */
	withoutParticipants(rendered: Record<string, unknown>): Record<string, unknown>;
	list(rendered: Array<Record<string, unknown>>): unknown;
	created(group: Group, outcomes: readonly Outcome[], viewer: Person): unknown;
	joinInfo(group: Group, viewer: Person): unknown;
	participants(group: Group, viewer: Person): unknown;
	/** The `id` of a member in `participants/v2`. */
	memberId(group: Group, member: Person, viewer: Person): string;
	/** Its `pn`; `undefined` leaves it out. */
	memberPn(group: Group, member: Person, viewer: Person): string | null | undefined;
	/** One of the requests to join (providers.md §3.12). */
	joinRequest(request: JoinRequest): Record<string, unknown>;
	/** The answer to joining. @throws EngineException */
	joined(group: Group, hasAsked: boolean): unknown;
	membersChanged(group: Group, action: MemberAction, outcomes: readonly Outcome[]): unknown;
	/** What a setting, subject or description that was changed is answered with. */
	readonly changed: true | undefined;
	inviteCode(code: string): { contentType: string; body: string };
	sent(message: Message, viewer: Person): unknown;
	/**
	 * The answer to what is sent about a message: a reaction, an edit, a deletion, as a message itself.
	 * `null` for WEBJS, which looks the message up in its browser instead and acts on it there.
	 */
	readonly carrier: ((chat: string, viewer: Person) => unknown) | null;
	/** `check-exists` for a number that is not on WhatsApp. */
	readonly numberMissing: Record<string, unknown>;
	/**
	 * The body of a refusal that this engine answers with a 2xx.
	 * @throws EngineException for one that it answers with HTTP 500
	 */
	refusal(doing: Doing, refused: Refused): unknown;
}
