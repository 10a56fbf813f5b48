import type { Router } from 'express';
import { z } from 'zod';
import { pictureIn } from '../files';
import type { Group, Picture, Session } from '../model';
import type { WahaServer } from '../server';
import { queryFlag, validated } from '../validate';
import { sessionRoute } from './call';
import { fileBody } from './files';
import { groupOf } from './groups';

const CACHE_MS = 24 * 3600 * 1000;

const getQuery = z.object({ refresh: queryFlag().optional() });
const setBody = z.object({ file: fileBody });

/** A group's picture (providers.md §3.4). */
export function pictureRoutes(router: Router, server: WahaServer): void {
	const url = '/api/:session/groups/:id/picture';

	router.get(
		url,
		sessionRoute(server, { doing: 'read' }, (call) => {
			const { refresh } = validated(getQuery, call.req.query);
			const picture = seenPicture(call.session, groupOf(call), refresh ?? false);
			return { url: picture && server.files.urlOf(picture.path) };
		}),
	);

	router.put(
		url,
		sessionRoute(server, { doing: 'picture' }, async (call) => {
			const { file } = validated(setBody, call.req.body);
			const group = groupOf(call);
			const { bytes, mimeType } = await pictureIn(file);
			setPicture(server, call.session, group, server.publishPicture(bytes, mimeType));
			return { success: true };
		}),
	);

	router.delete(
		url,
		sessionRoute(server, { doing: 'picture' }, (call) => {
			setPicture(server, call.session, groupOf(call), null);
			return { success: true };
		}),
	);
}

/** What the session believes: for 24 hours what it saw last, whatever others did since. */
function seenPicture(session: Session, group: Group, refresh: boolean): Picture | null {
	const cached = session.pictureCache.get(group.id);
	if (cached && !refresh && Date.now() - cached.at < CACHE_MS) return cached.picture;
	session.pictureCache.set(group.id, { picture: group.picture, at: Date.now() });
	return group.picture;
}

function setPicture(
	server: WahaServer,
	session: Session,
	group: Group,
	picture: Picture | null,
): void {
	if (!session.account) return;
	server.groups.setPicture(group, session.account, picture);
	// Assumed: WAHA looks again after a change of its own (providers.md §3.4).
	session.pictureCache.delete(group.id);
}
