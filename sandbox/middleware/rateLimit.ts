import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { Gatekeeper } from '../emulator';
import { sendRefusal } from './refusals';

/** At most `requests` in any `perSeconds` seconds, for each provider. */
export const rateLimitSchema = z
	.object({
		requests: z.number().int().min(1),
		perSeconds: z.number().positive(),
		/** What refusals promise; without it they name no time. */
		retryAfterSeconds: z.number().int().min(0).optional(),
	})
	.strict();

export type RateLimit = z.infer<typeof rateLimitSchema>;

/** A sliding window per provider. Refused requests do not count, so waiting always helps. */
export class RateLimiter {
	private accepted = new Map<string, number[]>();
	private current: RateLimit | null = null;

	get limit(): RateLimit | null {
		return this.current;
	}

	set limit(limit: RateLimit | null) {
		this.current = limit;
		this.accepted.clear();
	}

	limiting(gatekeeper: Gatekeeper): RequestHandler {
		return (_request, response, next) => {
			if (this.accepts(gatekeeper.id)) next();
			else sendRefusal(response, gatekeeper.refusal('rateLimited', this.limit?.retryAfterSeconds));
		};
	}

	private accepts(provider: string): boolean {
		if (this.current === null) return true;
		const now = performance.now();
		const oldest = now - this.current.perSeconds * 1000;
		const recent = (this.accepted.get(provider) ?? []).filter((time) => time > oldest);
		const accepts = recent.length < this.current.requests;
		if (accepts) recent.push(now);
		this.accepted.set(provider, recent);
		return accepts;
	}
}
