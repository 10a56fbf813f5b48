import { randomUUID } from 'node:crypto';
import type { FileHost } from '../fileHost';
import { Happenings } from '../shared/happenings';
import { newInviteLink } from '../shared/inviteCode';
import { fileIn, type IncomingContent } from '../shared/people';
import type { SinchHappening, SinchPerson } from './happenings';
import type { SinchGroup, SinchIcon, SinchMessage } from './model';
import { ACCOUNT_PHONE, sampleGroups, sampleIcon } from './samples';

/**
 * The groups and messages of one Sinch account. Every change is one function, which announces what
 * happened; whether a change is allowed is for the callers to check.
 */
export class SinchWorld {
	readonly happenings = new Happenings<SinchHappening>();
	private groups = new Map<string, SinchGroup>();
	private sent = new Map<string, SinchMessage>();
	private lastCreationTime = 0;
	private mediaPaths: string[] = [];

	constructor(private readonly files: FileHost) {
		this.reset();
	}

	reset(): void {
		for (const { icon } of this.groups.values()) {
			if (icon !== null) this.files.unpublish(icon.path);
		}
		for (const path of this.mediaPaths.splice(0)) this.files.unpublish(path);
		this.sent = new Map();
		this.groups = new Map(
			sampleGroups.map(({ id, subject, others, otherAdmins, hasIcon }) => [
				id,
				{
					...this.newGroup(id, subject),
					participants: [ACCOUNT_PHONE, ...others],
					admins: [ACCOUNT_PHONE, ...otherAdmins],
					icon: hasIcon ? this.publishIcon(sampleIcon) : null,
					isUsed: true,
				},
			]),
		);
	}

	/** Any group that exists, also one the account has left. */
	find(groupId: string): SinchGroup | undefined {
		return this.groups.get(groupId);
	}

	/** The groups the account is in, oldest first. */
	ownGroups(): SinchGroup[] {
		return [...this.groups.values()].filter(isOwn);
	}

	unusedGroups(): SinchGroup[] {
		return this.ownGroups().filter((group) => !group.isUsed && group.participants.length === 1);
	}

	findMessage(messageId: string): SinchMessage | undefined {
		return this.sent.get(messageId);
	}

	everything() {
		return { groups: [...this.groups.values()], messages: [...this.sent.values()] };
	}

	/** @param creator the account itself, unless somebody else made the group and took the account in */
	createGroup(subject: string, creator = ACCOUNT_PHONE): SinchGroup {
		// Ids have a resolution of one second; two in the same second would be one group.
		const now = Math.floor(Date.now() / 1000);
		this.lastCreationTime = Math.max(now, this.lastCreationTime + 1);
		const group = this.newGroup(`${creator}-${this.lastCreationTime}`, subject);
		this.groups.set(group.id, group);
		this.happenings.announce({ type: 'groupCreated', group });
		return group;
	}

	changeSubject(group: SinchGroup, subject: string): void {
		group.subject = subject;
		this.happenings.announce({ type: 'subjectChanged', group });
	}

	/** The link that is valid, made when there is none. */
	inviteLinkOf(group: SinchGroup): string {
		if (group.inviteLink === null) {
			group.inviteLink = newInviteLink();
			this.happenings.announce({ type: 'inviteCreated', group, link: group.inviteLink });
		}
		return group.inviteLink;
	}

	revokeInvite(group: SinchGroup): void {
		const link = group.inviteLink;
		if (link === null) return;
		group.inviteLink = null;
		this.happenings.announce({ type: 'inviteRevoked', group, link });
	}

	setIcon(group: SinchGroup, image: { bytes: Buffer; mimeType: string }): void {
		if (group.icon !== null) this.files.unpublish(group.icon.path);
		group.icon = this.publishIcon(image);
		this.happenings.announce({ type: 'iconSet', group });
	}

	removeIcon(group: SinchGroup): void {
		if (group.icon !== null) this.files.unpublish(group.icon.path);
		group.icon = null;
		this.happenings.announce({ type: 'iconRemoved', group });
	}

