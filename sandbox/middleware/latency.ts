import { setTimeout as pause } from 'node:timers/promises';
import type { RequestHandler } from 'express';
import { z } from 'zod';

/** How long a request travels before the provider gets it, in milliseconds: somewhere between the two. */
export interface LatencyRange {
	minMs: number;
	maxMs: number;
}

const milliseconds = z.number().min(0).max(600_000);

/** `{ ms }` for a fixed time or `{ minMs, maxMs }` for a random one. */
export const latencySchema = z.union([
	z
		.object({ ms: milliseconds })
		.strict()
		.transform(({ ms }): LatencyRange => ({ minMs: ms, maxMs: ms })),
	z
		.object({ minMs: milliseconds, maxMs: milliseconds })
		.strict()
		.refine(({ minMs, maxMs }) => minMs <= maxMs, {
			message: 'must not be below minMs',
			path: ['maxMs'],
		}),
]);

export class Latency {
	range: LatencyRange = { minMs: 0, maxMs: 0 };

	readonly delaying: RequestHandler = async (_request, _response, next) => {
		const { minMs, maxMs } = this.range;
		const wait = minMs + Math.random() * (maxMs - minMs);
		if (wait > 0) await pause(wait);
		next();
	};
}
