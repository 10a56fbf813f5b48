import type {
	Group,
	InviteLink,
	JoinApprovalMode,
	JoinRequest,
	JoinRequestResult,
	Participant,
	SentMessage,
} from '../../model';
import type { ApiResponse } from '../../transport/response';
import { toInviteLink } from '../inviteLink';
import type { Answer, Results } from '../provider';
import { asBoolean, asIsoTime, asList, asNumber, asRecord, asText, firstOf } from '../read';
import type { Json } from '../read';
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
function toJoinApprovalMode(value: unknown): JoinApprovalMode | null {
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
export function nextCursor(body: unknown): string | undefined {
	const paging = asRecord(asRecord(body).paging);
	const after = asText(asRecord(paging.cursors).after);
	return asText(paging.next) === null ? undefined : (after ?? undefined);
}

/** `data` holds the groups below `groups`, unlike join requests, where it is the list itself. */
export function toGroupList(body: unknown): Array<Answer<Group>> {
	return asList(asRecord(asRecord(body).data).groups)
		.map(asRecord)
		.map((raw) => ({ model: toGroup(raw), raw }));
}

export function toJoinRequestList(body: unknown): Array<Answer<JoinRequest>> {
	return asList(asRecord(body).data)
		.map(asRecord)
		.map((raw) => ({
			model: {
				joinRequest: asText(raw.join_request_id) ?? '',
				...toPerson(raw),
				requestedAt: asIsoTime(raw.creation_timestamp),
			},
			raw,
		}));
}

/**
 * What became of each request. One that the answer does not mention counts as failed, since nothing
 * says that it was decided.
 */
export function toJoinRequestResults(
	response: ApiResponse,
	decided: 'approved' | 'rejected',
	joinRequests: readonly string[],
): Results<JoinRequestResult> {
	const body = asRecord(response.body);
	const done = new Set(asList(body[`${decided}_join_requests`]).map(asText));
	const failed = asList(body.failed_join_requests).map(asRecord);
	return joinRequests.map((joinRequest) => {
		if (done.has(joinRequest)) {
			return { model: { joinRequest, status: 'success', code: null, reason: null } };
		}
		const entry = failed.find((candidate) => candidate.join_request_id === joinRequest);
		const issues = asList(entry?.errors ?? body.errors).map(asRecord);
		return { model: { joinRequest, status: 'failed', ...toReason(issues[0] ?? {}) }, raw: entry };
	});
}

/** A code with what it means; WhatsApp's own words where the table has no row. */
export function toReason(issue: Json): { code: number | null; reason: string } {
	const code = asNumber(issue.code);
	const row = cloudApiRows[String(code)];
	const words = firstOf(asText(asRecord(issue.error_data).details), asText(issue.message));
	const reason = row ? `${row.message}. ${row.description}` : words;
	return { code, reason: reason ?? 'WhatsApp gave no reason.' };
}

export function toLink(response: ApiResponse): Answer<InviteLink> | undefined {
	const raw = asRecord(response.body);
	const link = asText(raw.invite_link);
	return link === null ? undefined : { model: toInviteLink(link), raw };
}

export function toSentMessage(response: ApiResponse): Answer<SentMessage> | undefined {
	const raw = asRecord(response.body);
	const id = asText(asRecord(asList(raw.messages)[0]).id);
	return id === null ? undefined : { model: { id, sentAt: null }, raw };
}
