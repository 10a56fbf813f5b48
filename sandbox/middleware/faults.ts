import { Readable, pipeline } from 'node:stream';
import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import type { Gatekeeper, Refusal } from '../emulator';
import { journalEntryOf } from './journal';
import { sendRefusal } from './refusals';

/**
 * How a request may go wrong.
 * - `rateLimited`, `serverError`, `unavailable`: refused in the provider's own words;
 * - `drop`: the connection is cut before the provider acts; `dropAfter`: after it, before its answer;
 * - `truncate`: the provider acts, its answer is cut in the middle;
 * - `notJson`: a proxy's HTML page; `empty`: no body; `answer`: any answer given in the rule;
 * - `hang`: no answer at all, until the client gives up;
 * - `drip`: an answer that comes byte by byte and never ends; `endless`: one that never ends, as fast as
 *   it can be sent.
 */
const kinds = [
	'rateLimited',
	'serverError',
	'unavailable',
	'drop',
	'dropAfter',
	'truncate',
	'notJson',
	'empty',
	'answer',
	'hang',
	'drip',
	'endless',
] as const;

const isRegularExpression = (source: string) => {
	try {
		return Boolean(new RegExp(source));
	} catch {
		return false;
	}
};

export const faultSchema = z
	.object({
		kind: z.enum(kinds),
		/** A provider's id, or `cdn` for the file host; any without it. */
		provider: z.string().min(1).optional(),
		method: z
			.string()
			.min(1)
			.transform((method) => method.toUpperCase())
			.optional(),
		/** Below the provider's own path: a prefix when it starts with `/`, else a regular expression. */
		path: z
			.string()
			.min(1)
			.refine((path) => path.startsWith('/') || isRegularExpression(path), {
				message: 'must start with / or be a regular expression',
			})
			.optional(),
		/** How many matching requests go wrong. */
		times: z.union([z.number().int().min(1), z.literal('always')]).default(1),
		/** How many matching requests are let through first. */
		after: z.number().int().min(0).default(0),
		/** `rateLimited` and `unavailable`: seconds that the refusal promises. */
		retryAfterSeconds: z.number().int().min(0).optional(),
		/** `notJson`, `empty`, `answer`: 200 without it. */
		status: z.number().int().min(200).max(599).optional(),
		/** `answer` only. */
		headers: z.record(z.string()).optional(),
		/** `answer` only: a string is sent as it is, anything else as JSON. */
		body: z.unknown(),
		/** `notJson`, `empty`, `answer`: the provider does its work first, only its answer is replaced. */
		acts: z.boolean().default(false),
	})
	.strict()
	.refine(({ kind, status }) => kind !== 'answer' || status !== undefined, {
		message: 'Required for the kind answer',
		path: ['status'],
	});

export type FaultRule = z.output<typeof faultSchema>;
export type FaultRuleInput = z.input<typeof faultSchema>;

interface QueuedFault {
	rule: FaultRule;
	/** Requests that matched, those let through by `after` included. */
	matched: number;
	/** Requests that were made to go wrong. */
	used: number;
}

const PROXY_PAGE =
	'<!doctype html>\n<html><head><title>Gateway</title></head>' +
	'<body><h1>The page you asked for is being prepared</h1></body></html>\n';

/** The misbehaviour that is ordered. A request gets the first rule that matches and is not used up. */
export class FaultQueue {
	private queue: QueuedFault[] = [];

	add(...rules: FaultRule[]): void {
		this.queue.push(...rules.map((rule) => ({ rule, matched: 0, used: 0 })));
	}

	/** Every rule with how often it matched and was used, used-up ones included. */
	list(): Array<FaultRule & { matched: number; used: number }> {
		return this.queue.map(({ rule, matched, used }) => ({ ...rule, matched, used }));
	}

	clear(): void {
		this.queue = [];
	}

	/** Middleware that lets requests to one provider go wrong as ordered. */
	misbehaving(gatekeeper: Gatekeeper): RequestHandler {
		return (request, response, next) => {
			const rule = this.take(gatekeeper.id, request);
			if (rule === undefined) return next();
			journalEntryOf(response).fault = rule.kind;
			return misbehave(rule, gatekeeper, response, next);
		};
	}

