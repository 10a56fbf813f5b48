import { createHash } from 'node:crypto';
import { Happenings } from '../shared/happenings';
import { newInviteLink } from '../shared/inviteCode';
import { fileIn, type IncomingContent } from '../shared/people';
import { type MetaCode, type MetaIssue, metaIssue } from './errors';
import type { CloudHappening } from './happenings';
import { digits, newGroupId, newJoinRequestId, newMessageId, newRequestId, newUserId } from './ids';
import {
	type BusinessNumber,
	type Group,
	type JoinApprovalMode,
	type JoinRequest,
	MAX_PARTICIPANTS,
	type Media,
	type Person,
	type SentMessage,
	type Template,
} from './model';
import type { SampleGroup } from './samples';

export interface NewGroup {
	subject: string;
	description?: string;
	joinApprovalMode: JoinApprovalMode;
}

export interface GroupUpdate {
	subject?: string;
	description?: string;
	picture?: { bytes: Buffer; mimeType: string };
}

/** What an update changes, each part by itself. */
export type UpdatePart = keyof GroupUpdate;

/** That the next change of its kind will fail: an update wholly, or in some of its parts. */
export interface ChangeFailure {
	change: 'update' | 'delete' | 'remove';
	code: MetaCode;
	parts?: UpdatePart[];
}

/** Somebody to remove: as the caller wrote them, and who that is in the group, if anybody. */
export interface Removal {
	input: string;
	person: Person | undefined;
}

/** An approval or rejection: what was done, and what could not be. */
export interface Decision {
	done: JoinRequest[];
	failed: Array<{ id: string; code: MetaCode }>;
}

/**
 * Groups, messages and media of one number, and the templates of its account. Every change is one function,
 * which announces what happened; whether a change is allowed is for the callers to check.
 */
export class CloudWorld {
	readonly happenings = new Happenings<CloudHappening>();
	readonly media = new Map<string, Media>();
	/** Codes with which the next creations fail, first one first. */
	readonly creationFailures: MetaCode[] = [];
	/** How the next changes fail, first one first for each kind of change. */
	readonly changeFailures: ChangeFailure[] = [];
	private groups = new Map<string, Group>();
	private sent = new Map<string, SentMessage>();
	private timers = new Set<NodeJS.Timeout>();
	private lastSerial = 0;

	/** @param templates of the account, which its other numbers share */
	constructor(
		readonly number: BusinessNumber,
		private readonly samples: readonly SampleGroup[],
		readonly templates: Template[] = [],
	) {
		this.reset();
	}

	reset(): void {
		for (const timer of this.timers) clearTimeout(timer);
		this.timers.clear();
		this.templates.length = 0;
		this.creationFailures.length = 0;
		this.changeFailures.length = 0;
		this.media.clear();
		this.sent.clear();
		this.groups = new Map(
			this.samples.map(({ id, createdAt, participants, asking, ...given }) => [
				id,
				{
					...this.newGroup(id, createdAt, given),
					participants: structuredClone(participants),
					joinRequests: asking.map((person) => this.newJoinRequest(person, false)),
				},
			]),
		);
	}

	find(groupId: string): Group | undefined {
		return this.groups.get(groupId);
	}

	/** Oldest first. */
	allGroups(): Group[] {
		return [...this.groups.values()];
	}

	findMessage(messageId: string): SentMessage | undefined {
		return this.sent.get(messageId);
	}

	everything() {
		return {
			groups: this.allGroups(),
			messages: [...this.sent.values()],
			templates: this.templates,
			media: [...this.media.values()].map(({ bytes, ...about }) => ({
				...about,
				bytes: bytes.length,
			})),
		};
	}

	/** Creates it after a while, or fails to, as ordered; gives the id that the outcome will carry. */
	requestCreation(given: NewGroup, delayMs: number): string {
		const requestId = newRequestId();
		const failure = this.creationFailures.shift();
		this.after(delayMs, () => {
			if (failure === undefined) this.createGroup(given, requestId);
			else this.failCreation(given, requestId, failure);
		});
		return requestId;
	}

	createGroup(given: NewGroup, requestId = newRequestId()): Group {
		const createdAt = Math.floor(Date.now() / 1000);
		const group = { ...this.newGroup(newGroupId(this.number.phone), createdAt, given), requestId };
		this.groups.set(group.id, group);
		this.happenings.announce({ type: 'groupCreated', group, requestId });
		return group;
	}

	private failCreation(given: NewGroup, requestId: string, code: MetaCode): void {
		this.happenings.announce({
			type: 'groupCreateFailed',
			groupId: newGroupId(this.number.phone),
			...given,
			requestId,
			errors: [metaIssue(code)],
		});
	}

