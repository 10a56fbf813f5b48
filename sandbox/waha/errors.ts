import type { SessionStatus } from './model';

/** An answer that ends a request: status and body as WAHA gives them (providers.md §3.5). */
export class HttpAnswer extends Error {
	constructor(
		readonly status: number,
		readonly body: unknown,
	) {
		super(`HTTP ${status}`);
	}
}

export const badRequest = (messages: string | string[]): HttpAnswer =>
	new HttpAnswer(400, { message: messages, error: 'Bad Request', statusCode: 400 });

export const unauthorized = (): HttpAnswer =>
	new HttpAnswer(401, { message: 'Unauthorized', statusCode: 401 });

export const notFound = (message: string): HttpAnswer =>
	new HttpAnswer(404, { message, error: 'Not Found', statusCode: 404 });

/** Only `/api/sessions/{session}` answers 404; everything else answers 422. */
export const sessionNotFound = (): HttpAnswer => notFound('Session not found');

export const sessionDoesNotExist = (session: string): HttpAnswer =>
	new HttpAnswer(422, { error: `Session "${session}" does not exist`, session });

export const sessionNotWorking = (session: string, status: SessionStatus): HttpAnswer =>
	new HttpAnswer(422, {
		error: 'Session status is not as expected. Try again later or restart the session',
		session,
		status,
		expected: ['WORKING'],
	});

export const unprocessable = (message: string): HttpAnswer =>
	new HttpAnswer(422, { message, error: 'Unprocessable Entity', statusCode: 422 });

export const notImplemented = (engine: string): HttpAnswer =>
	new HttpAnswer(501, {
		message: `The method is not implemented by '${engine}' engine.`,
		error: 'Not Implemented',
		statusCode: 501,
	});

/** Something that the engine threw: WAHA passes it on as HTTP 500 with the exception in the body. */
export class EngineException extends Error {
	constructor(message: string, name = 'Error') {
		super(message);
		this.name = name;
	}
}

/** The request that an exception's answer repeats. */
export interface RepeatedRequest {
	path: string;
	method: string;
	body: unknown;
	query: unknown;
}

export function exceptionBody(
	exception: { message: string; name: string },
	request: RepeatedRequest,
	version: { version: string; engine: string; tier: string },
): Record<string, unknown> {
	return {
		statusCode: 500,
		timestamp: new Date().toISOString(),
		exception: {
			message: exception.message,
			name: exception.name,
			stack: `${exception.name}: ${exception.message}\n    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)`,
		},
		request,
		version,
	};
}

/** Why WhatsApp would not do it; each engine has words, or a silent `false`, of its own for it. */
export type RefusalReason =
	| 'unknownGroup'
	| 'notInGroup'
	| 'notAdmin'
	| 'unacceptable'
	| 'malformedId'
	| 'inviteUnknown'
	| 'inviteRevoked'
	| 'alreadyIn'
	| 'full'
	| 'unknownMessage'
	| 'notOnWhatsApp'
	| 'forced';

/** What was being done; an engine answers a refusal differently for each. */
export type Doing =
	| 'read'
	| 'create'
	| 'change'
	| 'picture'
	| 'add'
	| 'members'
	| 'requests'
	| 'invite'
	| 'join'
	| 'leave'
	| 'send';

/** Thrown by the model, put into words by the engine. */
export class Refused extends Error {
	constructor(
		readonly reason: RefusalReason,
		/** The group's id, or the forced failure's message. */
		readonly about = '',
	) {
		super(reason);
	}
}
