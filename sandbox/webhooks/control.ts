import { Router } from 'express';
import { z } from 'zod';
import { controlBody, ControlError } from '../shared/controlError';
import { shuffle } from '../shared/shuffle';
import type { Deliverer, Delivery } from './deliverer';
import type { WebhookSender } from './sender';
import { jsonBody } from './sender';

const settingsBody = z
	.object({
		retryDelayMs: z.number().int().min(0).nullable(),
		maxAttempts: z.number().int().min(1).nullable(),
		patienceMs: z.number().int().min(1).nullable(),
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
		/** Instead of a body, text or bytes that are sent, and signed, as they are: what is no JSON. */
		raw: z.string().optional(),
		rawBase64: z.string().base64().optional(),
		/** Over those of the provider. */
		headers: z.record(z.string()).default({}),
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
		order: z.enum(['same', 'reversed', 'shuffled']).default('same'),
		times: z.number().int().min(1).max(100).default(1),
		connections: z.number().int().min(1).max(100).default(1),
	})
	.strict();

/** `/control/webhooks`: what was delivered, and deliveries that no provider would send by itself. */
export function createWebhookControl(
	deliverer: Deliverer,
	senders: readonly WebhookSender[],
): Router {
	const router = Router();

	router.get('/deliveries', (request, response) => {
		const { provider, id } = request.query;
		const isWanted = (wanted: unknown, value: string) => wanted === undefined || wanted === value;
		response.json(
			deliverer.attempts.filter(
				(attempt) => isWanted(provider, attempt.provider) && isWanted(id, attempt.id),
			),
		);
	});
	router.delete('/deliveries', (_request, response) => {
		deliverer.forget();
		response.json([]);
	});
	router.get('/', (_request, response) => {
		response.json({ ...deliverer.settings, waiting: deliverer.waiting });
	});
	router.put('/', (request, response) => {
		deliverer.configure(controlBody(settingsBody, request.body));
		response.json({ ...deliverer.settings, waiting: deliverer.waiting });
	});

	router.post('/send', async (request, response) => {
		const order = controlBody(sendBody, request.body);
		const sender = senders.find(({ id }) => id === order.provider);
		if (!sender) throw new ControlError(404, `provider: there is none called ${order.provider}`);
		const deliveries = bodiesOf(order)
			.flatMap((body) => sender.address(body, order.event, order))
			.map((delivery) => ({ ...delivery, headers: { ...delivery.headers, ...order.headers } }))
			.map((delivery) => deliverer.remember(delivery));
		if (deliveries.length === 0) {
			throw new ControlError(409, 'No webhook is registered with this provider');
		}
		response.json(await burst(deliverer, repeated(deliveries, order.times), order.connections));
	});

	router.post('/replay', async (request, response) => {
		const { ids, order, times, connections } = controlBody(replayBody, request.body);
		const unknown = ids?.find((id) => !deliverer.sent.has(id));
		if (unknown !== undefined) throw new ControlError(404, `ids: there is no delivery ${unknown}`);
		const chosen = [...deliverer.sent.values()].filter(({ id }) => ids?.includes(id) ?? true);
		const all = repeated(chosen, times);
		if (order === 'reversed') all.reverse();
		if (order === 'shuffled') shuffle(all);
		response.json(await burst(deliverer, all, connections));
	});
	return router;
}

function bodiesOf({ body, bodies, raw, rawBase64 }: z.output<typeof sendBody>): Buffer[] {
	if (raw !== undefined) return [Buffer.from(raw)];
	if (rawBase64 !== undefined) return [Buffer.from(rawBase64, 'base64')];
	const values = bodies ?? (body === undefined ? [] : [body]);
	if (values.length > 0) return values.map(jsonBody);
	throw new ControlError(400, 'body: Required, or one of bodies, raw and rawBase64');
}

function repeated(deliveries: Delivery[], times: number): Delivery[] {
	return deliveries.flatMap((delivery) => Array<Delivery>(times).fill(delivery));
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
