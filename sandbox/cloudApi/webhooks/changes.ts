import { metaIssue } from '../errors';
import type { CloudHappening } from '../happenings';
import { keysOf } from '../keys';
import type { Person } from '../model';
import { timestampOf, type Change, type Happened } from './change';
import { messageChange, statusChange, userIdChange } from './messages';
import type { Variants } from './variants';

/** What Meta tells of a happening, if anything (providers.md §4.5). */
export function toChange(happening: CloudHappening, variants: Variants): Change | undefined {
	switch (happening.type) {
		case 'groupCreated':
		case 'groupCreateFailed':
		case 'groupDeleted':
		case 'groupDeleteFailed':
			return lifecycleChange(happening, variants);
		case 'participantJoined':
			return additionChange(happening, [happening.person], variants);
		case 'joinRequestsApproved': {
			const people = happening.requests.map(({ person }) => person);
			return additionChange(happening, people, variants);
		}
		case 'joinRequestCreated':
		case 'joinRequestRevoked':
			return joinRequestChange(happening, variants);
		case 'participantLeft': {
			const removed = { removed_participants: [keysOf(happening.person)] };
			return removalChange(happening, 'participant', removed, variants);
		}
		case 'participantsRemoved':
			return removalChange(happening, 'business', outcomesOf(happening, variants), variants);
		case 'settingsUpdated':
			return settingsChange(happening, variants);
		case 'groupSuspended':
		case 'groupUnsuspended':
			return groupChange('group_status_update', happening, variants, {
				type: happening.type === 'groupSuspended' ? 'group_suspend' : 'group_suspend_cleared',
				group_id: happening.group.id,
			});
		case 'messageReceived':
			return messageChange(happening, variants);
		case 'userIdChanged':
			return userIdChange(happening, variants);
		case 'messageSent':
		case 'messageStatus':
			return statusChange(happening, variants);
		// Assumed: a link that was reset and requests that were rejected are not told (providers.md §4.5).
		case 'inviteLinkReset':
		case 'joinRequestsRejected':
			return undefined;
	}
}

function groupChange(
	field: string,
	happening: CloudHappening,
	variants: Variants,
	group: Record<string, unknown>,
	beside: Record<string, unknown> = {},
): Change {
	const timestamp = timestampOf(happening, variants);
	return { field, value: { groups: [{ timestamp, ...group }], ...beside } };
}

function lifecycleChange(
	happening: Happened<'groupCreated' | 'groupCreateFailed' | 'groupDeleted' | 'groupDeleteFailed'>,
	variants: Variants,
): Change {
	const tell = (group: Record<string, unknown>) =>
		groupChange('group_lifecycle_update', happening, variants, {
			...group,
			request_id: happening.requestId,
		});
	if (happening.type === 'groupDeleted') {
		return tell({ group_id: happening.group.id, type: 'group_delete' });
	}
	if (happening.type === 'groupDeleteFailed') {
		const { errors, group } = happening;
		return tell({ group_id: group.id, type: 'group_delete', errors });
	}
	if (happening.type === 'groupCreateFailed') {
		const { groupId: group_id, subject, description, errors } = happening;
		return tell({ type: 'group_create', subject, description, group_id, errors });
	}
	const { group } = happening;
	return tell({
		group_id: group.id,
		type: 'group_create',
		subject: group.subject,
		description: group.description,
		invite_link: group.inviteLink,
		join_approval_mode: group.joinApprovalMode,
	});
}

/** By the link at once, or several approved together. */
function additionChange(
	happening: Happened<'participantJoined' | 'joinRequestsApproved'>,
	people: Person[],
	variants: Variants,
): Change {
	return groupChange(variants.participantsField, happening, variants, {
		group_id: happening.group.id,
		type: documented(variants) ? 'group_participants_add' : 'group_add_participants',
		reason: 'invite_link',
		added_participants: people.map((person) => ({
			// Assumed: a number that is not shared does not stand in `input` either (providers.md §4.5.7).
			input: person.username === undefined ? person.waId : person.userId,
			...keysOf(person),
		})),
	});
}

function joinRequestChange(
	happening: Happened<'joinRequestCreated' | 'joinRequestRevoked'>,
	variants: Variants,
): Change {
	const isNew = happening.type === 'joinRequestCreated';
	return groupChange(variants.participantsField, happening, variants, {
		group_id: happening.group.id,
		type: isNew ? 'group_join_request_created' : 'group_join_request_revoked',
		reason: 'invite_link',
		join_request_id: happening.request.id,
		...keysOf(happening.request.person),
	});
}

function removalChange(
	happening: Happened<'participantLeft' | 'participantsRemoved'>,
	initiator: 'participant' | 'business',
	people: Record<string, unknown>,
	variants: Variants,
): Change {
	const by = { initiated_by: initiator };
	return groupChange(
		variants.participantsField,
		happening,
		variants,
		{
			group_id: happening.group.id,
			type: documented(variants) ? 'group_participants_remove' : 'group_remove_participants',
			...('requestId' in happening && { request_id: happening.requestId }),
			...(variants.initiatedBy === 'inside' && by),
			...people,
		},
		variants.initiatedBy === 'outside' ? by : {},
	);
}

const SOME_REMAIN = {
	code: 131201,
	title: 'Not All Participants Remove Succeeded',
	message: 'Failed to remove some participants from the group',
	error_data: { details: 'See failed_participants' },
};

/** Who was removed and who could not be, each kind only if there is any. */
function outcomesOf({ failed, removed }: Happened<'participantsRemoved'>, variants: Variants) {
	const withErrors = variants.removalErrors === 'each';
	return {
		...(removed.length > 0 && { removed_participants: removed.map((input) => ({ input })) }),
		...(failed.length > 0 && {
			failed_participants: failed.map(({ input, issue }) => ({
				input,
				...(withErrors && { errors: [issue] }),
			})),
			errors: removed.length > 0 ? [SOME_REMAIN] : [failed[0].issue],
		}),
	};
}

function settingsChange(happening: Happened<'settingsUpdated'>, variants: Variants): Change {
	const { change, group, issues, requestId } = happening;
	const { subject, description, picture } = change;
	const isFlat = variants.settings === 'flat';
	const outcome = (part: keyof typeof issues) => ({
		update_successful: issues[part] === undefined,
		...(issues[part] && { errors: [issues[part]] }),
	});
	return groupChange('group_settings_update', happening, variants, {
		group_id: group.id,
		type: 'group_settings_update',
		request_id: requestId,
		...(subject !== null &&
			(isFlat ? { subject } : { group_subject: { text: subject, ...outcome('subject') } })),
		...(description !== null &&
			(isFlat
				? { description }
				: { group_description: { text: description, ...outcome('description') } })),
		...(picture && {
			profile_picture: {
				mime_type: picture.mimeType,
				...(!isFlat && outcome('picture')),
				sha256: picture.sha256,
			},
		}),
		...errorsOf(happening),
	});
}

/** Assumed: 131201 when only some of it failed, as in the sample, and the one reason when all did [I]. */
function errorsOf({ change, issues }: Happened<'settingsUpdated'>) {
	const [issue, ...others] = Object.values(issues);
	if (issue === undefined) return {};
	const asked = Object.values(change).filter((part) => part !== null);
	return { errors: [asked.length > others.length + 1 ? metaIssue(131201) : issue] };
}

const documented = ({ participantsTypes }: Variants) => participantsTypes === 'documents';
