import type { Request, Router } from 'express';
import { z } from 'zod';
import { HttpAnswer } from '../errors';
import { lidId, phoneId } from '../ids';
import type { Session, SessionConfig } from '../model';
import type { WahaServer } from '../server';
import {
	address,
	anyObject,
	flag,
	list,
	nested,
	number,
	oneOf,
	queryFlag,
	text,
	validated,
	wordsOf,
} from '../validate';
import { successStatus } from './call';
import { webhookEvents } from './events';

const listQuery = z.object({
	all: queryFlag().optional(),
	expand: z
		.preprocess((value) => (typeof value === 'string' ? [value] : value), wordsOf(['apps']))
		.optional(),
});

/** `config` of a session; every field may be null or missing (providers.md §3.2). */
function configSchema(release: string) {
	const webhook = nested({
		url: address(),
		events: wordsOf(webhookEvents(release)),
		hmac: nested({ key: text().nullish() }).nullish(),
		retries: nested({
			delaySeconds: number().nullish(),
			attempts: number().nullish(),
			policy: oneOf(['linear', 'exponential', 'constant']).nullish(),
		}).nullish(),
		customHeaders: list(nested({ name: text(), value: text() })).nullish(),
	});
	return nested({
		webhooks: list(webhook).nullish(),
		metadata: anyObject().nullish(),
		proxy: nested({
			server: text(),
			username: text().nullish(),
			password: text().nullish(),
		}).nullish(),
		debug: flag().nullish(),
		ignore: nested({
			status: flag().nullish(),
			groups: flag().nullish(),
			channels: flag().nullish(),
			broadcast: flag().nullish(),
		}).nullish(),
		client: anyObject().nullish(),
		noweb: anyObject().nullish(),
		gows: anyObject().nullish(),
		webjs: anyObject().nullish(),
	});
}

const updateBody = (release: string) => z.object({ config: configSchema(release).nullish() });

const createBody = (release: string) =>
	z.object({
		name: text().nullish(),
		start: flag().nullish(),
		config: configSchema(release).nullish(),
	});

function me({ account }: Session) {
	return account && { id: phoneId(account), lid: lidId(account), pushName: account.name };
}

function describe(server: WahaServer, session: Session, withApps = false) {
	return {
		name: session.name,
		status: session.status,
		...(session.config && { config: session.config }),
		// An account that is paired but not connected is not shown [I].
		me: session.status === 'WORKING' ? me(session) : null,
		presence: null,
		timestamps: { activity: session.activity },
		engine: { engine: server.engine },
		...(withApps && { apps: [] }),
	};
}

/** `/api/sessions` (providers.md §3.2). Changes answer at once; the session itself takes a moment. */
export function sessionRoutes(router: Router, server: WahaServer): void {
	const { sessions } = server;
	const named = (req: Request) => sessions.get(String(req.params.session));

	router.get('/api/sessions', (req, res) => {
		const { all, expand } = validated(listQuery, req.query);
		const shown = sessions.all().filter(({ status }) => all || status !== 'STOPPED');
		const withApps = expand?.includes('apps');
		res.json(shown.map((session) => describe(server, session, withApps)));
	});

	router.get('/api/sessions/:session', (req, res) => {
		res.json(describe(server, named(req)));
	});

	router.post('/api/sessions', (req, res) => {
		const body = validated(createBody(server.release), req.body);
		const name = body.name ?? `session_${Date.now().toString(36)}`;
		if (sessions.known(name)) throw alreadyExists(name);
		const config = (body.config ?? undefined) as SessionConfig | undefined;
		const session = sessions.place(name, 'STOPPED', null, config);
		// Assumed: it starts unless told not to (providers.md §3.2 names the field only).
		if (body.start ?? true) sessions.start(session);
		res.status(201).json(describe(server, session));
	});

	router.put('/api/sessions/:session', (req, res) => {
		const { config } = validated(updateBody(server.release), req.body);
		const session = named(req);
		sessions.replaceConfig(session, (config ?? undefined) as SessionConfig | undefined);
		res.json(describe(server, session));
	});

	router.delete('/api/sessions/:session', (req, res) => {
		sessions.delete(req.params.session);
		res.status(200).end();
	});

	const actions: Record<string, (session: Session) => void> = {
		start: (session) => sessions.start(session),
		stop: (session) => sessions.stop(session),
		restart: (session) => sessions.restart(session),
		logout: (session) => sessions.logout(session),
	};
	for (const [action, run] of Object.entries(actions)) {
		router.post(`/api/sessions/:session/${action}`, (req, res) => {
			const session = named(req);
			run(session);
			res.status(successStatus(server, 'POST', 201)).json(describe(server, session));
		});
	}
}

const alreadyExists = (name: string) =>
	new HttpAnswer(422, {
		message: `Session '${name}' already exists. Use PUT to update it.`,
		error: 'Unprocessable Entity',
		statusCode: 422,
	});