	requestUpdate(group: Group, update: GroupUpdate, delayMs: number): string {
		const requestId = newRequestId();
		const failure = this.takeFailure('update');
		this.after(delayMs, () => this.updateGroup(group, update, requestId, failure));
		return requestId;
	}

	private updateGroup(
		group: Group,
		{ description, picture: file, subject }: GroupUpdate,
		requestId: string,
		failure?: ChangeFailure,
	): void {
		const picture = file && {
			mimeType: file.mimeType,
			sha256: sha256(file.bytes),
			bytes: file.bytes.length,
		};
		const asked = { subject, description, picture };
		const issues: Partial<Record<UpdatePart, MetaIssue>> = {};
		for (const part of ['subject', 'description', 'picture'] as const) {
			if (asked[part] === undefined) continue;
			const fails = failure !== undefined && (failure.parts?.includes(part) ?? true);
			if (fails) issues[part] = metaIssue(failure.code);
			else Object.assign(group, { [part]: asked[part] });
		}
		this.happenings.announce({
			type: 'settingsUpdated',
			group,
			change: {
				subject: subject ?? null,
				description: description ?? null,
				picture: picture ?? null,
			},
			issues,
			requestId,
		});
	}

	requestDeletion(group: Group, delayMs: number): void {
		const requestId = newRequestId();
		const failure = this.takeFailure('delete');
		this.after(delayMs, () => {
			if (failure === undefined) {
				this.groups.delete(group.id);
				this.happenings.announce({ type: 'groupDeleted', group, requestId });
			} else {
				const errors = [metaIssue(failure.code)];
				this.happenings.announce({ type: 'groupDeleteFailed', group, requestId, errors });
			}
		});
	}

	requestRemoval(group: Group, removals: Removal[], delayMs: number): string {
		const requestId = newRequestId();
		const failure = this.takeFailure('remove');
		this.after(delayMs, () => this.removeParticipants(group, removals, requestId, failure));
		return requestId;
	}

	private removeParticipants(
		group: Group,
		removals: Removal[],
		requestId: string,
		failure?: ChangeFailure,
	): void {
		const removed: string[] = [];
		const failed: Array<{ input: string; issue: MetaIssue }> = [];
		for (const { input, person } of removals) {
			if (failure !== undefined) {
				failed.push({ input, issue: metaIssue(failure.code) });
			} else if (person !== undefined && group.participants.includes(person)) {
				this.takeOut(group, person);
				group.removedWaIds.push(person.waId);
				removed.push(input);
			} else {
				failed.push({ input, issue: metaIssue(131212) });
			}
		}
		this.happenings.announce({ type: 'participantsRemoved', group, removed, failed, requestId });
	}

	private takeFailure(change: ChangeFailure['change']): ChangeFailure | undefined {
		const index = this.changeFailures.findIndex((failure) => failure.change === change);
		return index < 0 ? undefined : this.changeFailures.splice(index, 1)[0];
	}

	/** A new link; the one before lets nobody in any more. */
	resetInviteLink(group: Group): string {
		const previous = group.inviteLink;
		group.inviteLink = newInviteLink();
		this.happenings.announce({ type: 'inviteLinkReset', group, previous });
		return group.inviteLink;
	}

	approve(group: Group, ids: string[]): Decision {
		const decision = this.decide(group, ids, ({ hasNotAcceptedTerms, person }) => {
			if (hasNotAcceptedTerms) return 131203;
			if (group.participants.length >= MAX_PARTICIPANTS) return 131204;
			group.participants.push(person);
			return null;
		});
		if (decision.done.length > 0) {
			this.happenings.announce({
				type: 'joinRequestsApproved',
				group,
				requests: decision.done,
			});
		}
		return decision;
	}

	reject(group: Group, ids: string[]): Decision {
		const decision = this.decide(group, ids, () => null);
		if (decision.done.length > 0) {
			this.happenings.announce({
				type: 'joinRequestsRejected',
				group,
				requests: decision.done,
			});
		}
		return decision;
	}

	/** Goes through the ids; `act` gives the code of what prevents one, or `null` when it is done. */
	private decide(
		group: Group,
		ids: string[],
		act: (request: JoinRequest) => MetaCode | null,
	): Decision {
		const decision: Decision = { done: [], failed: [] };
		for (const id of ids) {
			const request = group.joinRequests.find((candidate) => candidate.id === id);
			const code = request === undefined ? 131213 : act(request);
			if (request !== undefined && code === null) {
				group.joinRequests = group.joinRequests.filter((other) => other !== request);
				decision.done.push(request);
			} else {
				decision.failed.push({ id, code: code ?? 131213 });
			}
		}
		return decision;
	}

