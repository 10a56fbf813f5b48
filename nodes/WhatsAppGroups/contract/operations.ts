import type {
	Acknowledgement,
	CreatedGroup,
	ForwardedMessage,
	Group,
	GroupSettings,
	Image,
	InviteLink,
	InviteResult,
	JoinApprovalMode,
	JoinedGroup,
	JoinRequest,
	JoinRequestResult,
	MessageChange,
	MediaFile,
	MediaReference,
	NumberCheck,
	Participant,
	ParticipantResult,
	SentMessage,
	Template,
} from '../model';
import type { Api } from '../transport/api';
import type { MessageContent } from './messages';

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

/** What the provider may do later than it answers. */
export interface Waiting {
	/** Seconds to wait until it is done; 0 gives the pending request at once. */
	waitSeconds: number;
}

export interface CreateGroup extends Waiting {
	subject: string;
	description?: string;
	joinApprovalMode?: JoinApprovalMode;
	participants?: string[];
}

export interface UpdateGroup extends OnGroup, Waiting {
	subject?: string;
	description?: string;
}

export interface ListGroups extends PageRequest {
	/** Fetch what the provider's list leaves out, with one more request per group. */
	loadDetails: boolean;
	sortBy?: 'id' | 'subject';
	sortOrder?: 'asc' | 'desc';
	/** Leave out the participants, which make a long list of large groups slow. */
	excludeParticipants?: boolean;
}

export interface ByInvite {
	/** Of the invite link, without the link. */
	code: string;
}

export interface ListParticipants extends OnGroup {
	/** Look up the numbers that the list itself does not tell. */
	resolvePhones?: boolean;
}

export interface AddParticipants extends OnParticipants {
	/** Leave out, as failed, who is not on WhatsApp. */
	checkNumbers?: boolean;
}

export interface CheckNumbers {
	/** Phone numbers, each as the provider writes a participant, none twice. */
	participants: string[];
}

export interface SendMessage extends OnGroup {
	content: MessageContent;
	/** Id of the message that this one answers. */
	replyTo?: string;
	/** Comes back in the statuses of the message. */
	correlationId?: string;
}

export interface OnMessage extends OnGroup {
	/** Id of the message, as the provider writes it. */
	message: string;
}

export interface EditMessage extends OnMessage {
	text: string;
	linkPreview?: boolean;
	linkPreviewHighQuality?: boolean;
}

export interface ForwardMessage {
	/** To which it is forwarded. */
	group: string;
	/** Id of the message, of any chat. */
	message: string;
}

export interface GetMedia {
	media: MediaReference;
	/** Bytes that the file may have. */
	maxBytes: number;
}

/** By one of the two, as the provider has it. */
export interface SendInvite extends OnParticipants {
	/** A message with `{link}` where the link belongs. */
	text?: string;
	/** Approved, and made to invite people. */
	template?: { name: string; language: string };
}

export interface CreateTemplate {
	name: string;
	language: string;
}

/** Every operation there is: what it takes and what it gives. */
export interface Operations {
	'group.create': (api: Api, input: CreateGroup) => Promise<Answer<CreatedGroup>>;
	'group.delete': (api: Api, input: OnGroup & Waiting) => Promise<Acknowledgement>;
	'group.get': (api: Api, input: OnGroup) => Promise<Answer<Group>>;
	'group.getAll': (api: Api, input: ListGroups) => Promise<Page<Group>>;
	'group.getCount': (api: Api) => Promise<Answer<{ count: number }>>;
	'group.getInvitePreview': (api: Api, input: ByInvite) => Promise<Answer<Group>>;
	'group.join': (api: Api, input: ByInvite) => Promise<Answer<JoinedGroup>>;
	'group.leave': (api: Api, input: OnGroup) => Promise<Acknowledgement>;
	'group.refresh': (api: Api) => Promise<void>;
	'group.update': (api: Api, input: UpdateGroup) => Promise<Acknowledgement>;
	'groupPicture.get': (api: Api, input: OnGroup) => Promise<Image>;
	'groupPicture.remove': (api: Api, input: OnGroup) => Promise<Acknowledgement>;
	'groupPicture.set': (api: Api, input: OnGroup & { image: Image }) => Promise<Acknowledgement>;
	'groupSetting.get': (api: Api, input: OnGroup) => Promise<Answer<GroupSettings>>;
	'groupSetting.update': (
		api: Api,
		input: OnGroup & Partial<GroupSettings>,
	) => Promise<Acknowledgement>;
	'inviteLink.get': (api: Api, input: OnGroup) => Promise<Answer<InviteLink>>;
	'inviteLink.reset': (api: Api, input: OnGroup) => Promise<Answer<InviteLink>>;
	'inviteLink.revoke': (api: Api, input: OnGroup) => Promise<Acknowledgement>;
	'inviteLink.send': (api: Api, input: SendInvite) => Promise<Results<InviteResult>>;
	'joinRequest.approve': (api: Api, input: OnJoinRequests) => Promise<Results<JoinRequestResult>>;
	'joinRequest.getAll': (api: Api, input: OnGroup & PageRequest) => Promise<Page<JoinRequest>>;
	'joinRequest.reject': (api: Api, input: OnJoinRequests) => Promise<Results<JoinRequestResult>>;
	'message.send': (api: Api, input: SendMessage) => Promise<Answer<SentMessage>>;
	'message.delete': (api: Api, input: OnMessage) => Promise<MessageChange>;
	'message.edit': (api: Api, input: EditMessage) => Promise<MessageChange>;
	'message.forward': (api: Api, input: ForwardMessage) => Promise<Answer<ForwardedMessage>>;
	'message.pin': (api: Api, input: OnMessage & { days: number }) => Promise<MessageChange>;
	/** An empty emoji takes the reaction back. */
	'message.react': (api: Api, input: OnMessage & { emoji: string }) => Promise<MessageChange>;
	'message.unpin': (api: Api, input: OnMessage) => Promise<MessageChange>;
	'message.sendAndWait': Operations['message.send'];
	'message.getMedia': (api: Api, input: GetMedia) => Promise<MediaFile>;
	'participant.add': (api: Api, input: AddParticipants) => Promise<Results<ParticipantResult>>;
	'participant.checkNumber': (api: Api, input: CheckNumbers) => Promise<Results<NumberCheck>>;
	'participant.demote': (api: Api, input: OnParticipants) => Promise<Results<ParticipantResult>>;
	'participant.getAll': (api: Api, input: ListParticipants) => Promise<Page<Participant>>;
	'participant.promote': (api: Api, input: OnParticipants) => Promise<Results<ParticipantResult>>;
	'participant.remove': (
		api: Api,
		input: OnParticipants & Waiting,
	) => Promise<Results<ParticipantResult>>;
	'template.createInvite': (api: Api, input: CreateTemplate) => Promise<Answer<Template>>;
}

/** One answer for each participant or join request that was acted on. */
export type Results<T> = Array<Answer<T>>;

export type OperationKey = keyof Operations;

/** Operations that ask no more of a provider than another one, so that its record says nothing of them. */
export const sameAs = { 'message.sendAndWait': 'message.send' } as const satisfies Partial<
	Record<OperationKey, OperationKey>
>;

/** What a provider's record names, or says why it cannot. */
export type OwnOperationKey = Exclude<OperationKey, keyof typeof sameAs>;
