import { randomUUID } from 'node:crypto';
import { Router } from 'express';
import { z } from 'zod';
import { controlBody } from '../shared/controlError';
import type { Deliverer, Delivery } from './deliverer';
import type { WebhookSender } from './sender';
import { jsonBody } from './sender';

const settingsBody = z
	.object({
		retryDelayMs: z.number().int().min(0).nullable(),
		maxAttempts: z.number().int().min(1).nullable(),
		paused: z.boolean(),
	})
	.partial()
	.strict();

const sendBody = z
	.object({
		provider: z.string(),
		/** One body, or several: each is a delivery of its own. */
		body: z.unknown().optional(),
		bodies: z.array(z.unknown()).optional(),
		event: z.string().default('ordered'),
		sign: z.enum(['valid', 'forged', 'missing']).default('valid'),
		engine: z.string().optional(),
		session: z.string().optional(),
		url: z.string().url().optional(),
		/** How often each is delivered, with the same id. */
		times: z.number().int().min(1).max(100).default(1),
		/** How many connections deliver at once. */
		connections: z.number().int().min(1).max(100).default(1),
	})
	.strict();

const replayBody = z
	.object({
		ids: z.array(z.string()).optional(),
		order: z.enum(['same', 'reversed']).default('same'),
		times: z.number().int().min(1).max(100).default(1),
	})
	.strict();

/** `/control/webhooks`: what was delivered, and deliveries that no provider would send by itself. */
export function createWebhookControl(
	deliverer: Deliverer,
	senders: readonly WebhookSender[],
): Router {
	const router = Router();

	router.get('/deliveries', (request, response) => {
		const { provider } = request.query;
		response.json(
			deliverer.attempts.filter(
				(attempt) => provider === undefined || attempt.provider === provider,
			),
		);
	});
	router.delete('/deliveries', (_request, response) => {
		deliverer.attempts.length = 0;
		response.json([]);
	});
	router.get('/', (_request, response) => {
		response.json(deliverer.settings);
	});
	router.put('/', (request, response) => {
		deliverer.configure(controlBody(settingsBody, request.body));
		response.json(deliverer.settings);
	});

	router.post('/send', async (request, response) => {
		const order = controlBody(sendBody, request.body);
		const sender = senders.find(({ id }) => id === order.provider);
		if (!sender) {
			response.status(404).json({ error: `provider: there is none called ${order.provider}` });
			return;
		}
		const deliveries = (order.bodies ?? [order.body]).flatMap((body) =>
			sender
				.address(jsonBody(body), order.event, order)
				.map((delivery) => ({ ...delivery, id: randomUUID() })),
		);
		if (deliveries.length === 0) {
			response.status(409).json({ error: 'No webhook is registered with this provider' });
			return;
		}
		for (const delivery of deliveries) deliverer.sent.set(delivery.id, delivery);
		const all = deliveries.flatMap((delivery) => Array<Delivery>(order.times).fill(delivery));
		response.json(await burst(deliverer, all, order.connections));
	});

	router.post('/replay', async (request, response) => {
		const { ids, order, times } = controlBody(replayBody, request.body);
		const chosen = [...deliverer.sent.values()].filter(({ id }) => ids?.includes(id) ?? true);
		if (order === 'reversed') chosen.reverse();
		const all = chosen.flatMap((delivery) => Array<Delivery>(times).fill(delivery));
		response.json(await burst(deliverer, all, 1));
	});
	return router;
}

/** Delivers all, so many at once, and gives the attempts. */
async function burst(deliverer: Deliverer, deliveries: Delivery[], connections: number) {
	const waiting = [...deliveries];
	const worker = async () => {
		const attempts = [];
		for (let next = waiting.shift(); next; next = waiting.shift()) {
			attempts.push(await deliverer.sendOnce(next));
		}
		return attempts;
	};
	return (await Promise.all(Array.from({ length: connections }, worker))).flat();
}
