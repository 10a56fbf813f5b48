import { randomUUID } from 'node:crypto';
import axios from 'axios';
import PQueue from 'p-queue';

/** A webhook delivery as a provider is about to send it. */
export interface Delivery {
	/** The same for every attempt, and for a duplicate that is ordered. */
	id: string;
	provider: string;
	/** What it reports, for the journal. */
	event: string;
	url: string;
	headers: Record<string, string>;
	body: Buffer;
	/** How long the receiver may take, in milliseconds. */
	timeoutMs: number;
	/** Milliseconds before each further attempt after a failed one; its length bounds the attempts. */
	retryDelaysMs: readonly number[];
}

/** One attempt, as `GET /control/webhooks/deliveries` lists it. */
export interface Attempt {
	id: string;
	provider: string;
	event: string;
	url: string;
	/** Counts from 1. */
	attempt: number;
	/** `null` when there was no answer in time; see `problem`. */
	status: number | null;
	durationMs: number;
	problem: string | null;
	headers: Record<string, string>;
	body: unknown;
}

export interface DelivererSettings {
	/** Instead of the provider's own delay between attempts. */
	retryDelayMs: number | null;
	/** Instead of the provider's own number of attempts. */
	maxAttempts: number | null;
	/** Holds everything back until it is false again. */
	paused: boolean;
}

const defaults: DelivererSettings = { retryDelayMs: null, maxAttempts: null, paused: false };
const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Sends webhooks with each provider's retries, and writes down every attempt. */
export class Deliverer {
	readonly attempts: Attempt[] = [];

	/** Everything that was sent, for replays. */
	readonly sent = new Map<string, Delivery>();

	settings: DelivererSettings = { ...defaults };

	private queue = new PQueue({ concurrency: 20 });

	configure(change: Partial<DelivererSettings>): void {
		this.settings = { ...this.settings, ...change };
		if (this.settings.paused) this.queue.pause();
		else this.queue.start();
	}

	private readonly resetListeners: Array<() => void> = [];

	/** For what a sender remembers by itself. */
	onReset(listener: () => void): void {
		this.resetListeners.push(listener);
	}

	/** Forgets all and stops retrying. */
	reset(): void {
		for (const listener of this.resetListeners) listener();
		this.queue.clear();
		this.queue.start();
		this.generation += 1;
		this.attempts.length = 0;
		this.sent.clear();
		this.settings = { ...defaults };
	}

	send(delivery: Omit<Delivery, 'id'> & { id?: string }): Delivery {
		const complete = { ...delivery, id: delivery.id ?? randomUUID() };
		this.sent.set(complete.id, complete);
		void this.queue.add(async () => await this.attempt(complete, 1));
		return complete;
	}

	/** Sends it at once, past the queue and without retries; for bursts and forgeries. */
	async sendOnce(delivery: Delivery): Promise<Attempt> {
		return await this.post(delivery, 1);
	}

	/** Counts resets: what belongs to an earlier one is not tried again. */
	private generation = 0;

	private async attempt(delivery: Delivery, number: number): Promise<void> {
		const { generation } = this;
		const { status } = await this.post(delivery, number);
		if (generation !== this.generation || (status !== null && status >= 200 && status < 300))
			return;
		const { maxAttempts, retryDelayMs } = this.settings;
		if (number >= (maxAttempts ?? delivery.retryDelaysMs.length + 1)) return;
		const delay = retryDelayMs ?? delivery.retryDelaysMs[number - 1] ?? 1000;
		setTimeout(() => {
			if (generation !== this.generation) return;
			void this.queue.add(async () => await this.attempt(delivery, number + 1));
		}, delay).unref();
	}

	private async post(delivery: Delivery, number: number): Promise<Attempt> {
		const startedAt = Date.now();
		const { status, problem } = await answerOf(delivery);
		const { body, id, provider, event, url, headers } = delivery;
		const attempt: Attempt = {
			...{ id, provider, event, url, headers, status, problem },
			attempt: number,
			durationMs: Date.now() - startedAt,
			body: parsed(body),
		};
		this.attempts.push(attempt);
		return attempt;
	}
}

async function answerOf({ url, headers, body, timeoutMs }: Delivery) {
	if (!URL.canParse(url) || !loopback.has(new URL(url).hostname)) {
		return { status: null, problem: 'The sandbox delivers to this machine only' };
	}
	try {
		const { status } = await axios.post(url, body, {
			headers,
			timeout: timeoutMs,
			validateStatus: () => true,
		});
		return { status, problem: null };
	} catch (error) {
		return { status: null, problem: error instanceof Error ? error.message : String(error) };
	}
}

function parsed(body: Buffer): unknown {
	try {
		return JSON.parse(body.toString('utf8')) as unknown;
	} catch {
		return body.toString('latin1');
	}
}
