/**
 * What WhatsApp itself would know, the same for every WAHA engine. Engines only *render* it.
 * Phones are digits without a plus sign, lids are digits without the server part, times are Unix
 * seconds unless a name says otherwise.
 */

export type EngineName = 'WEBJS' | 'NOWEB' | 'GOWS';

export const ENGINES: readonly EngineName[] = ['WEBJS', 'NOWEB', 'GOWS'];

export interface Person {
	readonly phone: string;
	/** Hidden id; not everybody has been given one. */
	lid: string | null;
	name: string;
	/** The sessions know this person by lid only. */
	phoneHidden: boolean;
	/** Privacy setting "who can add me to groups": may only be invited. */
	inviteOnly: boolean;
	onWhatsApp: boolean;
}

export type Role = 'participant' | 'admin' | 'superadmin';

export type JoinRequestMethod = 'invite_link' | 'linked_group_join' | 'non_admin_add';

export interface JoinRequest {
	readonly person: Person;
	readonly method: JoinRequestMethod;
	readonly addedBy: Person | null;
	readonly at: number;
}

export interface Picture {
	/** Where the file host has it. */
	readonly path: string;
	readonly mimeType: string;
}

/** The settings that are yes or no, with the names of WAHA's own requests turned into plain words. */
export interface GroupSettings {
	infoAdminsOnly: boolean;
	messagesAdminsOnly: boolean;
	membersCanAdd: boolean;
	approvalRequired: boolean;
}

export interface Group extends GroupSettings {
	/** `<digits>@g.us`, or the old style `<phone>-<seconds>@g.us`. */
	readonly id: string;
	readonly creator: Person;
	readonly createdAt: number;
	subject: string;
	subjectBy: Person;
	subjectAt: number;
	description: string;
	descriptionId: string;
	descriptionBy: Person;
	descriptionAt: number;
	readonly members: Map<Person, Role>;
	/** Who left of their own accord, and when: they cannot be added back at once (code 408). */
	readonly recentlyLeft: Map<Person, number>;
	readonly requests: Map<Person, JoinRequest>;
	picture: Picture | null;
	inviteCode: string;
	readonly revokedCodes: Set<string>;
	/** Whether the members of this group are listed by phone or by lid. */
	addressing: 'phone' | 'lid';
	maxMembers: number;
}

export type MessageKind =
	| 'text'
	| 'image'
	| 'video'
	| 'audio'
	| 'document'
	| 'sticker'
	| 'poll'
	| 'location'
	| 'contacts'
	| 'unsupported';

export interface Message {
	/** The bare id (`3EB0…`); what a caller sees is put together from it, the chat and the sender. */
	readonly id: string;
	/** Group id, or `<phone>@c.us` / `<lid>@lid` for one person. */
	readonly chat: string;
	readonly from: Person;
	readonly kind: MessageKind;
	text: string;
	/** What is particular to the kind: the poll, the file, the place, the contacts. */
	readonly content: Readonly<Record<string, unknown>>;
	readonly mentions: readonly string[];
	readonly quoted: Message | null;
	readonly at: number;
	pinnedUntil: number | null;
	/** Deleted for everybody. */
	isRevoked: boolean;
	readonly reactions: Map<Person, string>;
}

/** `GET /api/sessions` (providers.md §3.2). */
export const SESSION_STATUSES = [
	'STOPPED',
	'STARTING',
	'SCAN_QR_CODE',
	'PASSKEY_REQUIRED',
	'PASSKEY_CONFIRMATION_REQUIRED',
	'WORKING',
	'FAILED',
] as const;

export type SessionStatus = (typeof SESSION_STATUSES)[number];

export interface Session {
	readonly name: string;
	status: SessionStatus;
	/** When it took on each of its last statuses, in milliseconds; `session.status` events carry it. */
	readonly statuses: Array<{ status: SessionStatus; timestamp: number }>;
	/** The WhatsApp account that scanned the QR code, if one did. */
	account: Person | null;
	/** What was sent with the last PUT, as it passed validation. */
	config: SessionConfig | undefined;
	/** When the session last did something, in milliseconds. */
	activity: number | null;
	/** Answers of the picture endpoint by group id: WAHA keeps them for 24 hours. */
	readonly pictureCache: Map<string, { picture: Picture | null; at: number }>;
}

export interface WebhookConfig {
	url: string;
	events: string[];
	hmac?: { key?: string | null } | null;
	retries?: {
		policy?: 'linear' | 'exponential' | 'constant' | null;
		delaySeconds?: number | null;
		attempts?: number | null;
	} | null;
	customHeaders?: Array<{ name: string; value: string }> | null;
}

export interface SessionConfig {
	metadata?: Record<string, unknown> | null;
	proxy?: { server: string; username?: string | null; password?: string | null } | null;
	debug?: boolean | null;
	ignore?: Record<string, boolean | null | undefined> | null;
	webhooks?: WebhookConfig[] | null;
	webjs?: { tagsEventsOn?: boolean | null } | null;
	[engineOptions: string]: unknown;
}

/** Seconds, as WhatsApp counts. */
export const nowSeconds = (): number => Math.floor(Date.now() / 1000);

export const isAdmin = (group: Group, person: Person): boolean =>
	(group.members.get(person) ?? 'participant') !== 'participant';
