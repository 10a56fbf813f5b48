import type { Happening } from '../shared/happenings';
import type { IncomingContent } from '../shared/people';
import type { MetaIssue } from './errors';
import type { Group, JoinApprovalMode, JoinRequest, Media, Person, SentMessage } from './model';

/** What happened to one element of an update: `null` when it was not part of it. */
export interface SettingsChange {
	subject: string | null;
	description: string | null;
	picture: { mimeType: string; sha256: string } | null;
}

/**
 * All that can happen to a number's groups, with what the webhooks of providers.md §4.5 report.
 * `requestId` is the one that the answer to the call gave, or would have given.
 */
export type CloudHappening = Happening &
	(
		| { type: 'groupCreated'; group: Group; requestId: string }
		| {
				type: 'groupCreateFailed';
				/** The samples have one even for a group that never came to be. */
				groupId: string;
				subject: string;
				description?: string;
				joinApprovalMode: JoinApprovalMode;
				requestId: string;
				errors: MetaIssue[];
		  }
		| { type: 'groupDeleted'; group: Group; requestId: string }
		| { type: 'groupDeleteFailed'; group: Group; requestId: string; errors: MetaIssue[] }
		| {
				type: 'settingsUpdated';
				group: Group;
				change: SettingsChange;
				/** What could not be changed, and why. */
				issues: Partial<Record<keyof SettingsChange, MetaIssue>>;
				requestId: string;
		  }
		| { type: 'inviteLinkReset'; group: Group; previous: string }
		| { type: 'groupSuspended'; group: Group }
		| { type: 'groupUnsuspended'; group: Group }
		/** By the link, on their own, in a group that approves everybody. */
		| { type: 'participantJoined'; group: Group; person: Person }
		/** Several at once after a bulk approval. */
		| { type: 'joinRequestsApproved'; group: Group; requests: JoinRequest[] }
		| { type: 'joinRequestsRejected'; group: Group; requests: JoinRequest[] }
		| { type: 'joinRequestCreated'; group: Group; request: JoinRequest }
		| { type: 'joinRequestRevoked'; group: Group; request: JoinRequest }
		| { type: 'participantLeft'; group: Group; person: Person }
		| {
				type: 'participantsRemoved';
				group: Group;
				/** As the caller wrote them. */
				removed: string[];
				failed: Array<{ input: string; issue: MetaIssue }>;
				requestId: string;
		  }
		/** Somebody in the group has another business-scoped user id from now on. */
		| {
				type: 'userIdChanged';
				group: Group;
				messageId: string;
				person: Person;
				previousUserId: string;
		  }
		| { type: 'messageSent'; message: SentMessage }
		| {
				type: 'messageStatus';
				message: SentMessage;
				status: 'delivered' | 'read' | 'failed';
				/** Who it was delivered to or read by, in a group. */
				person?: Person;
				/** Empty unless it has failed. */
				errors: MetaIssue[];
		  }
		| {
				type: 'messageReceived';
				/** `null` for a message to the number itself. */
				group: Group | null;
				messageId: string;
				person: Person;
				content: IncomingContent;
				/** Its file, if it was given as bytes. */
				medium?: Media;
				replyTo?: string;
		  }
	);
