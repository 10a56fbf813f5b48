import { randomUUID } from 'node:crypto';
import axios from 'axios';
import PQueue from 'p-queue';
import { Targets } from './targets';

/** How a provider goes about a delivery. */
export interface DeliveryRules {
	/** What counts as received. */
	accepts: 'only200' | 'any2xx';
	/** An answer that takes longer counts as failed, in milliseconds; it is still waited for. */
	patienceMs: number;
	/** When the connection is cut, in milliseconds. */
	timeoutMs: number;
	/** Milliseconds before each further attempt after a failed one; its length bounds the attempts. */
	retryDelaysMs: readonly number[];
	/** Waits as long as a failed answer's `Retry-After` says. */
	honoursRetryAfter: boolean;
}

/** A webhook delivery as a provider is about to send it. */
export interface Delivery extends DeliveryRules {
	/** The same for every attempt, and for a duplicate that is ordered. */
	id: string;
	provider: string;
	/** What it reports, for the journal. */
	event: string;
	url: string;
	headers: Record<string, string>;
	body: Buffer;
}

/** One attempt, as `GET /control/webhooks/deliveries` lists it. */
export interface Attempt {
	id: string;
	provider: string;
	event: string;
	url: string;
	/** Counts from 1. */
	attempt: number;
	/** `null` when there was no answer; see `problem`. */
	status: number | null;
	durationMs: number;
	/** Why it counts as failed, and is tried again; `null` for success. */
	problem: string | null;
	headers: Record<string, string>;
	/** Parsed if it is JSON. */
	body: unknown;
}

export interface DelivererSettings {
	/** Instead of the provider's own delay between attempts. */
	retryDelayMs: number | null;
	/** Instead of the provider's own number of attempts. */
	maxAttempts: number | null;
	/** Instead of the provider's own limit for an answer. */
	patienceMs: number | null;
	/** Holds everything back until it is false again. */
	paused: boolean;
}

const defaults: DelivererSettings = {
	retryDelayMs: null,
	maxAttempts: null,
	patienceMs: null,
	paused: false,
};

/** The journal forgets what is older, so that a sandbox may run for days. */
const REMEMBERED = 10_000;

interface Answer {
	status: number | null;
	problem: string | null;
	retryAfterMs?: number;
	/** Trying again makes no sense. */
	isRefused?: boolean;
}

/** Sends webhooks with each provider's retries, and writes down every attempt. */
export class Deliverer {
	readonly attempts: Attempt[] = [];

	/** Everything that was sent, for replays. */
	readonly sent = new Map<string, Delivery>();

	settings: DelivererSettings = { ...defaults };

	private readonly queue = new PQueue({ concurrency: 20 });

	private readonly resetListeners: Array<() => void> = [];

	/** Counts resets: what belongs to an earlier one is neither tried again nor written down. */
	private generation = 0;

	/** @param targets where it may deliver to; what asks receivers questions keeps to them as well */
	constructor(readonly targets = new Targets()) {}

	/** How many deliveries wait for their turn, which may be that of a pause to end. */
	get waiting(): number {
		return this.queue.size;
	}

	configure(change: Partial<DelivererSettings>): void {
		this.settings = { ...this.settings, ...change };
		if (this.settings.paused) this.queue.pause();
		else this.queue.start();
	}

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
		this.settings = { ...defaults };
		this.forget();
	}

	/** Empties the journal; what is on its way or to be tried again stays so. */
	forget(): void {
		this.attempts.length = 0;
		this.sent.clear();
	}

	send(delivery: Omit<Delivery, 'id'> & { id?: string }): Delivery {
		const complete = this.remember(delivery);
		void this.queue.add(async () => await this.attempt(complete, 1));
		return complete;
	}

	/** Gives it an id and keeps it for replays; sends nothing. */
	remember(delivery: Omit<Delivery, 'id'> & { id?: string }): Delivery {
		const complete = { ...delivery, id: delivery.id ?? randomUUID() };
		this.sent.set(complete.id, complete);
		const [oldest] = this.sent.keys();
		if (this.sent.size > REMEMBERED) this.sent.delete(oldest);
		return complete;
	}

	/** Sends it at once, past the queue and without retries; for bursts and forgeries. */
	async sendOnce(delivery: Delivery): Promise<Attempt> {
		return (await this.post(delivery, 1)).attempt;
	}

	private async attempt(delivery: Delivery, number: number): Promise<void> {
		const { generation } = this;
		const { answer } = await this.post(delivery, number);
		if (generation !== this.generation || answer.problem === null || answer.isRefused) return;
		const { maxAttempts, retryDelayMs } = this.settings;
		if (number >= (maxAttempts ?? delivery.retryDelaysMs.length + 1)) return;
		const asked = delivery.honoursRetryAfter ? answer.retryAfterMs : undefined;
		const own = delivery.retryDelaysMs[number - 1] ?? delivery.retryDelaysMs.at(-1) ?? 1000;
		setTimeout(
			() => {
				if (generation !== this.generation) return;
				void this.queue.add(async () => await this.attempt(delivery, number + 1));
			},
			retryDelayMs ?? asked ?? own,
		).unref();
	}

	private async post(delivery: Delivery, number: number) {
		const { generation } = this;
		const startedAt = Date.now();
		const answer = await this.answerOf(delivery);
		const durationMs = Date.now() - startedAt;
		const patienceMs = this.settings.patienceMs ?? delivery.patienceMs;
		if (answer.problem === null && durationMs > patienceMs) {
			answer.problem = `Answered after ${durationMs} ms, which is later than ${patienceMs} ms`;
		}
		const { body, id, provider, event, url, headers } = delivery;
		const { status, problem } = answer;
		const attempt: Attempt = {
			...{ id, provider, event, url, headers, status, problem, durationMs },
			attempt: number,
			body: parsed(body),
		};
		if (generation === this.generation) this.attempts.push(attempt);
		if (this.attempts.length > REMEMBERED) this.attempts.shift();
		return { attempt, answer };
	}

	private async answerOf({ url, headers, body, timeoutMs, accepts }: Delivery): Promise<Answer> {
		const { patienceMs } = this.settings;
		const refusal = this.targets.refusal(url);
		if (refusal !== null) return { status: null, problem: refusal, isRefused: true };
		try {
			const { status, headers: answered } = await axios.post<unknown>(url, body, {
				headers,
				timeout: Math.max(timeoutMs, patienceMs ?? 0),
				// Both would let a delivery get to another host than the one that was checked.
				maxRedirects: 0,
				proxy: false,
				responseType: 'arraybuffer',
				validateStatus: () => true,
			});
			const isAccepted = accepts === 'only200' ? status === 200 : status >= 200 && status < 300;
			if (isAccepted) return { status, problem: null };
			const retryAfterMs = millisecondsIn(answered['retry-after']);
			return { status, problem: `Answered ${status}`, retryAfterMs };
		} catch (error) {
			return { status: null, problem: error instanceof Error ? error.message : String(error) };
		}
	}
}

/** `Retry-After` in seconds or as a date; `undefined` when it says nothing. */
function millisecondsIn(retryAfter: unknown): number | undefined {
	if (typeof retryAfter !== 'string') return undefined;
	if (/^\d+$/.test(retryAfter)) return Number(retryAfter) * 1000;
	const at = Date.parse(retryAfter);
	return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}

function parsed(body: Buffer): unknown {
	try {
		return JSON.parse(body.toString('utf8')) as unknown;
	} catch {
		return body.toString('latin1');
	}
}
