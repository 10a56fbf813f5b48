import type { Happenings } from '../shared/happenings';
import { Refused } from './errors';
import type { GroupChange, WahaHappening } from './happenings';
import {
	inviteCodeOf,
	newGroupId,
	newInviteCode,
	newRevisionId,
	parseParticipantId,
	type ParticipantId,
} from './ids';
import {
	isAdmin,
	nowSeconds,
	type Group,
	type GroupSettings,
	type JoinRequestMethod,
	type Person,
	type Picture,
	type Role,
} from './model';
import type { People } from './people';

/** What became of one participant of a request; codes are those of providers.md §3.4.2. */
export interface Outcome {
	readonly id: ParticipantId;
	readonly person: Person | null;
	readonly code: number;
}

export type MemberAction = 'add' | 'remove' | 'promote' | 'demote';

/** Assumed: the limits of WhatsApp's own apps, WAHA documents none (providers.md §0 [I]). */
export const SUBJECT_MAX = 100;
export const DESCRIPTION_MAX = 2048;
const MEMBERS_MAX = 1024;

/** Assumed: how long somebody who left cannot be added back (code 408, providers.md §3.4.2). */
const RECENTLY_LEFT_SECONDS = 24 * 3600;

export interface NewGroup extends Partial<GroupSettings> {
	id?: string;
	subject: string;
	creator: Person;
	description?: string;
	createdAt?: number;
	inviteCode?: string;
	addressing?: Group['addressing'];
	maxMembers?: number;
}

/**
 * The groups of one WAHA server and what can be done in them. `by` is who does it: a session's own
 * account or anybody else. What WhatsApp would not allow throws `Refused`.
 */
export class Groups {
	private readonly byId = new Map<string, Group>();

	constructor(
		private readonly people: People,
		private readonly happenings: Happenings<WahaHappening>,
	) {}

	clear(): void {
		this.byId.clear();
	}

	all(): Group[] {
		return [...this.byId.values()];
	}

	/** The groups that this account is in, in the order it got to know them. */
	of(person: Person): Group[] {
		return this.all().filter((group) => group.members.has(person));
	}

	known(id: string): Group | null {
		return this.byId.get(id) ?? null;
	}

	/** @throws Refused if there is no such group or this account is not in it */
	get(id: string, by: Person): Group {
		const group = this.byId.get(id);
		if (!group) throw new Refused('unknownGroup', id);
		if (!group.members.has(by)) throw new Refused('notInGroup', id);
		return group;
	}

	/** A group as it is to be, with its creator in it; nothing is reported. */
	place(details: NewGroup): Group {
		const at = details.createdAt ?? nowSeconds();
		const { creator } = details;
		const group: Group = {
			id: details.id ?? newGroupId(),
			creator,
			createdAt: at,
			subject: details.subject,
			subjectBy: creator,
			subjectAt: at,
			description: details.description ?? '',
			descriptionId: details.description ? newRevisionId() : '',
			descriptionBy: creator,
			descriptionAt: at,
			members: new Map([[creator, 'superadmin']]),
			recentlyLeft: new Map(),
			requests: new Map(),
			picture: null,
			inviteCode: details.inviteCode ?? newInviteCode(),
			revokedCodes: new Set(),
			// Assumed: new groups list their members by lid, as in the captures (providers.md §3.4.1).
			addressing: details.addressing ?? 'lid',
			maxMembers: details.maxMembers ?? MEMBERS_MAX,
			infoAdminsOnly: details.infoAdminsOnly ?? false,
			messagesAdminsOnly: details.messagesAdminsOnly ?? false,
			// The captures show admin_add for a group made through the API.
			membersCanAdd: details.membersCanAdd ?? false,
			approvalRequired: details.approvalRequired ?? false,
		};
		this.byId.set(group.id, group);
		return group;
	}

	/** @param ids participants as the request names them */
	create(by: Person, subject: string, ids: readonly unknown[]): [Group, Outcome[]] {
		checkLength(subject, SUBJECT_MAX, { emptyAllowed: false });
		const asked = parseAll(ids);
		const group = this.place({ subject, creator: by });
		const outcomes = asked.map((id) => this.addOne(group, id));
		this.happenings.announce({ type: 'groupCreated', group, by });
		return [group, outcomes];
	}

