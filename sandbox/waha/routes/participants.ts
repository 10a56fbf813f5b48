import type { Router } from 'express';
import { z } from 'zod';
import type { MemberAction, Outcome } from '../groups';
import { knownPhoneId, lidId, phoneId, type ParticipantId } from '../ids';
import type { Group, Person } from '../model';
import type { Dialect } from '../engines';
import type { WahaServer } from '../server';
import { list, validated } from '../validate';
import { sessionRoute } from './call';
import { groupOf } from './groups';
import { onlyWith } from './settings';

/** WAHA checks only that it is an array; what is in it fails in the engine (providers.md §3.5). */
const participantsBody = z.object({ participants: list(z.unknown()) });

const ACTIONS: ReadonlyArray<{ path: string; action: MemberAction }> = [
	{ path: 'participants/add', action: 'add' },
	{ path: 'participants/remove', action: 'remove' },
	{ path: 'admin/promote', action: 'promote' },
	{ path: 'admin/demote', action: 'demote' },
];

/** Members, admins and join requests (providers.md §3.4, §3.4.2). */
export function participantRoutes(router: Router, server: WahaServer): void {
	const { groups } = server;
	const group = '/api/:session/groups/:id';

	router.get(
		`${group}/participants`,
		sessionRoute(server, { doing: 'read' }, (call) =>
			call.dialect.participants(groupOf(call), call.me),
		),
	);

	router.get(
		`${group}/participants/v2`,
		onlyWith(server, 'participantsV2'),
		sessionRoute(server, { doing: 'read' }, (call) => {
			const found = groupOf(call);
			return [...found.members].map(([person, role]) => ({
				...memberIds(call.dialect, found, person, call.me),
				role,
			}));
		}),
	);

	for (const { path, action } of ACTIONS) {
		router.post(
			`${group}/${path}`,
			sessionRoute(server, { doing: action === 'add' ? 'add' : 'members' }, (call) => {
				const { participants } = validated(participantsBody, call.req.body);
				const found = groupOf(call);
				const outcomes = groups.act(found, call.me, action, participants);
				return call.dialect.membersChanged(found, action, outcomes);
			}),
		);
	}

	const requests = `${group}/participants/join-requests`;
	router.get(
		requests,
		onlyWith(server, 'joinRequests'),
		sessionRoute(server, { doing: 'requests' }, (call) =>
			groups.requests(groupOf(call), call.me).map((request) => ({
				requesterId: requesterId(request.person),
				requesterPn: knownPhoneId(request.person),
				addedById: request.addedBy && requesterId(request.addedBy),
				parentGroupId: null,
				requestMethod: request.method,
				timestamp: request.at,
			})),
		),
	);

	for (const decision of ['approve', 'reject'] as const) {
		router.post(
			`${requests}/${decision}`,
			onlyWith(server, 'joinRequests'),
			sessionRoute(server, { doing: 'requests' }, (call) => {
				const { participants } = validated(participantsBody, call.req.body);
				const approve = decision === 'approve';
				return groups.decide(groupOf(call), call.me, approve, participants).map(decisionResult);
			}),
		);
	}
}

/** `pn` is there if the phone is known and, on WEBJS, not said by `id` already. */
function memberIds(dialect: Dialect, group: Group, person: Person, viewer: Person) {
	const id = dialect.memberId(group, person, viewer);
	const pn = knownPhoneId(person);
	const said = pn === id && !dialect.repeatsPhone;
	return { id, ...(pn && !said && { pn }) };
}

const requesterId = (person: Person): string => lidId(person) ?? phoneId(person);

/** Assumed: `error` is the numeric code (providers.md §3.4 says only that there is one). */
const decisionResult = ({ id, code }: Outcome) => ({
	requesterId: asRequested(id),
	success: code === 200,
	...(code !== 200 && { error: code }),
});

const asRequested = ({ kind, digits }: ParticipantId): string =>
	`${digits}@${kind === 'lid' ? 'lid' : 'c.us'}`;
