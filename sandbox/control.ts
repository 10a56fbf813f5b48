import { json, Router } from 'express';
import { z } from 'zod';
import type { Emulator } from './emulator';
import { faultSchema, type FaultQueue } from './middleware/faults';
import type { Journal } from './middleware/journal';
import { type Latency, latencySchema } from './middleware/latency';
import { type RateLimiter, rateLimitSchema } from './middleware/rateLimit';
import { answerControlErrors, controlBody, ControlError } from './shared/controlError';
import { routesOf } from './shared/routes';

export interface Controlled {
	emulators: Emulator[];
	/** Mounted at `/control/webhooks`. */
	webhooks: Router;
	journal: Journal;
	faults: FaultQueue;
	latency: Latency;
	rateLimiter: RateLimiter;
	/** Everything back to how it was at the start. */
	reset(): void;
}

const requestsQuery = z.object({
	provider: z.string().optional(),
	since: z.coerce.number().int().min(0).optional(),
});

/** The sandbox's own side, at `/control`: what it saw, how it misbehaves, what people do. */
export function createControl(controlled: Controlled): Router {
	const { emulators, journal, faults, latency, rateLimiter } = controlled;
	const router = Router();
	router.use(json({ limit: '20mb', type: () => true, strict: false }));

	router.get('/', (_request, response) => {
		response.json(index(emulators, controlled.webhooks));
	});

	router.post('/reset', (_request, response) => {
		controlled.reset();
		response.json({ reset: true });
	});

	router.get('/requests', (request, response) => {
		response.json(journal.list(controlBody(requestsQuery, request.query)));
	});
	router.delete('/requests', (_request, response) => {
		journal.clear();
		response.json([]);
	});

	router.get('/faults', (_request, response) => {
		response.json(faults.list());
	});
	router.post('/faults', (request, response) => {
		const ordered: unknown[] = Array.isArray(request.body) ? request.body : [request.body];
		faults.add(...ordered.map((rule) => controlBody(faultSchema, rule)));
		response.status(201).json(faults.list());
	});
	router.delete('/faults', (_request, response) => {
		faults.clear();
		response.json([]);
	});

	router.get('/latency', (_request, response) => {
		response.json(latency.range);
	});
	router.put('/latency', (request, response) => {
		latency.range = controlBody(latencySchema, request.body);
		response.json(latency.range);
	});

	router.get('/rate-limit', (_request, response) => {
		response.json({ rateLimit: rateLimiter.limit });
	});
	router.put('/rate-limit', (request, response) => {
		rateLimiter.limit = controlBody(rateLimitSchema, request.body);
		response.json({ rateLimit: rateLimiter.limit });
	});
	router.delete('/rate-limit', (_request, response) => {
		rateLimiter.limit = null;
		response.json({ rateLimit: null });
	});

	router.use('/webhooks', controlled.webhooks);

	router.get('/state', (_request, response) => {
		response.json(
			Object.fromEntries(emulators.map((emulator) => [emulator.id, emulator.state?.() ?? null])),
		);
	});

	for (const emulator of emulators) router.use(`/${emulator.id}`, emulator.control);

	router.use((request) => {
		throw new ControlError(
			404,
			`There is no ${request.method} ${request.originalUrl}; GET /control lists what there is`,
		);
	});
	router.use(answerControlErrors);
	return router;
}

/** What there is under `/control`, the providers' own parts included. */
function index(emulators: Emulator[], webhooks: Router) {
	return {
		control: [
			'POST /control/reset',
			'GET /control/requests?provider=&since=',
			'DELETE /control/requests',
			'GET /control/faults',
			'POST /control/faults',
			'DELETE /control/faults',
			'GET /control/latency',
			'PUT /control/latency',
			'GET /control/rate-limit',
			'PUT /control/rate-limit',
			'DELETE /control/rate-limit',
			'GET /control/state',
			...unique(routesOf(webhooks).map(({ method, path }) => `${method} /control/webhooks${path}`)),
		],
		providers: Object.fromEntries(
			emulators.map(({ id, name, control }) => [
				id,
				{
					name,
					control: unique(
						routesOf(control).map(({ method, path }) => `${method} /control/${id}${path}`),
					),
				},
			]),
		),
	};
}

/** A route with several handlers is listed once. */
const unique = (lines: string[]) => [...new Set(lines)];
