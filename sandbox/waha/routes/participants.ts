import type { Router } from 'express';
import { z } from 'zod';
import type { MemberAction, Outcome } from '../groups';
import type { ParticipantId } from '../ids';
import type { WahaServer } from '../server';
import { list, validated } from '../validate';
import { onlyWith, sessionRoute } from './call';
import { groupOf } from './groups';

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
				id: call.dialect.memberId(found, person, call.me),
				pn: call.dialect.memberPn(found, person, call.me),
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
				const outcomes = groups.act(found, call.me, action, participants, { byListedId: true });
				return call.dialect.membersChanged(found, action, outcomes);
			}),
		);
	}

	const requests = `${group}/participants/join-requests`;
	router.get(
		requests,
		onlyWith(server, 'joinRequests'),
		sessionRoute(server, { doing: 'requests' }, (call) =>
			groups.requests(groupOf(call), call.me).map(call.dialect.joinRequest),
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

/** `error` is WhatsApp's code (providers.md §3.12). */
const decisionResult = ({ id, code }: Outcome) => ({
	requesterId: asRequested(id),
	success: code === 200,
	...(code !== 200 && { error: code }),
});

const asRequested = ({ kind, digits }: ParticipantId): string =>
	`${digits}@${kind === 'lid' ? 'lid' : 'c.us'}`;
