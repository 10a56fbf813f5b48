import type { Router } from 'express';
import { z } from 'zod';
import { knownPhoneId, lidId, phoneId, type ParticipantId } from '../ids';
import type { WahaServer } from '../server';
import { queryNumber, text, validated } from '../validate';
import { onlyWith, sessionRoute } from './call';
import { page } from './groups';
import { requireStore } from './store';

const existsQuery = z.object({ phone: text(), session: text() });
const pageQuery = z.object({ limit: queryNumber().optional(), offset: queryNumber().optional() });

/** `@lid`, `@c.us` and so on may be left out in these paths. */
const digitsOf = (idOrDigits: string): string => idOrDigits.split('@')[0].replace(/^\+/, '');

/** Hidden ids and which numbers are on WhatsApp (providers.md §3.3). */
export function contactRoutes(router: Router, server: WahaServer): void {
	const { people } = server;
	const lids = '/api/:session/lids';
	const pairs = () =>
		people
			.all()
			.flatMap((person) =>
				person.lid && !person.phoneHidden
					? [{ lid: `${person.lid}@lid`, pn: phoneId(person) }]
					: [],
			)
			.sort((a, b) => (a.lid < b.lid ? -1 : 1));

	router.get(
		lids,
		onlyWith(server, 'lids'),
		sessionRoute(server, { doing: 'read' }, ({ req }) => {
			requireStore(server);
			const { limit = 100, offset } = validated(pageQuery, req.query);
			return page(pairs(), { limit, offset });
		}),
	);

	router.get(
		`${lids}/count`,
		onlyWith(server, 'lids'),
		sessionRoute(server, { doing: 'read' }, () => {
			requireStore(server);
			return { count: pairs().length };
		}),
	);

	router.get(
		`${lids}/pn/:phone`,
		onlyWith(server, 'lids'),
		sessionRoute(server, { doing: 'read' }, ({ req }) => {
			requireStore(server);
			const digits = digitsOf(String(req.params.phone));
			const person = people.known({ kind: 'phone', digits });
			const known = person && !person.phoneHidden;
			return { lid: known ? lidId(person) : null, pn: `${digits}@c.us` };
		}),
	);

	router.get(
		`${lids}/:lid`,
		onlyWith(server, 'lids'),
		sessionRoute(server, { doing: 'read' }, ({ req }) => {
			requireStore(server);
			const digits = digitsOf(String(req.params.lid));
			const person = people.known({ kind: 'lid', digits });
			return { lid: `${digits}@lid`, pn: person && knownPhoneId(person) };
		}),
	);

	router.get(
		'/api/contacts/check-exists',
		sessionRoute(
			server,
			{ doing: 'read', session: (req) => validated(existsQuery, req.query).session },
			({ req, dialect }) => {
				const digits = digitsOf(validated(existsQuery, req.query).phone);
				const id: ParticipantId = { kind: 'phone', digits };
				const person = people.onWhatsApp(id);
				if (!person) return dialect.numberMissing;
				return { numberExists: true, chatId: phoneId(person) };
			},
		),
	);
}
