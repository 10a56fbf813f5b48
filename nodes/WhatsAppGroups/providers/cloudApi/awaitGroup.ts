import { requestOf, toldOf } from '../../contract/told';
import type { Answer, Page, PageRequest } from '../../contract/operations';
import type { Group, GroupEvent, JoinApprovalMode } from '../../model';
import type { Api } from '../../transport/api';
import { statusOf } from '../../transport/errors';
import { pause, toldNot } from './awaitChange';

/** How a provider is asked for its groups. */
export interface Lookup {
	list: (api: Api, page: PageRequest) => Promise<Page<Group>>;
	get: (api: Api, input: { group: string }) => Promise<Answer<Group>>;
}

/** What a group was asked for with. */
export interface Wanted {
	subject: string;
	description?: string;
	joinApprovalMode?: JoinApprovalMode;
}

/** What the provider answered to the request. */
export interface Requested {
	/** The group's id, where it is told at once. */
	id: string | null;
	requestId: string | null;
}

/** The most groups that one page holds (providers.md §2.2). */
const largestPage = 1024;
const mostEmptyPages = 20;
/** Time in which a group that somebody else asked for at the same moment would show up too. */
const secondLookMs = 2000;

/** How often somebody who waits for the turn looks for it. */
const turnPollMs = 100;

/** Whose turn it is to ask for a group of a subject, by account and subject. */
const turns = new Map<string, Promise<unknown>>();

/** A request of which nobody knows what became of it: its group may still come. */
interface OpenRequest {
	requestId: string | null;
	/** Ids of the groups that were there before it. */
	present: ReadonlySet<string>;
	/** Epoch milliseconds. */
	madeAt: number;
}

/** By account and subject. */
const openRequests = new Map<string, OpenRequest>();
/** A group that has not come by then does not come any more. */
const longestOpenMs = 60 * 60_000;

/**
 * Asks for a group and waits until it is in the list of groups. The list does not say which request a
 * group comes from; only a webhook does (providers.md §2.2). Where this n8n has it by its trigger, that
 * decides. Else a group is taken for the one that was asked for when it is the only new one with this
 * subject, also at a second look, and otherwise as it was wanted; those of this n8n that ask for the same
 * subject wait for each other. Where doubt is left, it fails with the id of the request. Somebody outside
 * of this process who asks for the same subject at the same moment stays unseen.
 */
export async function createAndAwait<R extends Requested>(
	api: Api,
	lookup: Lookup,
	wanted: Wanted,
	seconds: number,
	request: () => Promise<R>,
): Promise<{ requested: R; group: Answer<Group> }> {
	const key = `${api.identity} ${normal(wanted.subject)}`;
	return await inTurn(api, key, async () => {
		const listed = await listAll(api, lookup);
		const open = stillOpen(key, listed, wanted);
		if (open) throw isOpen(api, open);
		const present = new Set(listed.map(({ model }) => model.id));
		// Until its group is found; a request whose answer is lost may have been taken as well.
		noteOpen(key, { requestId: null, present, madeAt: Date.now() });
		const requested = await settled(key, request);
		noteOpen(key, { requestId: requested.requestId, present, madeAt: Date.now() });
		const name = requested.requestId === null ? '' : ` (ID ${requested.requestId})`;
		const outcome = await api.after(
			`The provider has taken the request${name}: running this again would create another group.`,
			async () => await wait(api, lookup, { key, wanted, requested, present, seconds }),
			'pending',
		);
		openRequests.delete(key);
		if ('event' in outcome) {
			throw toldNot(api, 'The provider has not created the group', outcome);
		}
		return { requested, group: outcome };
	});
}

function noteOpen(key: string, request: OpenRequest): void {
	for (const [other, { madeAt }] of openRequests) {
		if (Date.now() - madeAt > longestOpenMs) openRequests.delete(other);
	}
	openRequests.set(key, request);
}

/** A request that was refused leaves nothing open. */
async function settled<R>(key: string, request: () => Promise<R>): Promise<R> {
	return await request().catch((error: unknown) => {
		if (statusOf(error) === 'failed') openRequests.delete(key);
		throw error;
	});
}

/** An earlier request of this n8n for the same subject, unless its group has come meanwhile. */
function stillOpen(
	key: string,
	listed: Array<Answer<Group>>,
	{ subject }: Wanted,
): OpenRequest | undefined {
	const open = openRequests.get(key);
	if (!open) return undefined;
	const hasCome = listed.some(
		({ model }) => !open.present.has(model.id) && normal(model.subject ?? '') === normal(subject),
	);
	return hasCome || Date.now() - open.madeAt > longestOpenMs ? undefined : open;
}

function isOpen(api: Api, { requestId, madeAt }: OpenRequest) {
	const name = requestId === null ? 'whose answer was lost' : `with the ID ${requestId}`;
	return api.failure(
		'An earlier request for a group of this subject is still open',
		`Nothing was sent. The request ${name}, made at ${new Date(madeAt).toISOString()}, may still bring a group, which could not be told from the new one. Look with Group: Get Many, use another subject, or turn off 'Wait for Result'.`,
	);
}

