import type { INodeProperties } from 'n8n-workflow';
import type { Api } from '../transport/api';
import type { BasePath } from '../transport/baseUrl';
import type { ErrorDialect } from '../transport/errors';
import type { Address } from '../values/address';
import type { CredentialTest } from './credentialTest';
import type { MessageSupport, MessageType } from './messages';
import { sameAs } from './operations';
import type { OperationKey, Operations, OwnOperationKey } from './operations';
import type { MessageTemplate } from './templates';
import type { TriggerSupport } from './trigger';

/** An operation of one provider: the function, and the endpoints it calls, in order. */
export interface Implementation<K extends OperationKey> {
	run: Operations[K];
	/** `METHOD /path/{placeholder}`, as the provider documents it. */
	endpoints: readonly string[];
	/** There where nobody has yet shown that it works: what to know, for the editor and the docs. */
	unproven?: string;
	/** The provider's own answer holds no more than the model does, so that Simplify has no effect. */
	isPlain?: true;
}

/** Fields that only some of the providers with the operation take. */
export type Feature =
	| 'group.create.description'
	| 'group.create.joinApprovalMode'
	| 'group.create.participants'
	| 'group.create.waitForResult'
	| 'group.delete.waitForResult'
	| 'group.getAll.excludeParticipants'
	| 'group.getAll.loadDetails'
	| 'group.getAll.sort'
	| 'group.update.description'
	| 'group.update.waitForResult'
	| 'inviteLink.send.template'
	| 'inviteLink.send.text'
	| 'message.send.correlationId'
	| 'message.send.linkPreview'
	| 'message.send.linkPreviewHighQuality'
	| 'message.send.mentions'
	| 'message.send.replyTo'
	| 'message.send.templateByName'
	| 'message.send.templateList'
	| 'participant.add.checkNumbers'
	| 'participant.getAll.resolvePhones'
	| 'participant.remove.waitForResult';

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
	/** What was chosen or entered, as the provider takes it; throws InvalidInput. */
	read?: (input: string) => string;
}

/** How to fill in the field of an account that is empty. */
export function howToChoose({ field }: Account): string {
	const byHand = field.modes?.find(({ name }) => name === 'id')?.displayName ?? 'By ID';
	return `Choose it from the list, or set the field to '${byHand}' and enter it.`;
}

/** A provider: what it can do as data, and how it does it as one function per operation. */
export interface Provider {
	id: ProviderId;
	/** As the editor shows it. */
	name: string;
	credentialName: string;
	credentialTest: CredentialTest;
	basePath?: BasePath;
	/** See `Endpoint`. */
	fileOrigins?: (baseUrl: string) => readonly string[];
	account?: Account;
	limits: Limits;
	operations: { readonly [K in OperationKey]?: Implementation<K> };
	/** What Message: Send can send. */
	messages: Readonly<Partial<Record<MessageType, MessageSupport>>>;
	/** For each message type it lacks: why, and what to do instead. */
	unsupportedMessages: Readonly<Partial<Record<MessageType, string>>>;
	/** The account's templates in all their languages, where the credential can read them. */
	templates?: (api: Api) => Promise<MessageTemplate[]>;
	features: readonly Feature[];
	/** For each operation it lacks: why, and what to do instead. */
	unsupported: Readonly<Partial<Record<OperationKey, string>>>;
	/** An id of one of its groups, for the By ID mode of the Group field. */
	groupIdExample: string;
	/** A group's id as the provider writes it; throws InvalidInput. */
	groupId: (input: string) => string;
	/** A participant's id as the provider writes it; throws InvalidInput. */
	participantId: (address: Address) => string;
	/** What to check when the list of groups is empty. */
	emptyListHint: string;
	errors: ErrorDialect;
	trigger: TriggerSupport;
}

export type ProviderId = 'dialog360' | 'meta' | 'sinch' | 'waha';

/** Keeps a provider honest: every operation and message type is either implemented or explained. */
export function defineProvider<Supported extends OwnOperationKey, Sent extends MessageType>(
	provider: Omit<Provider, 'messages' | 'operations' | 'unsupported' | 'unsupportedMessages'> & {
		operations: { readonly [K in Supported]: Implementation<K> };
		unsupported: Readonly<Record<Exclude<OwnOperationKey, Supported>, string>>;
		messages: Readonly<Record<Sent, MessageSupport>>;
		unsupportedMessages: Readonly<Record<Exclude<MessageType, Sent>, string>>;
	},
): Provider {
	return withSame(provider as Provider);
}

function withSame(provider: Provider): Provider {
	const operations: Record<string, unknown> = { ...provider.operations };
	const unsupported: Record<string, string> = { ...provider.unsupported };
	for (const [key, other] of Object.entries(sameAs)) {
		const implementation = provider.operations[other];
		if (implementation) operations[key] = implementation;
		else unsupported[key] = provider.unsupported[other]!;
	}
	return { ...provider, operations, unsupported };
}