	promote(group: SinchGroup, phones: string[]): void {
		group.admins = [...new Set([...group.admins, ...phones])];
		this.happenings.announce({ type: 'adminsPromoted', group, phones });
	}

	demote(group: SinchGroup, phones: string[]): void {
		group.admins = group.admins.filter((phone) => !phones.includes(phone));
		this.happenings.announce({ type: 'adminsDemoted', group, phones });
	}

	removeParticipants(group: SinchGroup, phones: string[]): void {
		this.takeOut(group, phones);
		this.happenings.announce({ type: 'participantsRemoved', group, phones });
	}

	/** The account itself goes; the group lives on for the others and ends without any. */
	leaveGroup(group: SinchGroup): void {
		this.takeOut(group, [ACCOUNT_PHONE]);
		this.happenings.announce({ type: 'groupLeft', group });
		if (group.participants.length > 0) return;
		if (group.icon !== null) this.files.unpublish(group.icon.path);
		this.groups.delete(group.id);
	}

	join(group: SinchGroup, person: SinchPerson): void {
		group.participants.push(person.phone);
		this.happenings.announce({ type: 'participantJoined', group, person });
	}

	leave(group: SinchGroup, phone: string): void {
		this.takeOut(group, [phone]);
		this.happenings.announce({ type: 'participantLeft', group, phone });
	}

	send(message: Omit<SinchMessage, 'sentAt'>): SinchMessage {
		const sent = { ...message, sentAt: Date.now() };
		this.sent.set(sent.id, sent);
		const group = this.groups.get(sent.destination);
		if (group !== undefined) group.isUsed = true;
		this.happenings.announce({ type: 'messageSent', message: sent });
		return sent;
	}

	reportStatus(
		message: SinchMessage,
		status: 'delivered' | 'read' | 'failed',
		phone?: string,
	): void {
		this.happenings.announce({ type: 'messageStatus', message, status, phone });
	}

	/** @param group where it was written; `null` for a message to the account itself */
	receiveMessage(
		group: SinchGroup | null,
		person: SinchPerson,
		sent: IncomingContent,
	): { messageId: string; mediaUrl?: string } {
		const messageId = randomUUID();
		const content = this.published(sent);
		if (group !== null) group.isUsed = true;
		this.happenings.announce({ type: 'messageReceived', group, messageId, person, content });
		return { messageId, ...('url' in content && { mediaUrl: content.url }) };
	}

	/** A file given as bytes is put up where everybody can fetch it (providers.md §1.5). */
	private published(sent: IncomingContent): IncomingContent {
		const { bytes, rest } = fileIn(sent);
		if (bytes === undefined) return rest;
		const { mimeType = 'application/octet-stream' } = rest as { mimeType?: string };
		const path = this.files.publish({ bytes, mimeType, fileName: rest.type });
		this.mediaPaths.push(path);
		return { ...rest, url: this.files.urlOf(path) } as IncomingContent;
	}

	private newGroup(id: string, subject: string): SinchGroup {
		const [creator, creationTime] = id.split('-');
		return {
			id,
			subject,
			creator,
			creationTime: Number(creationTime),
			participants: [...new Set([creator, ACCOUNT_PHONE])],
			admins: [creator],
			inviteLink: null,
			icon: null,
			isUsed: false,
		};
	}

	private takeOut(group: SinchGroup, phones: string[]): void {
		group.participants = group.participants.filter((phone) => !phones.includes(phone));
		group.admins = group.admins.filter((phone) => !phones.includes(phone));
		// As in WhatsApp itself, a group whose last admin goes gets its longest member as one.
		if (group.admins.length === 0) group.admins = group.participants.slice(0, 1);
	}

	private publishIcon({ bytes, mimeType }: { bytes: Buffer; mimeType: string }): SinchIcon {
		const fileName = `groupIcon.${mimeType.split('/')[1]}`;
		const path = this.files.publish({ bytes, mimeType, fileName });
		return { mimeType, fileName, bytes: bytes.length, path };
	}
}

/** The account is a participant. */
export function isOwn(group: SinchGroup): boolean {
	return group.participants.includes(ACCOUNT_PHONE);
}
