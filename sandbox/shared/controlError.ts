import type { ErrorRequestHandler } from 'express';
import type { ZodType, ZodTypeDef } from 'zod';
import { parseOr } from './validation';

/** What the control side answers when it is asked for something impossible: `{ "error": message }`. */
export class ControlError extends Error {
	constructor(
		readonly status: 400 | 404 | 409,
		message: string,
	) {
		super(message);
	}
}

/** A control body, checked; 400 naming the field otherwise. An absent body counts as `{}`. */
export function controlBody<Output, Input>(
	schema: ZodType<Output, ZodTypeDef, Input>,
	body: unknown,
): Output {
	return parseOr(schema, body ?? {}, (problem) => new ControlError(400, problem));
}

/** Turns what control routes throw, and JSON that cannot be read, into `{ "error": message }`. */
export const answerControlErrors: ErrorRequestHandler = (error, _request, response, next) => {
	if (error instanceof ControlError) {
		response.status(error.status).json({ error: error.message });
	} else if (error instanceof Error && 'type' in error && error.type === 'entity.parse.failed') {
		response.status(400).json({ error: `The body is not JSON: ${error.message}` });
	} else {
		next(error);
	}
};
