import type { Participant, ParticipantResult } from '../../model';
import type { Api } from '../../transport/api';
import { path } from '../../transport/connection';
import { failureIn, statusOf } from '../../transport/errors';
import { readAnswer } from '../cloudApi/answer';
import { issueOf, toParticipants, toReason } from '../cloudApi/readers';
import type { OnGroup, OnParticipants, Page, Results } from '../../contract/operations';
import { asList, asRecord, asText } from '../../transport/json';
import type { Json } from '../../transport/json';
import { product } from './product';

/** Participants that one call takes (providers.md §2.2). */
const perCall = 8;

export async function listParticipants(api: Api, { group }: OnGroup): Promise<Page<Participant>> {
	const response = await api.request({
		method: 'GET',
		path: path`/groups/${group}`,
		qs: { fields: 'participants' },
	});
	const raw = readAnswer(api, response);
	// A group of nobody else may be answered without the list, but never without its ID.
	if (asText(raw.id) === null && !Array.isArray(raw.participants)) throw api.unreadable(response);
	return { entries: toParticipants(raw) };
}

/**
 * Longer lists take several calls, one after the other. The outcome comes by webhook, so that an
 * accepted participant is pending. When a later call fails, the earlier ones still count, and what
 * became of its own participants is told for each.
 */
export async function removeParticipants(
	api: Api,
	{ group, participants }: OnParticipants,
): Promise<Results<ParticipantResult>> {
	const results = await removeChunk(api, group, participants.slice(0, perCall));
	for (let start = perCall; start < participants.length; start += perCall) {
		const chunk = participants.slice(start, start + perCall);
		const outcome = await removeChunk(api, group, chunk).catch((error: unknown) =>
			toLost(chunk, error),
		);
		results.push(...outcome);
	}
	return results;
}

async function removeChunk(
	api: Api,
	group: string,
	chunk: string[],
): Promise<Results<ParticipantResult>> {
	const response = await api.request({
		method: 'DELETE',
		path: path`/groups/${group}/participants`,
		body: { ...product, participants: chunk.map((user) => ({ user })) },
	});
	const answer = readAnswer(api, response);
	return chunk.map((participant) => toResult(participant, answer));
}

/** The answer is unspecified (§8); should it tell the outcome, then with the webhook's keys (§4.5.2). */
function toResult(participant: string, answer: Json): Results<ParticipantResult>[number] {
	const entryIn = (list: unknown) =>
		asList(list)
			.map(asRecord)
			.find((entry) =>
				[entry.input, entry.user, entry.wa_id].some((id) => isSame(id, participant)),
			);
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
function toLost(chunk: string[], error: unknown): Results<ParticipantResult> {
	const { message, description } = failureIn(error);
	const reason = [message, description].filter(Boolean).join('. ');
	const status = statusOf(error);
	return chunk.map((participant) => ({
		model: { participant, phone: phoneOf(participant), status, code: null, reason },
	}));
}

function isSame(id: unknown, participant: string): boolean {
	return asText(id)?.replace(/^\+/, '') === participant.replace(/^\+/, '');
}

function phoneOf(participant: string): string | null {
	return participant.startsWith('+') ? participant.slice(1) : null;
}
