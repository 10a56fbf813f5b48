import type {
	Group,
	InviteLink,
	JoinApprovalMode,
	JoinRequest,
	JoinRequestResult,
	Participant,
	SentMessage,
} from '../../model';
import { toInviteLink } from '../inviteLink';
import type { Answer, Results } from '../../contract/operations';
import {
	asBoolean,
	asIsoTime,
	asList,
	asNumber,
	asRecord,
	asText,
	firstOf,
} from '../../transport/json';
import type { Json } from '../../transport/json';
import { cloudApiRows } from './errors';

/** All that can be asked of a group; without `fields` the answer holds its ID only (providers.md §2.2). */
export const groupFields =
	'subject,description,participants,join_approval_mode,suspended,creation_timestamp,total_participant_count';

/** From Get (all fields) or from the list (`id`, `subject`, `created_at`). */
export function toGroup(raw: Json): Group {
	return {
		id: asText(raw.id) ?? '',
		subject: asText(raw.subject),
		description: asText(raw.description),
		createdAt: firstOf(asIsoTime(raw.creation_timestamp), asIsoTime(raw.created_at)),
		owner: null,
		participantCount: asNumber(raw.total_participant_count),
		participants: Array.isArray(raw.participants)
			? toParticipants(raw).map(({ model }) => model)
			: null,
		joinApprovalMode: toJoinApprovalMode(raw.join_approval_mode),
		suspended: asBoolean(raw.suspended),
		settings: null,
	};
}

export function toParticipants(raw: Json): Array<Answer<Participant>> {
	return asList(raw.participants)
		.map(asRecord)
		.map((entry) => ({ model: { ...toPerson(entry), role: null }, raw: entry }));
}

/** The phone number is absent where somebody took a username (§4.5.7). */
export function toPerson(entry: Json): { id: string; phone: string | null } {
	const phone = asText(entry.wa_id);
	return { id: firstOf(phone, asText(entry.user_id)) ?? '', phone };
}

/** One document has a boolean where the others have the two words (§6.3). */
export function toJoinApprovalMode(value: unknown): JoinApprovalMode | null {
	if (value === 'approval_required' || asBoolean(value) === true) return 'approvalRequired';
	if (value === 'auto_approve' || asBoolean(value) === false) return 'autoApprove';
	return null;
}

export function toProviderMode(mode?: JoinApprovalMode): string | undefined {
	if (mode === undefined) return undefined;
	return mode === 'approvalRequired' ? 'approval_required' : 'auto_approve';
}

/**
 * The cursor of the next page. `paging.next` tells only whether there is one: at 360dialog it points
 * to graph.facebook.com, where the key does not belong (§6.12).
 */
export function nextCursor(answer: Json): string | undefined {
	const paging = asRecord(answer.paging);
	const after = asText(asRecord(paging.cursors).after);
	return asText(paging.next) === null ? undefined : (after ?? undefined);
}

/** `data` holds the groups below `groups`, unlike join requests; nothing where there is no list. */
export function toGroupList({ data }: Json): Array<Answer<Group>> | undefined {
	const { groups } = asRecord(data);
	if (!Array.isArray(groups)) return undefined;
	return groups.map(asRecord).map((raw) => ({ model: toGroup(raw), raw }));
}

/** `data` is the list itself; nothing where there is none. */
export function toJoinRequestList({ data }: Json): Array<Answer<JoinRequest>> | undefined {
	if (!Array.isArray(data)) return undefined;
	return data.map(asRecord).map((raw) => ({
		model: {
			joinRequest: asText(raw.join_request_id) ?? '',
			...toPerson(raw),
			requestedAt: asIsoTime(raw.creation_timestamp),
		},
		raw,
	}));
}

/**
 * What became of each request; nothing where the answer has neither list. Of a request that is in none
 * of them nothing is known.
 */
export function toJoinRequestResults(
	answer: Json,
	decided: 'approved' | 'rejected',
	joinRequests: readonly string[],
): Results<JoinRequestResult> | undefined {
	const done = answer[`${decided}_join_requests`];
	const failed = answer.failed_join_requests;
	if (!Array.isArray(done) && !Array.isArray(failed)) return undefined;

	const doneIds = new Set(asList(done).map(asText));
	const failures = asList(failed).map(asRecord);
	return joinRequests.map((joinRequest) => {
		if (doneIds.has(joinRequest)) {
			return { model: { joinRequest, status: 'success', code: null, reason: null } };
		}
		const entry = failures.find((failure) => asText(failure.join_request_id) === joinRequest);
		const why = entry
			? toReason(issueOf(entry, answer))
			: {
					code: null,
					reason:
						'WhatsApp did not say what became of this request. Look with Join Request: Get Many whether it is still open.',
				};
		const status = entry ? 'failed' : 'unknown';
		return { model: { joinRequest, status, ...why }, raw: entry };
	});
}

/** Why one entry failed; entries without `errors` of their own share those of the answer (§4.5.2). */
export function issueOf(entry: Json, answer: Json): Json {
	const [issue] = [...asList(entry.errors), ...asList(answer.errors)];
	return asRecord(issue);
}

/** A code with what it means; WhatsApp's own words where the table has no row. */
export function toReason(issue: Json): { code: number | null; reason: string } {
	const code = asNumber(issue.code);
	const row = cloudApiRows[String(code)];
	const words = firstOf(asText(asRecord(issue.error_data).details), asText(issue.message));
	const reason = row ? `${row.message}. ${row.description}` : words;
	return { code, reason: reason ?? 'WhatsApp gave no reason.' };
}

export function toLink(raw: Json): Answer<InviteLink> | undefined {
	const link = asText(raw.invite_link);
	return link === null ? undefined : { model: toInviteLink(link) };
}

export function toSentMessage(raw: Json): Answer<SentMessage> | undefined {
	const id = asText(asRecord(asList(raw.messages)[0]).id);
	return id === null ? undefined : { model: { id, sentAt: null }, raw };
}
