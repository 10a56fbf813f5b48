import type { Router } from 'express';
import { z } from 'zod';
import { notImplemented, Refused } from '../errors';
import type { Group } from '../model';
import type { WahaServer } from '../server';
import { list, oneOf, queryNumber, text, validated, wordsOf } from '../validate';
import { RawText, sessionRoute, type Call } from './call';

const createBody = z.object({ name: text(), participants: list(z.unknown()) });
const subjectBody = z.object({ subject: text() });
const descriptionBody = z.object({ description: text() });
const codeInput = z.object({ code: text() });

const listQuery = z.object({
	limit: queryNumber().optional(),
	offset: queryNumber().optional(),
	sortBy: oneOf(['id', 'subject']).optional(),
	sortOrder: oneOf(['desc', 'asc']).optional(),
	exclude: z
		.preprocess(
			(value) => (typeof value === 'string' ? [value] : value),
			wordsOf(['', 'participants']),
		)
		.optional(),
});

/** The group that the path names, as the session's account sees it. @throws Refused */
export const groupOf = ({ server, req, me }: Call): Group =>
	server.groups.get(String(req.params.id), me);

/** The group itself: list, create, get, delete, leave, texts, invite (providers.md §3.4). */
export function groupRoutes(router: Router, server: WahaServer): void {
	const { groups } = server;
	const base = '/api/:session/groups';
	const one = `${base}/:id`;

	router.post(
		base,
		sessionRoute(server, { doing: 'create', success: 201 }, ({ req, me, dialect }) => {
			const body = validated(createBody, req.body);
			const forced = server.takeForcedFailure('create');
			if (forced !== null) throw new Refused('forced', forced);
			const [group, outcomes] = groups.create(me, body.name, body.participants);
			return dialect.created(group, outcomes, me);
		}),
	);

	router.get(
		base,
		sessionRoute(server, { doing: 'read' }, ({ req, me, dialect }) => {
			const query = validated(listQuery, req.query);
			const rendered = page(sorted(groups.of(me), query), query).map((group) => {
				const full = dialect.group(group, me);
				return query.exclude?.includes('participants') ? dialect.withoutParticipants(full) : full;
			});
			return dialect.list(rendered);
		}),
	);

	router.get(
		`${base}/count`,
		sessionRoute(server, { doing: 'read' }, ({ me }) => ({ count: groups.of(me).length })),
	);

	router.get(
		`${base}/join-info`,
		sessionRoute(server, { doing: 'join' }, ({ req, me, dialect }) =>
			dialect.joinInfo(groups.byInvite(validated(codeInput, req.query).code), me),
		),
	);

	router.post(
		`${base}/join`,
		sessionRoute(server, { doing: 'join' }, ({ req, me }) => {
			const group = groups.byInvite(validated(codeInput, req.body).code);
			groups.join(group, me);
			// Assumed: the same where an admin has to approve first (providers.md §3.4).
			return { id: group.id };
		}),
	);

	router.post(
		`${base}/refresh`,
		sessionRoute(server, { doing: 'read' }, () => ({ success: true })),
	);

	router.get(
		one,
		sessionRoute(server, { doing: 'read' }, (call) => call.dialect.group(groupOf(call), call.me)),
	);

	router.delete(
		one,
		sessionRoute(server, { doing: 'leave' }, (call) => {
			if (!call.dialect.canDeleteGroups) throw notImplemented(server.engine);
			groups.leave(groupOf(call), call.me);
			// Assumed: whatsapp-web.js says true, and the group is gone for this account (providers.md §3.4).
			return true;
		}),
	);

	router.post(
		`${one}/leave`,
		sessionRoute(server, { doing: 'leave' }, (call) => {
			groups.leave(groupOf(call), call.me);
			return undefined;
		}),
	);

	router.put(
		`${one}/subject`,
		sessionRoute(server, { doing: 'change' }, (call) => {
			const { subject } = validated(subjectBody, call.req.body);
			groups.change(groupOf(call), call.me, { subject });
			return call.dialect.changed;
		}),
	);

	router.put(
		`${one}/description`,
		sessionRoute(server, { doing: 'change' }, (call) => {
			const { description } = validated(descriptionBody, call.req.body);
			groups.change(groupOf(call), call.me, { description });
			return call.dialect.changed;
		}),
	);

	router.get(
		`${one}/invite-code`,
		sessionRoute(server, { doing: 'invite' }, (call) =>
			inviteAnswer(call, groups.inviteCode(groupOf(call), call.me)),
		),
	);

	router.post(
		`${one}/invite-code/revoke`,
		sessionRoute(server, { doing: 'invite' }, (call) =>
			inviteAnswer(call, groups.revokeInviteCode(groupOf(call), call.me)),
		),
	);
}

function inviteAnswer({ dialect }: Call, code: string): RawText {
	const { contentType, body } = dialect.inviteCode(code);
	return new RawText(contentType, body);
}

function sorted(groups: Group[], query: z.output<typeof listQuery>): Group[] {
	if (!query.sortBy) return groups;
	const field = query.sortBy;
	const direction = query.sortOrder === 'desc' ? -1 : 1;
	const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
	return [...groups].sort((a, b) => direction * compare(a[field], b[field]));
}

/** `limit` 0 or none means all of them. */
export function page<Item>(items: Item[], query: { limit?: number; offset?: number }): Item[] {
	const offset = query.offset ?? 0;
	return items.slice(offset, query.limit ? offset + query.limit : undefined);
}
