/**
 * The package's own words for what the providers say in theirs. Ids stay exactly as the provider
 * gives them, phone numbers are digits with country code, times are ISO 8601 UTC, and `null` means
 * that the provider does not tell.
 */

/** A person, by the provider's id and, where it is known, by phone number. */
export interface Person {
	/** As the provider writes it, e.g. `5519900000000`, `4477009001@c.us` or `123@lid`. */
	id: string;
	/** Digits with country code, no plus sign. */
	phone: string | null;
}

/** `creator` is the admin who made the group; WhatsApp calls everybody else admin or participant. */
export type Role = 'participant' | 'admin' | 'creator';

export interface Participant extends Person {
	role: Role | null;
}

export type JoinApprovalMode = 'autoApprove' | 'approvalRequired';

export interface GroupSettings {
	/** Only admins may change subject, description and picture. */
	infoAdminsOnly: boolean | null;
	/** Only admins may send messages. */
	messagesAdminsOnly: boolean | null;
	/** Every participant may add others, not admins alone. */
	membersCanAdd: boolean | null;
	/** An admin has to let in who opens the invite link. */
	joinApproval: boolean | null;
}

export interface Group {
	id: string;
	subject: string | null;
	description: string | null;
	createdAt: string | null;
	owner: Person | null;
	participantCount: number | null;
	participants: Participant[] | null;
	joinApprovalMode: JoinApprovalMode | null;
	/** WhatsApp has suspended the group. */
	suspended: boolean | null;
	settings: GroupSettings | null;
	/** Why nothing but the id is known of it; there only then. */
	note?: string;
}

/** What Create gives: the group itself, or the id of a request that the provider works on. */
export interface CreatedGroup {
	status: 'created' | 'pending';
	/** `null` while pending. */
	id: string | null;
	/** The provider's id of a pending creation. */
	requestId: string | null;
	subject: string;
	createdAt: string | null;
	inviteLink: string | null;
	/** What became of the first participants, where the provider takes any. */
	participants: ParticipantResult[] | null;
	/** What could not be told of the new group, and how to get it; there only then. */
	note?: string;
}

/** What Join gives. */
export interface JoinedGroup {
	/** `pending` while an admin has to let the account in. */
	status: 'success' | 'pending';
	id: string | null;
	subject: string | null;
	/** The account was in the group before, so that nothing has changed. */
	wasMember: boolean;
}

/** How a write ends: in one of these four, in outputs and errors alike. */
export type ResultStatus =
	/** Done. */
	| 'success'
	/** The provider took it and does it later: a webhook tells the outcome. */
	| 'pending'
	/** Not done: the provider said no, or nothing reached it. */
	| 'failed'
	/** It may have been done: the answer was lost, or proves nothing. */
	| 'unknown';

/** A write of which nothing is told but that it was taken. */
export interface Acknowledgement {
	status: 'success' | 'pending';
	/** The provider's id of a pending request; a webhook repeats it. */
	requestId?: string | null;
}

/** A change to a message that is there already. */
export interface MessageChange extends Acknowledgement {
	/** Id of the message by which a provider pins or unpins, to which its statuses refer. */
	pinMessageId?: string;
}

interface Result {
	status: ResultStatus;
	/** The provider's code, e.g. 403 (WAHA) or 131212 (360dialog). */
	code: number | null;
	/** What the code means and what to do. */
	reason: string | null;
}

/** What became of one participant of an Add, Remove, Promote or Demote. */
export interface ParticipantResult extends Result {
	participant: string;
	phone: string | null;
}

/** What became of the invitation of one person. */
export interface InviteResult extends ParticipantResult {
	/** Of the message with the link; `null` where none was sent. */
	messageId: string | null;
}

/** Whether a phone number is on WhatsApp. */
export interface NumberCheck {
	phone: string;
	exists: boolean;
	/** By which WhatsApp knows the number, which may differ from it by a digit; `null` where it does not. */
	id: string | null;
}

export interface JoinRequest extends Person {
	/** Id of the request, which Approve and Reject take. */
	joinRequest: string;
	requestedAt: string | null;
}

/** What became of one request of an Approve or Reject. */
export interface JoinRequestResult extends Result {
	joinRequest: string;
}

