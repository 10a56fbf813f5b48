import type { IDataObject } from 'n8n-workflow';
import type { EventName, GroupEvent } from '../model';
import type { Api } from '../transport/api';
import type { Advice } from './credentialTest';
import type { Delivery } from './delivery';

/** What a provider's webhooks report, and how they are registered, verified and read. */
export interface TriggerSupport {
	/** The events it reports: what makes each happen, and what to know about it. */
	events: Readonly<Partial<Record<EventName, string>>>;
	/** What it cannot report, and what has to be done by hand. */
	notice: string;
	/** Left out where the URL is given to the provider by hand. */
	registration?: Registration;
	/** There where deliveries are verified with a secret of the credential; else one is registered. */
	credentialSecret?: CredentialSecret;
	/** Options of the trigger that it takes beside those that all have. */
	options?: readonly TriggerOption[];
	/** Why a delivery cannot be trusted; nothing when it can. */
	verify(delivery: Delivery, secret: string): string | undefined;
	/**
	 * The answer to a provider that asks by GET whether the URL wants its webhooks; nothing when it has
	 * not asked as it should.
	 */
	challenge?: (query: Delivery['query'], secret: string) => string | undefined;
	/**
	 * The group events of a delivery, none when it is about something else; a text with the reason when
	 * the body is not what the provider documents.
	 */
	parse(delivery: Delivery): GroupEvent[] | string;
	/** The phone number behind an id that hides it, where the provider can look it up. */
	resolvePhone?: (api: Api, id: string) => Promise<string | null>;
}

/** Which secret of the credential deliveries are verified with. */
export interface CredentialSecret {
	/** Empty if there can be none. */
	of: (credential: Readonly<Record<string, unknown>>) => string;
	/** What to tell who publishes without one. */
	missing: Advice;
}

export type TriggerOption =
	/** Receive what happens at every number of the account. */
	| 'wholeAccount'
	/** Take the place of an address that cannot be put back later. */
	| 'replaceOther';

/** What the provider is to be told about this trigger. */
export interface Wanted {
	url: string;
	/** From the credential where its secret counts, else 64 hexadecimal digits. */
	secret: string;
	events: readonly EventName[];
	/** Whether messages that the account itself writes are wanted too. */
	ownMessages: boolean;
	/** See `TriggerOption`. */
	wholeAccount: boolean;
	replacesOther: boolean;
	/** Whether it is for a test run: it ends soon, and what is published has to be there afterwards. */
	isTest: boolean;
}

/** Kept in the node's static data, so that it survives a restart. */
export interface Registered extends IDataObject {
	/** The URL that was last registered; in a test run that of the published workflow, at first. */
	url?: string;
	secret?: string;
	/** What the provider had before, where registering replaces it; until it has been put back. */
	previous?: IDataObject;
}

/** How a provider takes a URL for its webhooks. */
export interface Registration {
	/** Whether the provider calls public https addresses only. */
	httpsOnly: boolean;
	/** Whether the provider has exactly what is wanted. */
	isSet(api: Api, wanted: Wanted, registered: Registered): Promise<boolean>;
	/**
	 * Tells the provider; may be repeated. Writes what it needs later into `registered`, and gives what
	 * whoever publishes the workflow should know.
	 */
	set(api: Api, wanted: Wanted, registered: Registered): Promise<string[]>;
	/** Takes back only what is this trigger's own, known by its URLs; may be repeated. */
	remove(
		api: Api,
		urls: readonly string[],
		registered: Registered,
		/** As in `Wanted`. */
		secret: string,
	): Promise<void>;
}
