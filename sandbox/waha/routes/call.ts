import type { Request, RequestHandler, Response } from 'express';
import { DIALECTS, type Dialect } from '../engines';
import { Refused, type Doing } from '../errors';
import type { Person, Session } from '../model';
import type { ReleaseFeatures } from '../releases';
import type { WahaServer } from '../server';

/** A request to a session that is WORKING. */
export interface Call {
	readonly server: WahaServer;
	readonly dialect: Dialect;
	readonly session: Session;
	/** The session's account. */
	readonly me: Person;
	readonly req: Request;
	readonly res: Response;
}

/** A body that is text already, with a content type of its own. */
export class RawText {
	constructor(
		readonly contentType: string,
		readonly body: string,
	) {}
}

/** As NestJS answers: nothing, text for strings and booleans, JSON for the rest (providers.md §3.4.3 [I]). */
export function answer(res: Response, status: number, body: unknown): void {
	res.status(status);
	if (body === undefined) res.end();
	else if (body instanceof RawText) res.type(body.contentType).send(body.body);
	else if (typeof body === 'object') res.json(body);
	else res.type('text/html').send(String(body));
}

/** The status of a success: `modern` from 2026.7.1 on, before that 201 for every POST. */
export function successStatus(server: WahaServer, method: string, modern: 200 | 201): number {
	return method === 'POST' && server.features.everyPostIs201 ? 201 : modern;
}

export interface RouteOptions {
	/** What the caller is doing, for the engine's words when WhatsApp refuses it. */
	doing: Doing;
	/** Status of a success from release 2026.7.1 on; 200 unless told. */
	success?: 200 | 201;
	/** Name of the session; from the path unless told. */
	session?: (req: Request) => string;
}

/** A route of a WORKING session: waits for it, runs the handler, answers in the engine's dialect. */
export function sessionRoute(
	server: WahaServer,
	{ doing, success = 200, session: sessionOf }: RouteOptions,
	handler: (call: Call) => unknown,
): RequestHandler {
	const dialect = DIALECTS[server.engine];
	return async (req, res) => {
		const name = sessionOf ? sessionOf(req) : String(req.params.session);
		const session = await server.sessions.working(name);
		const call: Call = { server, dialect, session, me: session.account, req, res };
		const body = await runIn(dialect, doing, () => handler(call));
		answer(res, successStatus(server, req.method, success), body);
	};
}

async function runIn(dialect: Dialect, doing: Doing, run: () => unknown): Promise<unknown> {
	try {
		return await run();
	} catch (error) {
		if (error instanceof Refused) return dialect.refusal(doing, error);
		throw error;
	}
}

/** Lets a request through if the release has the endpoint; it is unknown otherwise. */
export function onlyWith(server: WahaServer, feature?: keyof ReleaseFeatures): RequestHandler {
	return (_req, _res, next) => next(!feature || server.features[feature] ? undefined : 'route');
}
