import type { Router } from 'express';

/** One provider as the sandbox emulates it: an HTTP dialect over state of its own. */
export interface Emulator {
	/** The provider's id, which is also its path below the sandbox's URL. */
	readonly id: string;
	/** What the editor's list calls it. */
	readonly name: string;
	/** The provider's API, mounted at `/<id>`. */
	readonly api: Router;
	/** What people in a group do, and what tests arrange: mounted at `/control/<id>`. */
	readonly control: Router;
	/** Fields of the matching n8n credential, without the base URL. */
	readonly credentials: Readonly<Record<string, string>>;
	/** Base URLs by label, relative to the sandbox's URL: one for most, one per engine for WAHA. */
	readonly baseUrls: Readonly<Record<string, string>>;
	/** How this provider says that it is rate limiting, failing or closed: status, headers and body in its own dialect. */
	refusal(kind: RefusalKind, retryAfterSeconds?: number): Refusal;
	/** Back to the sample groups and members it started with. */
	reset(): void;
	/** All it knows, as JSON, for `GET /control/state`. */
	state?(): unknown;
}

export type RefusalKind = 'rateLimited' | 'serverError' | 'unavailable';

export interface Refusal {
	status: number;
	headers?: Record<string, string>;
	body: unknown;
}

/** What takes a request and can refuse it in its own words: a provider, or the file host. */
export type Gatekeeper = Pick<Emulator, 'id' | 'refusal'>;
