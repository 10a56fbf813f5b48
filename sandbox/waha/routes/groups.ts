import type { Router } from 'express';
import { z } from 'zod';
import { badRequest, notImplemented, Refused } from '../errors';
import type { Group } from '../model';
import type { WahaServer } from '../server';
import { list, oneOf, queryNumber, text, validated, wordsOf } from '../validate';
import { onlyWith, RawText, sessionRoute, type Call } from './call';

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
				const excludes = server.features.excludeParticipants && query.exclude;
				return excludes && excludes.includes('participants')
					? dialect.withoutParticipants(full)
					: full;
			});
			return dialect.list(rendered);
		}),
	);

	router.get(
		`${base}/count`,
		onlyWith(server, 'groupsCount'),
		sessionRoute(server, { doing: 'read' }, ({ me }) => ({ count: groups.of(me).length })),
	);

	router.get(
		`${base}/join-info`,
		onlyWith(server, 'joinByLink'),
		sessionRoute(server, { doing: 'join' }, ({ req, me, dialect }) =>
			dialect.joinInfo(groups.byInvite(validated(codeInput, req.query).code), me),
		),
	);

	router.post(
		`${base}/join`,
		onlyWith(server, 'joinByLink'),
		sessionRoute(server, { doing: 'join' }, ({ req, me, dialect }) => {
			const { code } = validated(codeInput, req.body);
			const forced = server.takeForcedFailure('join');
			if (forced !== null) throw new Refused('forced', forced);
			const group = groups.byInvite(code);
			groups.join(group, me);
			return dialect.joined(group, !group.members.has(me));
		}),
	);

	router.post(
		`${base}/refresh`,
		onlyWith(server, 'groupsRefresh'),
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
			requireText(call, 'subject', subject);
			groups.change(groupOf(call), call.me, { subject });
			return call.dialect.changed;
		}),
	);

	router.put(
		`${one}/description`,
		sessionRoute(server, { doing: 'change' }, (call) => {
			const { description } = validated(descriptionBody, call.req.body);
			requireText(call, 'description', description);
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

function requireText({ server }: Call, field: string, text: string): void {
	const wants = server.engine === 'GOWS' && server.features.gowsWantsText;
	if (wants && text.trim() === '') throw badRequest(`GOWS does not support empty group ${field}.`);
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
