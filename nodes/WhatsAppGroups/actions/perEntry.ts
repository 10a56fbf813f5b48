import { NodeApiError } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';
import type { Operations, Results } from '../contract/operations';
import type { JoinRequestResult, ParticipantResult, ResultStatus } from '../model';
import type { Api } from '../transport/api';
import { personKeys, readAddress } from '../values/address';
import type { Entry } from '../values/list';
import { isMissing, readable } from '../values/values';
import { failOnPartialFailureOption, joinRequestsField, participantsField } from './fields';
import type { Item } from './item';
import { defineOperation } from './operation';
import type { Operation } from './operation';
import type { Output } from './output';

/** What the operations of this shape act on, entry by entry. */
interface Kind {
	/** Name of the parameter, and of what the provider's function takes. */
	parameter: 'participants' | 'joinRequests';
	/** Name of the entry in the output. */
	entry: 'participant' | 'joinRequest';
	advice: string;
	read: (item: Item) => Entry[];
}

const participants: Kind = {
	parameter: 'participants',
	entry: 'participant',
	advice: 'Enter at least one phone number with country code, e.g. +44 7700 900123.',
	read: (item) => item.values.list('participants', personKeys, participantReader(item)),
};

const joinRequests: Kind = {
	parameter: 'joinRequests',
	entry: 'joinRequest',
	advice: 'Enter at least one ID, as Join Request: Get Many puts them out.',
	read: (item) =>
		item.values.list('joinRequests', ['joinRequest', 'join_request_id', 'requesterId'], (id) => id),
};

/** Reads a person as the provider writes them. */
export function participantReader({ provider }: Item): (text: string) => string {
	return (text) => provider.participantId(readAddress(text));
}

type ParticipantKey = 'inviteLink.send' | `participant.${'add' | 'demote' | 'promote' | 'remove'}`;
type JoinRequestKey = `joinRequest.${'approve' | 'reject'}`;

interface PerEntry<K extends ParticipantKey | JoinRequestKey> extends Pick<
	Operation<K>,
	'key' | 'name' | 'action' | 'description'
> {
	ifUnknown: string;
	/** Fields after the entries. */
	fields?: INodeProperties[];
	/** Own options, beside those of every operation of this shape. */
	options?: INodeProperties[];
	/** What the call takes beside group and entries. */
	input?: (item: Item) => Omit<Parameters<Operations[K]>[1], 'group' | 'participants'>;
}

export function defineForParticipants<K extends ParticipantKey>({
	fields = [],
	options = [],
	input,
	...operation
}: PerEntry<K>): Operation {
	return defineOperation<ParticipantKey>({
		...operation,
		onGroup: true,
		simplify: true,
		fields: [participantsField, ...fields],
		options: [failOnPartialFailureOption, ...options],
		run: async (item, call) => await runForEach(item, participants, call, input?.(item)),
	});
}

export function defineForJoinRequests(operation: PerEntry<JoinRequestKey>): Operation {
	return defineOperation<JoinRequestKey>({
		...operation,
		onGroup: true,
		simplify: true,
		fields: [joinRequestsField],
		options: [failOnPartialFailureOption],
		run: async (item, call) => await runForEach(item, joinRequests, call),
	});
}

type Result = JoinRequestResult | ParticipantResult;
/** Takes the group, the entries, and what the operation adds. */
type Call = (api: Api, input: never) => Promise<Results<Result>>;

/**
 * One item per entry, in the order given. Entries that cannot be read are failed ones, and the others
 * are done; with Fail on Partial Failure everything is refused before anything is sent.
 */
async function runForEach(
	item: Item,
	kind: Kind,
	call: Call,
	more: object = {},
): Promise<Output[]> {
	const group = item.group();
	const entries = kind.read(item);
	const field = item.values.field(kind.parameter);
	if (entries.length === 0) throw isMissing(field, kind.advice);
	const mustAllSucceed = item.values.collection('options').flag('failOnPartialFailure', false);
	if (mustAllSucceed) readable(field.label, entries);

	const ids = entries.flatMap(({ id }) => id ?? []);
	const answers =
		ids.length === 0
			? []
			: await call(item.api, { group, [kind.parameter]: ids, ...more } as never);
	const results = inOrder(entries, answers, kind);
	if (mustAllSucceed) failOnPartialFailure(item, results, kind);
	return results.map(({ model, raw }) => {
		const entry = { groupId: group, [kind.entry]: nameOf(model, kind) };
		const reason = model.reason === null ? null : item.api.hide(model.reason);
		return item.render({ model: { ...model, reason }, raw }, entry);
	});
}

/** The answers come in the order of the ids; between them belong the entries that could not be read. */
function inOrder(
	entries: readonly Entry[],
	answers: Results<Result>,
	{ entry: name }: Kind,
): Results<Result> {
	let next = 0;
	return entries.map(({ id, given, problem }) => {
		if (id !== undefined) return answers[next++];
		const known = { [name]: typeof given === 'string' ? given : (JSON.stringify(given) ?? null) };
		const phone = name === 'participant' ? { phone: null } : {};
		const failed = { status: 'failed' as const, code: null, reason: problem ?? null };
		return { model: { ...known, ...phone, ...failed } as unknown as Result };
	});
}

function nameOf(model: Result, { entry }: Kind): string {
	return (model as unknown as Record<string, string>)[entry];
}

const words: Readonly<Record<ResultStatus, string>> = {
	failed: 'failed',
	unknown: 'unknown',
	pending: 'pending',
	success: 'done',
};

function failOnPartialFailure(item: Item, results: Results<Result>, kind: Kind): void {
	const bad = results.filter(
		({ model: { status } }) => status === 'failed' || status === 'unknown',
	);
	if (bad.length === 0) return;
	const counts = (Object.keys(words) as ResultStatus[])
		.map((status) => ({
			word: words[status],
			count: results.filter(({ model }) => model.status === status).length,
		}))
		.filter(({ count }) => count > 0)
		.map(({ word, count }) => `${count} ${word}`);
	const lines = bad.map(({ model }) => {
		const reason = model.reason?.replace(/[.\s]+$/, '') ?? 'no reason given';
		return `${nameOf(model, kind)}: ${reason}`;
	});
	const error = new NodeApiError(
		item.context.getNode(),
		{},
		{
			message:
				results.length === 1
					? 'The only entry ' +
						(bad[0].model.status === 'failed' ? 'failed' : 'has an unknown outcome')
					: `Of ${results.length} entries ${counts.join(', ')}`,
			description: `${item.api.hide(lines.join('; '))}. Turn off 'Fail on Partial Failure' under Options to get one item per entry instead.`,
			itemIndex: item.index,
		},
	);
	error.context.status = results.some(({ model }) => model.status === 'unknown')
		? 'unknown'
		: 'failed';
	throw error;
}
