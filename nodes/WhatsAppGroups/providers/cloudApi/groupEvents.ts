import type { GroupEvent } from '../../model';
import { fingerprint } from '../../contract/delivery';
import { groupEvent, knownPart } from '../../contract/events';
import { asIsoTime, asList, asRecord, asText, firstOf } from '../../transport/json';
import type { Json } from '../../transport/json';
import { hasErrors, issuesOf, toActor, toParticipants } from './person';
import { toJoinApprovalMode } from './readers';
import type { Tell } from './tell';
import { readUpdates } from './updateEvents';

type Reader = (group: Json, tell: Tell, beside: Json) => GroupEvent[];

/** By `type`; the documents write group_participants_add, the OpenAPI group_add_participants (§8). */
const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
	['group_create', readCreation],
	['group_delete', readDeletion],
	['group_suspend', (_, tell) => [tell('group.suspended')]],
	['group_suspend_cleared', (_, tell) => [tell('group.unsuspended')]],
	['group_settings_update', readUpdates],
	['group_join_request_created', (group, tell) => readRequest(group, tell, 'created')],
	['group_join_request_revoked', (group, tell) => readRequest(group, tell, 'revoked')],
	['group_participants_add', readAdditions],
	['group_add_participants', readAdditions],
	['group_participants_remove', readRemovals],
	['group_remove_participants', readRemovals],
]);

/** The events of one element of `groups[]`; `beside` is what stands around it. */
export function readGroupEvents(group: Json, beside: Json): GroupEvent[] {
	const id = asText(group.group_id);
	if (id === null) return [];
	const known = {
		group: { id, subject: asText(group.subject) },
		requestId: asText(group.request_id),
		timestamp: asIsoTime(group.timestamp),
		errors: issuesOf(group),
	};
	const tell: Tell = (event, more = {}) =>
		groupEvent({
			...known,
			...more,
			event,
			// None has an id of its own: two are one only where nothing in them differs.
			deliveryId: fingerprint(event, group, beside),
		});
	return readers.get(typeOf(group))?.(group, tell, beside) ?? [];
}

/** In the plural. A sample of the OpenAPI calls a removal `group_create`: who was removed is right. */
function typeOf({ type, removed_participants: removed }: Json): string {
	if (asList(removed).length > 0) return 'group_participants_remove';
	return (asText(type) ?? '').replace(/participant(?!s)/, 'participants');
}

function readCreation(group: Json, tell: Tell): GroupEvent[] {
	if (hasErrors(group)) return [tell('group.createFailed', { changes: aboutGroup(group) })];
	const added = toParticipants(group.added_participants);
	const participants = added.length > 0 ? added : null;
	return [tell('group.created', { changes: aboutGroup(group), participants })];
}

function aboutGroup({ invite_link: link, join_approval_mode: mode, description }: Json) {
	return knownPart({
		inviteLink: asText(link),
		joinApprovalMode: toJoinApprovalMode(mode),
		description: asText(description),
	});
}

function readDeletion(group: Json, tell: Tell): GroupEvent[] {
	return [tell(hasErrors(group) ? 'group.deleteFailed' : 'group.deleted')];
}

function readRequest(group: Json, tell: Tell, what: 'created' | 'revoked'): GroupEvent[] {
	const joinRequest = asText(group.join_request_id);
	const actor = toActor(group);
	const changes = knownPart({ reason: asText(group.reason) });
	if (joinRequest === null && actor === null) return [];
	return [tell(`joinRequest.${what}`, { joinRequest, actor, changes })];
}

function readAdditions(group: Json, tell: Tell): GroupEvent[] {
	const participants = toParticipants(group.added_participants);
	if (participants.length === 0) return [];
	const changes = knownPart({ reason: asText(group.reason) });
	return [tell('participant.joined', { participants, changes })];
}

/** People who left, who were removed, and who could not be (§4.5.2). */
function readRemovals(group: Json, tell: Tell, beside: Json): GroupEvent[] {
	const failures = asList(group.failed_participants).map(asRecord);
	const removed = toParticipants(group.removed_participants);
	const failed = toParticipants(failures);
	const errors = failures.flatMap((entry) => issuesOf(entry) ?? []);
	const done = hasLeft(group, beside) ? 'participant.left' : 'participant.removed';
	return [
		...(removed.length > 0 ? [tell(done, { participants: removed, errors: null })] : []),
		...(failed.length > 0 || (removed.length === 0 && hasErrors(group))
			? [
					tell('participant.removeFailed', {
						participants: failed.length > 0 ? failed : null,
						errors: errors.length > 0 ? errors : issuesOf(group),
					}),
				]
			: []),
	];
}

/** The samples print `initiated_by` beside the group, inside it, or not at all (§6.5). */
function hasLeft(group: Json, beside: Json): boolean {
	const initiator = firstOf(asText(group.initiated_by), asText(beside.initiated_by));
	if (initiator === 'participant' || initiator === 'business') return initiator === 'participant';
	return asList(group.removed_participants).every((entry) => asRecord(entry).input === undefined);
}