	join(group: Group, person: Person): void {
		group.participants.push(person);
		this.happenings.announce({ type: 'participantJoined', group, person });
	}

	requestToJoin(group: Group, person: Person, hasNotAcceptedTerms: boolean): JoinRequest {
		const request = this.newJoinRequest(person, hasNotAcceptedTerms);
		group.joinRequests.push(request);
		this.happenings.announce({ type: 'joinRequestCreated', group, request });
		return request;
	}

	revokeRequest(group: Group, request: JoinRequest): void {
		group.joinRequests = group.joinRequests.filter((other) => other !== request);
		this.happenings.announce({ type: 'joinRequestRevoked', group, request });
	}

	leave(group: Group, person: Person): void {
		this.takeOut(group, person);
		this.happenings.announce({ type: 'participantLeft', group, person });
	}

	suspend(group: Group): void {
		group.isSuspended = true;
		this.happenings.announce({ type: 'groupSuspended', group });
	}

	clearSuspension(group: Group): void {
		group.isSuspended = false;
		this.happenings.announce({ type: 'groupUnsuspended', group });
	}

	/** @param group where it was written; `null` for a message to the number itself */
	receiveMessage(
		group: Group | null,
		person: Person,
		sent: IncomingContent,
		replyTo?: string,
	): { messageId: string; mediaId?: string } {
		const messageId = newMessageId();
		group?.messageIds.push(messageId);
		const { bytes, rest: content } = fileIn(sent);
		const mimeType = 'mimeType' in content ? content.mimeType : undefined;
		const medium = bytes && this.keepMedia(bytes, mimeType ?? 'application/octet-stream');
		const about = { group, messageId, person, content, medium, replyTo };
		this.happenings.announce({ type: 'messageReceived', ...about });
		return { messageId, ...(medium && { mediaId: medium.id }) };
	}

	changeUserId(group: Group, person: Person, previousUserId: string): void {
		person.userId = newUserId();
		const messageId = newMessageId();
		this.happenings.announce({ type: 'userIdChanged', group, messageId, person, previousUserId });
	}

	/** @param failure with what it fails although the call was answered well */
	send(message: Omit<SentMessage, 'id' | 'sentAt'>, failure?: MetaCode): SentMessage {
		const sent = { ...message, id: newMessageId(), sentAt: Date.now() };
		this.sent.set(sent.id, sent);
		this.groups.get(sent.to)?.messageIds.push(sent.id);
		if (failure === undefined) this.happenings.announce({ type: 'messageSent', message: sent });
		else this.reportStatus(sent, 'failed', undefined, failure);
		return sent;
	}

	/** Of more than three pins the oldest is taken off (providers.md §2.3). */
	pin(group: Group, messageId: string): void {
		const others = group.pinned.filter((pinned) => pinned !== messageId);
		group.pinned = [...others, messageId].slice(-3);
	}

	unpin(group: Group, messageId: string): void {
		group.pinned = group.pinned.filter((pinned) => pinned !== messageId);
	}

	reportStatus(
		message: SentMessage,
		status: 'delivered' | 'read' | 'failed',
		person?: Person,
		code: MetaCode = 131041,
	): void {
		const errors = status === 'failed' ? [metaIssue(code)] : [];
		this.happenings.announce({ type: 'messageStatus', message, status, person, errors });
	}

	keepMedia(bytes: Buffer, mimeType: string): Media {
		const media = { id: digits(16), mimeType, bytes, sha256: sha256(bytes) };
		this.media.set(media.id, media);
		return media;
	}

	private newGroup(id: string, createdAt: number, given: NewGroup): Group {
		return {
			id,
			serial: ++this.lastSerial,
			...given,
			createdAt,
			isSuspended: false,
			participants: [],
			removedWaIds: [],
			joinRequests: [],
			inviteLink: newInviteLink(),
			picture: null,
			pinned: [],
			messageIds: [],
		};
	}

	private newJoinRequest(person: Person, hasNotAcceptedTerms: boolean): JoinRequest {
		return {
			id: newJoinRequestId(person.waId),
			serial: ++this.lastSerial,
			person,
			createdAt: Math.floor(Date.now() / 1000),
			hasNotAcceptedTerms,
		};
	}

	private takeOut(group: Group, person: Person): void {
		group.participants = group.participants.filter((other) => other !== person);
	}

	/** Now, when there is nothing to wait for. */
	private after(delayMs: number, action: () => void): void {
		if (delayMs === 0) return action();
		const timer = setTimeout(() => {
			this.timers.delete(timer);
			action();
		}, delayMs);
		this.timers.add(timer);
	}
}

function sha256(bytes: Buffer): string {
	return createHash('sha256').update(bytes).digest('hex');
}