	private take(provider: string, request: Request): FaultRule | undefined {
		for (const fault of this.queue) {
			if (!matches(fault.rule, provider, request)) continue;
			fault.matched += 1;
			if (fault.matched <= fault.rule.after) continue;
			if (fault.rule.times !== 'always' && fault.used >= fault.rule.times) continue;
			fault.used += 1;
			return fault.rule;
		}
		return undefined;
	}
}

function matches(rule: FaultRule, provider: string, request: Request): boolean {
	if (rule.provider !== undefined && rule.provider !== provider) return false;
	if (rule.method !== undefined && rule.method !== request.method) return false;
	if (rule.path === undefined) return true;
	const { path } = rule;
	const test = path.startsWith('/')
		? (candidate: string) => candidate.startsWith(path)
		: (candidate: string) => new RegExp(path).test(candidate);
	return [request.path, decoded(request.path)].some(test);
}

function decoded(path: string): string {
	try {
		return decodeURIComponent(path);
	} catch {
		return path;
	}
}

function misbehave(
	rule: FaultRule,
	gatekeeper: Gatekeeper,
	response: Response,
	next: () => void,
): void {
	switch (rule.kind) {
		case 'rateLimited':
		case 'serverError':
		case 'unavailable':
			return sendRefusal(response, gatekeeper.refusal(rule.kind, rule.retryAfterSeconds));
		case 'drop':
			return drop(response);
		case 'dropAfter':
			holdAnswer(response, () => drop(response));
			return next();
		case 'truncate':
			holdAnswer(response, (body) => truncate(response, body));
			return next();
		case 'hang':
			return undefined;
		case 'drip':
			return drip(response);
		case 'endless':
			return void pipeline(Readable.from(spaces()), response.type('json'), () => undefined);
		case 'notJson':
		case 'empty':
		case 'answer': {
			const answer = replacement(rule);
			if (!rule.acts) return sendRefusal(response, answer);
			holdAnswer(response, () => {
				for (const name of response.getHeaderNames()) response.removeHeader(name);
				sendRefusal(response, answer);
			});
			return next();
		}
	}
}

function replacement({ kind, status = 200, headers, body }: FaultRule): Refusal {
	switch (kind) {
		case 'notJson':
			return { status, headers: { 'Content-Type': 'text/html; charset=utf-8' }, body: PROXY_PAGE };
		case 'answer':
			return { status, headers, body };
		default:
			return { status, body: undefined };
	}
}

/** Lets the provider finish its answer, keeps it back and gives its body to `instead`. */
function holdAnswer(response: Response, instead: (body: Buffer) => void): void {
	const { write, end } = response;
	const chunks: Buffer[] = [];
	const keep = (chunk: unknown) => {
		if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
	};
	response.write = (chunk: unknown) => {
		keep(chunk);
		return true;
	};
	response.end = (chunk?: unknown) => {
		keep(chunk);
		Object.assign(response, { write, end });
		instead(Buffer.concat(chunks));
		return response;
	};
}

/** White space is valid before any JSON, so that a reader has to go on. */
function drip(response: Response): void {
	response.type('json');
	const timer = setInterval(() => response.write(' '), 50);
	response.once('close', () => clearInterval(timer));
}

function* spaces(): Generator<Buffer> {
	for (;;) yield Buffer.alloc(256 * 1024, ' ');
}

function drop(response: Response): void {
	journalEntryOf(response).dropped = true;
	response.socket?.destroy();
}

function truncate(response: Response, body: Buffer): void {
	response.removeHeader('Transfer-Encoding');
	response.setHeader('Content-Length', body.length + 1024);
	// An empty chunk would not send the headers.
	const half = body.subarray(0, Math.ceil(body.length / 2));
	if (half.length === 0) response.flushHeaders();
	else response.write(half);
	setImmediate(() => drop(response));
}
