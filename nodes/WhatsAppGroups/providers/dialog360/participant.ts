import type { Participant, ParticipantResult } from '../../model';
import type { Api } from '../../transport/api';
import { path } from '../../transport/connection';
import { groupFields, toParticipants, toReason } from '../cloudApi/readers';
import type { OnGroup, OnParticipants, Page, Results } from '../provider';
import { asList, asRecord } from '../read';
import type { Json } from '../read';
import { product } from './group';

/** Participants that one call takes (providers.md §2.2). */
const perCall = 8;

export async function listParticipants(api: Api, { group }: OnGroup): Promise<Page<Participant>> {
	const { body } = await api.request({
		method: 'GET',
		path: path`/groups/${group}`,
		qs: { fields: groupFields },
	});
	return { entries: toParticipants(asRecord(body)) };
}

/**
 * Longer lists take several calls, one after the other. The outcome comes by webhook, so that an
 * accepted participant is pending; when a later call is refused, the earlier ones still count.
 */
export async function removeParticipants(
	api: Api,
	{ group, participants }: OnParticipants,
): Promise<Results<ParticipantResult>> {
	const results = await removeChunk(api, group, participants.slice(0, perCall));
	for (let start = perCall; start < participants.length; start += perCall) {
		const chunk = participants.slice(start, start + perCall);
		const outcome = await removeChunk(api, group, chunk).catch((error: unknown) =>
			chunk.map((participant) => refused(participant, error)),
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
	const { body } = await api.request({
		method: 'DELETE',
		path: path`/groups/${group}/participants`,
		body: { ...product, participants: chunk.map((user) => ({ user })) },
	});
	const failed = asList(asRecord(body).failed_participants).map(asRecord);
	return chunk.map((participant) => toResult(participant, failed));
}

function toResult(participant: string, failed: Json[]): Results<ParticipantResult>[number] {
	const entry = failed.find(({ input, user }) => input === participant || user === participant);
	const known = { participant, phone: phoneOf(participant) };
	if (!entry) return { model: { ...known, status: 'pending', code: null, reason: null } };
	const [issue = {}] = asList(entry.errors).map(asRecord);
	return { model: { ...known, status: 'failed', ...toReason(issue) }, raw: entry };
}

function refused(participant: string, error: unknown): Results<ParticipantResult>[number] {
	const { message, description } = error as Error & { description?: string };
	const reason = [message, description].filter(Boolean).join('. ');
	const model = { participant, phone: phoneOf(participant), code: null, reason };
	return { model: { ...model, status: 'failed' } };
}

function phoneOf(participant: string): string | null {
	return participant.startsWith('+') ? participant.slice(1) : null;
}