	change(group: Group, by: Person, what: { subject?: string; description?: string }): void {
		this.requireInfoRight(group, by);
		const changes: GroupChange[] = [];
		if (what.subject !== undefined) {
			checkLength(what.subject, SUBJECT_MAX, { emptyAllowed: false });
			Object.assign(group, { subject: what.subject, subjectBy: by, subjectAt: nowSeconds() });
			changes.push('subject');
		}
		if (what.description !== undefined) {
			checkLength(what.description, DESCRIPTION_MAX, { emptyAllowed: true });
			group.description = what.description;
			group.descriptionId = newRevisionId();
			group.descriptionBy = by;
			group.descriptionAt = nowSeconds();
			changes.push('description');
		}
		this.happenings.announce({ type: 'groupChanged', group, changes, by });
	}

	set(group: Group, by: Person, settings: Partial<GroupSettings>): void {
		requireAdmin(group, by);
		Object.assign(group, settings);
		const changes = Object.keys(settings) as Array<keyof GroupSettings>;
		this.happenings.announce({ type: 'groupChanged', group, changes, by });
	}

	setPicture(group: Group, by: Person, picture: Picture | null): void {
		this.requireInfoRight(group, by);
		group.picture = picture;
		this.happenings.announce({ type: 'groupChanged', group, changes: ['picture'], by });
	}

	inviteCode(group: Group, by: Person): string {
		// Assumed: only admins see the code, as WhatsApp has it by default (providers.md §3.5).
		requireAdmin(group, by);
		return group.inviteCode;
	}

	revokeInviteCode(group: Group, by: Person): string {
		requireAdmin(group, by);
		group.revokedCodes.add(group.inviteCode);
		group.inviteCode = newInviteCode();
		return group.inviteCode;
	}

	byInvite(codeOrLink: string): Group {
		const code = inviteCodeOf(codeOrLink);
		const group = this.all().find((one) => one.inviteCode === code);
		if (group) return group;
		const revoked = this.all().some((one) => one.revokedCodes.has(code));
		throw new Refused(revoked ? 'inviteRevoked' : 'inviteUnknown');
	}

	/** Through the invite link: at once, or as a request where admins approve new members. */
	join(group: Group, person: Person): void {
		if (group.members.has(person)) throw new Refused('alreadyIn', group.id);
		if (group.members.size >= group.maxMembers) throw new Refused('full', group.id);
		if (group.approvalRequired) {
			this.request(group, person, 'invite_link');
			return;
		}
		this.enter(group, person);
		this.happenings.announce({
			type: 'membersJoined',
			group,
			people: [person],
			by: null,
			how: 'inviteLink',
		});
	}

	leave(group: Group, person: Person): void {
		if (!group.members.has(person)) throw new Refused('notInGroup', group.id);
		group.members.delete(person);
		group.recentlyLeft.set(person, nowSeconds());
		this.happenings.announce({
			type: 'membersLeft',
			group,
			people: [person],
			by: person,
			how: 'left',
		});
	}

	/**
	 * Adds, removes, promotes or demotes; one outcome for each id, in the request's order. With `byListedId`
	 * members are found only by the id under which the group lists them.
	 * @throws Refused if an id is malformed or `by` may not do it
	 */
	act(
		group: Group,
		by: Person,
		action: MemberAction,
		ids: readonly unknown[],
		{ byListedId = false } = {},
	): Outcome[] {
		if (!(action === 'add' && group.membersCanAdd)) requireAdmin(group, by);
		const outcomes = parseAll(ids).map((id) => {
			const isUnlisted = byListedId && action !== 'add' && !this.isListed(group, id);
			if (isUnlisted) return { id, person: this.people.known(id), code: 404 };
			return this.actOnOne(group, by, action, id);
		});
		const people = outcomes.flatMap((one) => (one.code === 200 && one.person ? [one.person] : []));
		if (people.length > 0) this.report(group, by, action, people);
		return outcomes;
	}

	request(
		group: Group,
		person: Person,
		method: JoinRequestMethod,
		addedBy: Person | null = null,
	): void {
		const request = { person, method, addedBy, at: nowSeconds() };
		group.requests.set(person, request);
		this.happenings.announce({ type: 'joinRequest', group, request, action: 'created' });
	}

