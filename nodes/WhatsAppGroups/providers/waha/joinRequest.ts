import type { JoinRequest, JoinRequestResult } from '../../model';
import type { Api } from '../../transport/api';
import type { Answer, OnGroup, OnJoinRequests, Page, Results } from '../../contract/operations';
import { asBoolean, asRecord, asText, firstOf } from '../../transport/json';
import { readAddress } from '../../values/address';
import { refusalIn } from '../../values/invalidInput';
import { checkDone, readList } from './answer';
import { groupPath } from './group';
import { participantId, phoneOf } from './ids';
import { toResults } from './readResults';
import { since } from './since';
import { idsOf, resultsFor } from './targets';
import type { Target } from './targets';
import { timeOf } from './time';

const need = {
	needing: 'Join requests need',
	since: '2026.8.2',
	engines: 'WEBJS, WPP, NOWEB and GOWS',
};

/** A request has no id but that of who asks. Only NOWEB tells the number (providers.md §3.12). */
export async function listJoinRequests(api: Api, { group }: OnGroup): Promise<Page<JoinRequest>> {
	return await since(api, need, async () => {
		const response = await api.request({ method: 'GET', path: pathOf(api, group) });
		const entries = readList(api, response).map((raw): Answer<JoinRequest> => {
			const id = asText(raw.requesterId);
			if (id === null) throw api.unreadable(response);
			const phone = firstOf(phoneOf(asText(raw.requesterPn)), phoneOf(id));
			return { model: { joinRequest: id, id, phone, requestedAt: timeOf(raw.timestamp) }, raw };
		});
		return { entries };
	});
}

export async function approveJoinRequests(
	api: Api,
	input: OnJoinRequests,
): Promise<Results<JoinRequestResult>> {
	return await decide(api, 'approve', input);
}

export async function rejectJoinRequests(
	api: Api,
	input: OnJoinRequests,
): Promise<Results<JoinRequestResult>> {
	return await decide(api, 'reject', input);
}

async function decide(
	api: Api,
	decision: 'approve' | 'reject',
	{ group, joinRequests }: OnJoinRequests,
): Promise<Results<JoinRequestResult>> {
	const targets = new Map(joinRequests.map((given) => [given, toTarget(given)]));
	const ids = idsOf(targets);
	const answer = ids.length === 0 ? [] : await send(api, `${pathOf(api, group)}/${decision}`, ids);
	return resultsFor(targets, toResults(answer, ids, reasons)).map(({ model, raw }) => {
		const { participant: joinRequest, status, code, reason } = model;
		return { model: { joinRequest, status, code, reason }, raw };
	});
}

async function send(api: Api, path: string, ids: readonly string[]): Promise<unknown> {
	return await since(api, need, async () => {
		const response = await api.request({
			method: 'POST',
			path,
			body: { participants: ids.map((id) => ({ id })) },
			acceptText: true,
		});
		checkDone(api, response);
		const { body } = response;
		// An entry that does not say how it ended proves nothing.
		const says = (entry: unknown) => asBoolean(asRecord(entry).success) !== null;
		return Array.isArray(body) ? body.filter(says) : body;
	});
}

function toTarget(given: string): Target {
	try {
		return { id: participantId(readAddress(given)) };
	} catch (error) {
		refusalIn(error);
		const reason =
			'This is no ID of a request at WAHA: use the one that Join Request: Get Many gives.';
		return { code: null, reason };
	}
}

function pathOf(api: Api, group: string): string {
	return `${groupPath(api, group)}/participants/join-requests`;
}

/** What WhatsApp's codes for one request mean. */
const reasons: Readonly<Record<number, string>> = {
	401: 'WhatsApp does not allow this to the number of the session: make it an admin of the group.',
	403: 'WhatsApp does not allow this to the number of the session: make it an admin of the group.',
	404: 'There is no such open request: it may be decided or taken back already. Look with Join Request: Get Many.',
	409: 'The person is in the group already: there is nothing to do.',
	419: 'The group is full: remove somebody first.',
};
