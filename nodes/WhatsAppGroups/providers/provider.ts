import type { INodeProperties } from 'n8n-workflow';
import type {
	CreatedGroup,
	EventName,
	Group,
	GroupEvent,
	GroupSettings,
	Image,
	InviteLink,
	JoinApprovalMode,
	JoinRequest,
	JoinRequestResult,
	Participant,
	ParticipantResult,
	SentMessage,
	Template,
} from '../model';
import type { Api } from '../transport/api';
import type { ErrorDialect } from '../transport/errors';
import type { Delivery } from '../trigger/delivery';
import type { Registration } from '../trigger/registration';

/** Something a provider told: as the package's model, and as the provider wrote it. */
export interface Answer<T> {
	model: T;
	/** What the node gives with Simplify off; left out where the provider answers nothing of use. */
	raw?: unknown;
}

/** A stretch of a list, and the cursor with which the next one is asked for. */
export interface Page<T> {
	entries: Array<Answer<T>>;
	next?: string;
}

export interface PageRequest {
	/** How many entries are wanted at most; a provider without paging may give more. */
	limit: number;
	cursor?: string;
}

export interface OnGroup {
	/** As the provider writes it. */
	group: string;
}

export interface OnParticipants extends OnGroup {
	/** At least one, each as the provider writes it, none twice. */
	participants: string[];
}

export interface OnJoinRequests extends OnGroup {
	/** At least one, none twice. */
	joinRequests: string[];
}

export interface CreateGroup {
	subject: string;
	description?: string;
	joinApprovalMode?: JoinApprovalMode;
	participants?: string[];
	/** Seconds to wait for a group that is created later; 0 gives the pending request at once. */
	waitSeconds: number;
}

export interface UpdateGroup extends OnGroup {
	subject?: string;
	description?: string;
}

export interface ListGroups extends PageRequest {
	/** Fetch what the provider's list leaves out, with one more request per group. */
	loadDetails: boolean;
}

export interface SendText extends OnGroup {
	text: string;
	/** Id of the message that this one answers. */
	replyTo?: string;
	/** Participants to mention, each as the provider writes it, or `all`. */
	mentions?: string[];
	linkPreview?: boolean;
	/** Comes back in the statuses of the message. */
	correlationId?: string;
}

export interface CreateTemplate {
	name: string;
	language: string;
}

/** Every operation there is: what it takes and what it gives. A void operation gives nothing. */
export interface Operations {
	'group.create': (api: Api, input: CreateGroup) => Promise<Answer<CreatedGroup>>;
	'group.delete': (api: Api, input: OnGroup) => Promise<void>;
	'group.get': (api: Api, input: OnGroup) => Promise<Answer<Group>>;
	'group.getAll': (api: Api, input: ListGroups) => Promise<Page<Group>>;
	'group.leave': (api: Api, input: OnGroup) => Promise<void>;
	'group.update': (api: Api, input: UpdateGroup) => Promise<void>;
	'groupPicture.get': (api: Api, input: OnGroup) => Promise<Image>;
	'groupPicture.remove': (api: Api, input: OnGroup) => Promise<void>;
	'groupPicture.set': (api: Api, input: OnGroup & { image: Image }) => Promise<void>;
	'groupSetting.get': (api: Api, input: OnGroup) => Promise<Answer<GroupSettings>>;
	'groupSetting.update': (api: Api, input: OnGroup & Partial<GroupSettings>) => Promise<void>;
	'inviteLink.get': (api: Api, input: OnGroup) => Promise<Answer<InviteLink>>;
	'inviteLink.reset': (api: Api, input: OnGroup) => Promise<Answer<InviteLink>>;
	'inviteLink.revoke': (api: Api, input: OnGroup) => Promise<void>;
	'joinRequest.approve': (api: Api, input: OnJoinRequests) => Promise<Results<JoinRequestResult>>;
	'joinRequest.getAll': (api: Api, input: OnGroup & PageRequest) => Promise<Page<JoinRequest>>;
	'joinRequest.reject': (api: Api, input: OnJoinRequests) => Promise<Results<JoinRequestResult>>;
	'message.send': (api: Api, input: SendText) => Promise<Answer<SentMessage>>;
	'participant.add': (api: Api, input: OnParticipants) => Promise<Results<ParticipantResult>>;
	'participant.demote': (api: Api, input: OnParticipants) => Promise<Results<ParticipantResult>>;
	'participant.getAll': (api: Api, input: OnGroup) => Promise<Page<Participant>>;
	'participant.promote': (api: Api, input: OnParticipants) => Promise<Results<ParticipantResult>>;
	'participant.remove': (api: Api, input: OnParticipants) => Promise<Results<ParticipantResult>>;
	'template.createInvite': (api: Api, input: CreateTemplate) => Promise<Answer<Template>>;
}