interface Search {
	key: string;
	wanted: Wanted;
	requested: Requested;
	/** Ids of the groups that were there before. */
	present: ReadonlySet<string>;
	seconds: number;
}

/** The group, or that there will be none. */
async function wait(api: Api, lookup: Lookup, search: Search): Promise<Answer<Group> | GroupEvent> {
	const deadline = Date.now() + search.seconds * 1000;
	let isSecondLook = false;
	for (let pauseMs: number = pause.firstMs; ; pauseMs *= pause.growth) {
		const told = toldOf(search.requested.requestId);
		const refused = told.find(({ event }) => event === 'group.createFailed');
		if (refused) return refused;
		const created = told.find(({ event }) => event === 'group.created');
		const id = created?.group.id ?? search.requested.id;
		const listed = await listAll(api, lookup);
		const fitting = await fittingIn(api, lookup, listed, search, id);
		if (fitting.length > 1) {
			// They have come: nothing is open any more.
			openRequests.delete(search.key);
			throw severalFit(api, fitting.length);
		}
		const [group] = fitting;
		if (group && (isSecondLook || group.model.id === id)) return group;

		const leftMs = deadline - Date.now();
		if (leftMs <= 0 && !group) throw timeIsUp(api, listed, search);
		isSecondLook = group !== undefined;
		// Even when time is up, a group that was seen gets its second look.
		await api.sleep(isSecondLook ? secondLookMs : Math.min(pauseMs, pause.longestMs, leftMs));
	}
}

async function fittingIn(
	api: Api,
	lookup: Lookup,
	listed: Array<Answer<Group>>,
	{ present, requested, wanted }: Search,
	id: string | null,
): Promise<Array<Answer<Group>>> {
	if (id !== null) return listed.filter(({ model }) => model.id === id);
	const fresh = listed.filter(
		({ model: { id: listedId, subject } }) =>
			!present.has(listedId) &&
			normal(subject ?? '') === normal(wanted.subject) &&
			// A webhook may have told that it comes from another request.
			[undefined, requested.requestId].includes(requestOf(listedId)),
	);
	if (wanted.description === undefined && wanted.joinApprovalMode === undefined) return fresh;
	const details = await api.each(
		fresh,
		async ({ model }) => await lookup.get(api, { group: model.id }),
	);
	return fresh.filter((_, i) => isAsWanted(details[i].model, wanted));
}

/** What was not asked for may be anything; the provider has defaults. */
function isAsWanted({ description, joinApprovalMode }: Group, wanted: Wanted): boolean {
	const sameText =
		wanted.description === undefined || normal(description ?? '') === normal(wanted.description);
	const sameMode =
		wanted.joinApprovalMode === undefined ||
		joinApprovalMode === null ||
		joinApprovalMode === wanted.joinApprovalMode;
	return sameText && sameMode;
}

function severalFit(api: Api, count: number) {
	return api.failure(
		'More than one new group could be the one that was asked for',
		`${count} new groups have this subject, and the list does not say which request they come from. Use the event Group Created of the trigger, which has the request ID, or give each group a subject of its own.`,
	);
}

function timeIsUp(api: Api, listed: Array<Answer<Group>>, { present, seconds }: Search) {
	const others = listed.filter(({ model }) => !present.has(model.id)).length;
	return api.failure(
		"The group did not appear within 'Maximum Wait (Seconds)'",
		`After ${seconds} seconds the list held ${listed.length} groups, ${others} of them new but other ones. Look with Group: Get Many whether the group came later, and raise 'Maximum Wait (Seconds)'. If WhatsApp has refused to create it, only the webhook of the number says why.`,
	);
}

export function normal(text: string): string {
	return text.normalize().trim();
}

/** Whose run ends while it waits for its turn gives it up. */
async function inTurn<T>(api: Api, key: string, work: () => Promise<T>): Promise<T> {
	const before = turns.get(key);
	let isMyTurn = before === undefined;
	const turn = untilDone().then(work);
	// The next one waits for the one before as well, also when this one does not.
	const both = Promise.allSettled([before, turn]);
	turns.set(key, both);
	try {
		return await turn;
	} finally {
		void both.then(() => {
			if (turns.get(key) === both) turns.delete(key);
		});
	}

	async function untilDone(): Promise<void> {
		void before?.then(() => (isMyTurn = true));
		while (!isMyTurn) await api.sleep(turnPollMs);
	}
}

async function listAll(api: Api, { list }: Lookup): Promise<Array<Answer<Group>>> {
	const all: Array<Answer<Group>> = [];
	const seen = new Set<string>();
	let cursor: string | undefined;
	let emptyPages = 0;
	do {
		const page = await list(api, { limit: largestPage, cursor });
		all.push(...page.entries);
		emptyPages = page.entries.length === 0 ? emptyPages + 1 : 0;
		seen.add(cursor ?? '');
		cursor = page.next;
		// A cursor that comes again, or nothing again and again, would never end.
	} while (cursor !== undefined && !seen.has(cursor) && emptyPages < mostEmptyPages);
	return all;
}
