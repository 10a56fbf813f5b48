export type JoinApprovalMode = 'auto_approve' | 'approval_required';

/** Somebody on WhatsApp. Who took a username hides their number, and is known by `userId` only. */
export interface Person {
	/** Digits of the phone number. */
	waId: string;
	name?: string;
	/** Business-scoped user id, e.g. `US.13491208655302741918` (providers.md §4.5.7). */
	userId?: string;
	/** That of the business portfolio above, if it has one. */
	parentUserId?: string;
	/** e.g. `@sheena`: the number is hidden. */
	username?: string;
}

export interface JoinRequest {
	id: string;
	/** Counts up; what paging goes by. */
	serial: number;
	/** The request that it was created by: only a webhook tells, never the API. */
	requestId?: string;
	person: Person;
	/** Unix seconds. */
	createdAt: number;
	/** They have not accepted WhatsApp's terms: approving fails with 131203. */
	hasNotAcceptedTerms: boolean;
}

export interface Picture {
	mimeType: string;
	/** Hexadecimal, of its bytes. */
	sha256: string;
	bytes: number;
}

export interface Group {
	id: string;
	/** Counts up; what paging goes by. */
	serial: number;
	subject: string;
	description?: string;
	joinApprovalMode: JoinApprovalMode;
	/** Unix seconds. */
	createdAt: number;
	isSuspended: boolean;
	/** Without the business itself, which is the only admin. */
	participants: Person[];
	/** Numbers that the business removed: no link lets them in again. */
	removedWaIds: string[];
	joinRequests: JoinRequest[];
	inviteLink: string;
	picture: Picture | null;
	/** Ids of messages, oldest pin first, at most three. */
	pinned: string[];
	/** Ids of all messages in it, whoever sent them. */
	messageIds: string[];
}

/** Something the business sent. */
export interface SentMessage {
	id: string;
	recipientType: 'group' | 'individual';
	/** A group's id or the digits of a phone number. */
	to: string;
	type: string;
	/** The body of the call. */
	body: Record<string, unknown>;
	/** The invite link that a group id in the template was replaced with (providers.md §4.3.5). */
	inviteLink?: string;
	/** Epoch milliseconds. */
	sentAt: number;
}

export interface Template {
	id: string;
	name: string;
	category: string;
	language: string;
	status: TemplateStatus;
	/** Gaps are counted, `{{1}}`, unless they are said to be named, `{{first_name}}`. */
	parameter_format?: 'NAMED' | 'POSITIONAL';
	components: Array<{ type: string } & Record<string, unknown>>;
	library_template_name?: string;
}

export const templateStatuses = [
	'submitted',
	'approved',
	'rejected',
	'paused',
	'disabled',
] as const;
export type TemplateStatus = (typeof templateStatuses)[number];

export interface Media {
	id: string;
	mimeType: string;
	bytes: Buffer;
	sha256: string;
}

/** A business's phone number, as the Cloud API knows it. */
export interface BusinessNumber {
	/** Digits, as webhooks have them. */
	phone: string;
	phoneNumberId: string;
}

/** At most this many, the business not counted. Assumed: it is not counted (providers.md §6.7). */
export const MAX_PARTICIPANTS = 8;
