import type { Response } from 'express';
import type { Refusal } from '../emulator';

/** Answers with a body that may be anything: text as it is, nothing for `undefined`, JSON otherwise. */
export function sendRefusal(response: Response, { status, headers, body }: Refusal): void {
	response.status(status).set(headers ?? {});
	if (body === undefined) response.end();
	else if (typeof body === 'string') response.send(body);
	else response.json(body);
}