export interface InviteLink {
	/** `https://chat.whatsapp.com/<code>` */
	link: string;
	code: string;
}

export interface SentMessage {
	/** Id by which statuses and replies refer to the message. */
	id: string;
	sentAt: string | null;
}

/** What Forward gives. */
export interface ForwardedMessage {
	status: 'success';
	/** Of the new message; `null` where the provider does not tell. */
	id: string | null;
	sentAt: string | null;
	/** Why there is no id; there only then. */
	note?: string;
}

export interface Template {
	id: string | null;
	name: string;
	language: string;
	category: string | null;
	/** As the provider writes it, e.g. `submitted` or `APPROVED`. */
	status: string | null;
}

export interface Image {
	data: Buffer;
	mimeType: string;
	fileName: string;
}

/** A file of a received message, by what the trigger tells of it; one of the first two at least. */
export interface MediaReference {
	/** By which the provider knows the file or, where it can find that, its message. */
	id: string | null;
	url: string | null;
	mimeType: string | null;
	fileName: string | null;
}

/** The file itself. */
export interface MediaFile {
	data: Buffer;
	/** `null` where nobody tells: the bytes show it. */
	mimeType: string | null;
	fileName: string | null;
}

/** What can start a workflow. The names are promised to users: they branch on them. */
export type EventName =
	| 'group.created'
	| 'group.createFailed'
	| 'group.deleted'
	| 'group.deleteFailed'
	| 'group.updated'
	| 'group.updateFailed'
	| 'group.suspended'
	| 'group.unsuspended'
	| 'group.joined'
	| 'group.left'
	| 'participant.joined'
	| 'participant.left'
	| 'participant.removed'
	| 'participant.removeFailed'
	| 'participant.promoted'
	| 'participant.demoted'
	| 'joinRequest.created'
	| 'joinRequest.rejected'
	| 'joinRequest.revoked'
	| 'message.received'
	| 'message.sent'
	| 'message.delivered'
	| 'message.read'
	| 'message.failed'
	| 'message.reaction'
	| 'message.edited'
	| 'message.deleted'
	| 'poll.voted';

/** A person in an event, with the name they show, where the provider tells it. */
export interface Actor extends Person {
	name: string | null;
}

/** Why the provider could not do something, or deliver a message. */
export interface EventIssue {
	code: number | null;
	message: string | null;
	details: string | null;
}

export interface EventMessage {
	/**
	 * For messages of the account itself the id that Send gave. Of a reaction, edit, deletion or vote that
	 * of the message or poll which it is about.
	 */
	id: string | null;
	/** `text`, `image`, `video`, `audio`, `document`, `location`, `contacts`, … in lower case. */
	type: string;
	/**
	 * Text of the message, caption of a file, title of the reply that was chosen, or the emoji of a reaction,
	 * `null` when that is taken back.
	 */
	text: string | null;
	/** Written, or done, by the account itself. */
	fromMe: boolean;
	/** A file: where or by which ID it is fetched from the provider; and why it was not, there only then. */
	media: (MediaReference & { error?: string }) | null;
	/** What is neither text nor file: a location, contacts, an interactive reply, or the options voted for. */
	content: Record<string, unknown> | null;
	/** Id of the message that this one answers. */
	replyTo: string | null;
	/** Ids of the people who are mentioned. */
	mentions: string[] | null;
}

/** Something that happened in a group, in one shape whatever the provider. */
export interface GroupEvent {
	event: EventName;
	group: { id: string; subject: string | null };
	/** The number that it happened at, where webhooks of several arrive at one URL. */
	account: string | null;
	/** Who did it: wrote the message, asked to join, promoted somebody. */
	actor: Actor | null;
	/** Who it happened to; of a new group, who was added to it. */
	participants: Participant[] | null;
	message: EventMessage | null;
	/** What changed in a group or about a person, or what is known of a new group. */
	changes: Record<string, unknown> | null;
	/** Id of the request to join, which Join Request: Approve takes. */
	joinRequest: string | null;
	/** Id that the provider gave to the API request which caused the event. */
	requestId: string | null;
	errors: EventIssue[] | null;
	timestamp: string | null;
	/** The same for every delivery of the same event, and different for every other. */
	deliveryId: string;
}
