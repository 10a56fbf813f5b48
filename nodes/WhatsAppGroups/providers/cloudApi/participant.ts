import type { Participant, ParticipantResult } from '../../model';
import type { Api } from '../../transport/api';
import { failureIn, statusOf } from '../../transport/errors';
import { readAnswer } from './answer';
import { issueOf, toParticipants, toReason } from './readers';
import { reasonIn, toldOf } from '../../contract/told';
import type { OnGroup, OnParticipants, Page, Results, Waiting } from '../../contract/operations';
import { asList, asRecord, asText } from '../../transport/json';
import type { Json } from '../../transport/json';
import { poll } from './awaitChange';
import { product } from './product';
import type { Surface } from './surface';

/** Participants that one call takes (providers.md §2.2). */
const perCall = 8;

export async function listParticipants(
	at: Surface,
	api: Api,
	{ group }: OnGroup,
): Promise<Page<Participant>> {
	const response = await api.request({
		method: 'GET',
		path: at.group(group),
		qs: { fields: 'participants' },
	});
	const raw = readAnswer(api, response);
	// A group of nobody else may be answered without the list, but never without its ID.
	if (asText(raw.id) === null && !Array.isArray(raw.participants)) throw api.unreadable(response);
	return { entries: toParticipants(raw) };
}

/**
 * Longer lists take several calls, one after the other. The outcome comes by webhook, so that an
 * accepted participant is pending, unless it is waited for. When a later call fails, the earlier ones still count, and what
 * became of its own participants is told for each.
 */
export async function removeParticipants(
	at: Surface,
	api: Api,
	{ group, participants, waitSeconds }: OnParticipants & Waiting,
): Promise<Results<ParticipantResult>> {
	const isSeen = waitSeconds > 0 ? await membersOf(at, api, group) : undefined;
	const results = await removeChunk(at, api, group, participants.slice(0, perCall));
	for (let start = perCall; start < participants.length; start += perCall) {
		const chunk = participants.slice(start, start + perCall);
		const outcome = await removeChunk(at, api, group, chunk).catch((error: unknown) =>
			toLost(chunk, error),
		);
		results.push(...outcome);
	}
	if (isSeen) await awaitRemoval(at, api, group, results, { isSeen, seconds: waitSeconds });
	return results.map(({ model }) => ({ model }));
}

const unseen =
	'The group does not show this person, so that only a webhook tells what became of it.';

type IsMember = (participant: string) => boolean;

async function membersOf(at: Surface, api: Api, group: string): Promise<IsMember> {
	const { entries } = await listParticipants(at, api, { group });
	const members = entries.map(({ raw }) => asRecord(raw));
	return (participant) => members.some((entry) => isAbout(entry, participant));
}

/**
 * What is still open, by webhook or by who has gone from the group; when time is up it stays pending.
 * Of somebody whom the group has not shown before, or shows by another ID, that says nothing.
 */
async function awaitRemoval(
	at: Surface,
	api: Api,
	group: string,
	results: Removal[],
	{ isSeen, seconds }: { isSeen: IsMember; seconds: number },
): Promise<void> {
	const open = () => results.filter(({ model }) => model.status === 'pending');
	const look = async () => {
		for (const removal of open()) settle(removal);
		const visible = () => open().filter(({ model }) => isSeen(model.participant));
		if (visible().length > 0) {
			const isThere = await membersOf(at, api, group);
			for (const { model } of visible()) {
				if (!isThere(model.participant)) model.status = 'success';
			}
		}
		return open().length === 0 ? true : undefined;
	};
	// They are taken, so that a failure now must not have them removed again.
	const failure = await poll(api, seconds, look).then(() => undefined, failureIn);
	for (const { model } of open()) {
		if (failure) model.reason = `Whether it is done could not be read: ${failure.message}.`;
		else if (!isSeen(model.participant)) model.reason = unseen;
	}
}

/** By what a webhook has told of the request. */
function settle({ model, requestId }: Removal): void {
	for (const told of toldOf(requestId)) {
		const isNamed = told.participants?.some(({ id }) => isSame(id, model.participant)) === true;
		// A request that failed as a whole may name nobody.
		if (told.event === 'participant.removeFailed' && (isNamed || told.participants === null)) {
			model.status = 'failed';
			model.code = told.errors?.[0]?.code ?? null;
			model.reason = reasonIn(told);
		}
		if (told.event === 'participant.removed' && isNamed) model.status = 'success';
	}
}

/** A result with the id of the request that it comes from. */
type Removal = Results<ParticipantResult>[number] & { requestId: string | null };

async function removeChunk(
	at: Surface,
	api: Api,
	group: string,
	chunk: string[],
): Promise<Removal[]> {
	const response = await api.request({
		method: 'DELETE',
		path: `${at.group(group)}/participants`,
		body: { ...product, participants: chunk.map((user) => ({ user })) },
	});
	const answer = readAnswer(api, response);
	const requestId = asText(answer.request_id);
	return chunk.map((participant) => ({ ...toResult(participant, answer), requestId }));
}

/** The answer is unspecified (§8); should it tell the outcome, then with the webhook's keys (§4.5.2). */
function toResult(participant: string, answer: Json): Results<ParticipantResult>[number] {
	const entryIn = (list: unknown) =>
		asList(list)
			.map(asRecord)
			.find((entry) => isAbout(entry, participant));
	const known = { participant, phone: phoneOf(participant) };
	const failure = entryIn(answer.failed_participants);
	if (failure) {
		const why = toReason(issueOf(failure, answer));
		return { model: { ...known, status: 'failed', ...why } };
	}
	const status = entryIn(answer.removed_participants) ? 'success' : 'pending';
	return { model: { ...known, status, code: null, reason: null } };
}

/** Refused, or with an answer that was lost: then they may be removed all the same. */
function toLost(chunk: string[], error: unknown): Removal[] {
	const { message, description } = failureIn(error);
	const reason = [message, description].filter(Boolean).join('. ');
	const status = statusOf(error);
	return chunk.map((participant) => ({
		model: { participant, phone: phoneOf(participant), status, code: null, reason },
		requestId: null,
	}));
}

function isAbout(entry: Json, participant: string): boolean {
	return [entry.input, entry.user, entry.wa_id, entry.user_id].some((id) =>
		isSame(id, participant),
	);
}

function isSame(id: unknown, participant: string): boolean {
	return asText(id)?.replace(/^\+/, '') === participant.replace(/^\+/, '');
}

function phoneOf(participant: string): string | null {
	return participant.startsWith('+') ? participant.slice(1) : null;
}