	revokeRequest(group: Group, person: Person): void {
		const request = group.requests.get(person);
		if (!request) throw new Refused('unknownGroup', group.id);
		group.requests.delete(person);
		this.happenings.announce({ type: 'joinRequest', group, request, action: 'revoked' });
	}

	requests(group: Group, by: Person) {
		requireAdmin(group, by);
		return [...group.requests.values()].sort((a, b) => a.at - b.at);
	}

	/** Approves or rejects; one outcome for each id: 200, 404 without a request, 419 when full. */
	decide(group: Group, by: Person, approve: boolean, ids: readonly unknown[]): Outcome[] {
		requireAdmin(group, by);
		return parseAll(ids).map((id) => {
			const person = this.people.known(id);
			const request = person && group.requests.get(person);
			if (!person || !request) return { id, person, code: 404 };
			if (approve && group.members.size >= group.maxMembers) return { id, person, code: 419 };
			group.requests.delete(person);
			if (approve) {
				this.enter(group, person);
				this.happenings.announce({
					type: 'membersJoined',
					group,
					people: [person],
					by,
					how: 'approved',
				});
			} else {
				this.happenings.announce({ type: 'joinRequest', group, request, action: 'rejected' });
			}
			return { id, person, code: 200 };
		});
	}

	/** Assumed for NOWEB and GOWS, which pass on the ids they are given; WEBJS looks into its list (providers.md §3.12). */
	private isListed(group: Group, id: ParticipantId): boolean {
		const person = this.people.known(id);
		return !(group.addressing === 'lid' && id.kind === 'phone' && person?.lid);
	}

	private actOnOne(group: Group, by: Person, action: MemberAction, id: ParticipantId): Outcome {
		if (action === 'add') return this.addOne(group, id);
		const person = this.people.known(id);
		const role = person && group.members.get(person);
		if (!person || !role) return { id, person, code: 404 };
		// Assumed: nobody takes anything from the creator, nor removes themselves (providers.md §3.4.2).
		const untouchable = role === 'superadmin' || (action === 'remove' && person === by);
		if (untouchable && action !== 'promote') return { id, person, code: 403 };
		if (action === 'remove') group.members.delete(person);
		else if (role !== 'superadmin') {
			group.members.set(person, action === 'promote' ? 'admin' : 'participant');
		}
		return { id, person, code: 200 };
	}

	private addOne(group: Group, id: ParticipantId): Outcome {
		const person = this.people.onWhatsApp(id);
		return { id, person, code: person ? this.codeForAdding(group, person) : 404 };
	}

	private codeForAdding(group: Group, person: Person): number {
		if (group.members.has(person)) return 409;
		if (person.inviteOnly) return 403;
		const leftAt = group.recentlyLeft.get(person);
		if (leftAt !== undefined && nowSeconds() - leftAt < RECENTLY_LEFT_SECONDS) return 408;
		if (group.members.size >= group.maxMembers) return 419;
		this.enter(group, person);
		return 200;
	}

	private enter(group: Group, person: Person): void {
		group.members.set(person, 'participant');
		group.recentlyLeft.delete(person);
		group.requests.delete(person);
	}

	private report(group: Group, by: Person, action: MemberAction, people: Person[]): void {
		if (action === 'add') {
			this.happenings.announce({ type: 'membersJoined', group, people, by, how: 'added' });
		} else if (action === 'remove') {
			this.happenings.announce({ type: 'membersLeft', group, people, by, how: 'removed' });
		} else {
			const role: Role = action === 'promote' ? 'admin' : 'participant';
			this.happenings.announce({ type: 'rolesChanged', group, people, by, role });
		}
	}

	private requireInfoRight(group: Group, by: Person): void {
		if (group.infoAdminsOnly) requireAdmin(group, by);
	}
}

function requireAdmin(group: Group, by: Person): void {
	if (!isAdmin(group, by)) throw new Refused('notAdmin', group.id);
}

function checkLength(text: string, max: number, { emptyAllowed }: { emptyAllowed: boolean }): void {
	if (text.length > max || (!emptyAllowed && text.trim() === '')) throw new Refused('unacceptable');
}

/** All or nothing: one malformed id and the engine throws before it does anything. */
function parseAll(participants: readonly unknown[]): ParticipantId[] {
	return participants.map((participant) => {
		const id = parseParticipantId((participant as { id?: unknown } | null)?.id);
		if (!id) throw new Refused('malformedId');
		return id;
	});
}
