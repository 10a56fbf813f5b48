import express, { Router, type ErrorRequestHandler, type RequestHandler } from 'express';
import {
	badRequest,
	EngineException,
	exceptionBody,
	HttpAnswer,
	notFound,
	unauthorized,
} from '../errors';
import type { WahaServer } from '../server';
import { contactRoutes } from './contacts';
import { openRoutes, serverRoutes } from './general';
import { groupRoutes } from './groups';
import { messageChangeRoutes } from './messageChanges';
import { mediaRoutes } from './media';
import { messageRoutes } from './messages';
import { participantRoutes } from './participants';
import { pictureRoutes } from './pictures';
import { sessionRoutes } from './sessions';
import { settingRoutes } from './settings';

/** The HTTP API of one WAHA server; mount it where its base URL is to be. */
export function createApi(server: WahaServer): Router {
	const router = Router();
	openRoutes(router);
	router.use(requireKey(server));
	router.use(express.json({ limit: '50mb' }));
	serverRoutes(router, server);
	sessionRoutes(router, server);
	groupRoutes(router, server);
	pictureRoutes(router, server);
	settingRoutes(router, server);
	participantRoutes(router, server);
	contactRoutes(router, server);
	messageRoutes(router, server);
	mediaRoutes(router, server);
	messageChangeRoutes(router, server);
	router.use((req, _res, next) => next(notFound(`Cannot ${req.method} ${req.url}`)));
	router.use(reportErrors(server));
	return router;
}

/** `X-Api-Key`, or the query's `x-api-key` (providers.md §3.1). */
function requireKey(server: WahaServer): RequestHandler {
	return (req, _res, next) => {
		const key = req.get('x-api-key') ?? req.query['x-api-key'];
		if (!server.keyRequired || key === server.apiKey) next();
		else next(unauthorized());
	};
}

/** Every error in its shape (providers.md §3.5). */
function reportErrors(server: WahaServer): ErrorRequestHandler {
	return (error, req, res, next) => {
		if (res.headersSent) return next(error);
		const answer = toAnswer(error);
		if (answer) {
			res.status(answer.status).json(answer.body);
			return;
		}
		const exception = error instanceof Error ? error : new EngineException(String(error));
		const { method, query } = req;
		const request = { path: req.url, method, body: req.body ?? {}, query };
		const version = { version: server.release, engine: server.engine, tier: 'CORE' };
		res.status(500).json(exceptionBody(exception, request, version));
	};
}

/** Errors with a status of their own; a body that is no JSON is one. */
function toAnswer(error: unknown): HttpAnswer | null {
	if (error instanceof HttpAnswer) return error;
	if (error instanceof SyntaxError && 'body' in error) return badRequest(error.message);
	const status = (error as { status?: unknown }).status;
	if (status === 413) {
		const message = 'request entity too large';
		return new HttpAnswer(413, { statusCode: 413, message });
	}
	return null;
}