/** One answer for each participant or join request that was acted on. */
export type Results<T> = Array<Answer<T>>;

export type OperationKey = keyof Operations;

/** An operation of one provider: the function, and the endpoints it calls, in order. */
export interface Implementation<K extends OperationKey> {
	run: Operations[K];
	/** `METHOD /path/{placeholder}`, as the provider documents it. */
	endpoints: readonly string[];
}

/** Fields that only some of the providers with the operation take. */
export type Feature =
	| 'group.create.description'
	| 'group.create.joinApprovalMode'
	| 'group.create.participants'
	| 'group.create.waitForResult'
	| 'group.getAll.loadDetails'
	| 'group.update.description'
	| 'message.send.correlationId'
	| 'message.send.linkPreview'
	| 'message.send.mentions'
	| 'message.send.replyTo';

export interface Limits {
	/** Characters; left out where the provider documents none. */
	subject?: number;
	description?: number;
	picture: {
		/** Bytes. */
		size: number;
		mimeTypes: readonly string[];
	};
}

/** What stands between the credential and its groups, where a credential serves several numbers. */
export interface Account {
	/** Name of the parameter. */
	parameter: string;
	/** The field in the editor, a resource locator. */
	field: INodeProperties;
	/** What its list offers. Throws when there is nothing to choose from. */
	list: (api: Api) => Promise<Array<{ name: string; value: string }>>;
}

/** What a provider's webhooks report, and how they are registered, verified and read. */
export interface TriggerSupport {
	/** The events it reports: what makes each happen, and what to know about it. */
	events: Readonly<Partial<Record<EventName, string>>>;
	/** What it cannot report, and what has to be done by hand. */
	notice: string;
	/** Left out where the URL is given to the provider by hand. */
	registration?: Registration;
	/** Why a delivery cannot be trusted; nothing when it can. */
	verify(delivery: Delivery, secret: string): string | undefined;
	/**
	 * The group events of a delivery, none when it is about something else; a text with the reason when
	 * the body is not what the provider documents.
	 */
	parse(delivery: Delivery): GroupEvent[] | string;
	/** The phone number behind an id that hides it, where the provider can look it up. */
	resolvePhone?: (api: Api, id: string) => Promise<string | null>;
}

/** A provider: what it can do as data, and how it does it as one function per operation. */
export interface Provider {
	id: ProviderId;
	/** As the editor shows it. */
	name: string;
	credentialName: string;
	account?: Account;
	limits: Limits;
	operations: { readonly [K in OperationKey]?: Implementation<K> };
	features: readonly Feature[];
	/** For each operation it lacks: why, and what to do instead. */
	unsupported: Readonly<Partial<Record<OperationKey, string>>>;
	/** A group's id as the provider writes it; throws an input error that names the way out. */
	groupId: (input: string) => string;
	/** A participant's id as the provider writes it; throws like `groupId`. */
	participantId: (input: string) => string;
	/** What to check when the list of groups is empty. */
	emptyListHint: string;
	errors: ErrorDialect;
	trigger: TriggerSupport;
}

export type ProviderId = 'dialog360' | 'sinch' | 'waha';

/** Keeps a provider honest: every operation is either implemented or explained. */
export function defineProvider<Supported extends OperationKey>(
	provider: Omit<Provider, 'operations' | 'unsupported'> & {
		operations: { readonly [K in Supported]: Implementation<K> };
		unsupported: Readonly<Record<Exclude<OperationKey, Supported>, string>>;
	},
): Provider {
	return provider as Provider;
}
