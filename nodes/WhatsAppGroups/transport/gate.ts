import { sleep } from 'n8n-workflow';
import { Pace } from './pace';

export interface GateOptions {
	/** Requests that may be under way at once. */
	concurrency: number;
	/** Least time between the starts of two requests, in milliseconds. */
	delayMs: number;
	/** How long one request that is refused for the rate is kept waiting and sent again, in milliseconds. */
	patienceMs: number;
	/** Fires when the execution is stopped. */
	signal?: AbortSignal;
}

/** Minutes for which a refused request is kept in a run. */
export const patienceMinutes = 15;

/** Thrown between two requests once the execution has been stopped. */
export class RunCancelled extends Error {
	constructor() {
		super('The execution was stopped');
	}
}

/** What came back for a request: the answer, or with it that the provider refused it for the rate. */
export interface Passed<T> {
	answer: T;
	/** Set when patience is over: how long the provider asks to wait, in milliseconds, if it says so. */
	refused?: { askedMs: number | null };
}

interface Waiter {
	/** Place in the order of first coming, which a refused request keeps. */
	number: number;
	isRefused: boolean;
	start: (startedAt: number) => void;
	fail: (error: unknown) => void;
}

/** Requests under way at the start: more only after some were taken. */
const firstWidth = 5;
const shortestPauseMs = 250;
const firstBackoffMs = 1000;
const longestBackoffMs = 60_000;
/** A timer that comes late may be made up for by this much, in milliseconds. */
const latenessMs = 5;
/** Sleeps are cut into such pieces, so that none outlives its run for long. */
const longestSleepMs = 1000;

/**
 * The one door through which every request of a run passes: it bounds how many are under way, spaces
 * them, and after a refusal for the rate starts none until the pause is over. Then it opens for one, the
 * refused one first, and for more as they are taken, at the pace that was measured. Waiting in line costs
 * nothing; what bounds a request is time.
 */
export class Gate {
	private readonly pace = new Pace();

	private line: Waiter[] = [];

	private arrivals = 0;

	private underWay = 0;

	/** How many may be under way at present. */
	private width: number;

	/** Epoch milliseconds before which no request starts: while the provider asks for a pause. */
	private pausedUntil = 0;

	/** Epoch milliseconds of the next start that the spacing allows. */
	private nextStart = 0;

	/** Refusals, one after the other, since a request was taken last. */
	private refusals = 0;

	/** The refusal for which everybody is held back: when its request started, and for how long. */
	private refusal?: { startedAt: number; waitMs: number };

	private isTicking = false;

	/** Why nothing starts any more. */
	stoppedBy?: unknown;

	constructor(readonly options: GateOptions) {
		this.width = Math.min(firstWidth, options.concurrency);
		options.signal?.addEventListener('abort', () => this.stop(new RunCancelled()), { once: true });
	}

	/**
	 * Runs `send` when it is its turn, again and again while `refusalOf` finds that the provider refused
	 * it for the rate, until patience is over. `refusalOf` gives how long the refusal asks to wait: in
	 * milliseconds, or `null` where it names no time.
	 */
	async pass<T>(
		send: () => Promise<T>,
		refusalOf: (answer: T) => number | null | undefined,
	): Promise<Passed<T>> {
		const number = (this.arrivals += 1);
		for (let givesUpAt: number | undefined; ;) {
			const startedAt = await this.enter(number, givesUpAt !== undefined);
			const answer = await send().finally(() => (this.underWay -= 1));
			const askedMs = refusalOf(answer);
			if (askedMs === undefined) {
				this.taken(startedAt);
				return { answer };
			}
			givesUpAt ??= Date.now() + this.options.patienceMs;
			const waitMs = this.refused(startedAt, askedMs);
			void this.admitSoon();
			if (Date.now() + waitMs > givesUpAt) return { answer, refused: { askedMs } };
		}
	}

	/** From now on nothing starts: everybody in line fails with `error`. */
	stop(error: unknown): void {
		if (this.stoppedBy !== undefined) return;
		this.stoppedBy = error;
		for (const { fail } of this.line.splice(0)) fail(error);
	}

	throwIfStopped(): void {
		if (this.options.signal?.aborted) throw new RunCancelled();
		if (this.stoppedBy !== undefined) throw this.stoppedBy;
	}

	/** Sleeps, but not beyond the end of the run. */
	async sleep(ms: number): Promise<void> {
		const wakesAt = Date.now() + ms;
		for (let left = ms; left > 0; left = wakesAt - Date.now()) {
			this.throwIfStopped();
			await sleep(Math.min(left, longestSleepMs / 4));
		}
		this.throwIfStopped();
	}

	private async enter(number: number, isRefused: boolean): Promise<number> {
		this.throwIfStopped();
		return await new Promise<number>((start, fail) => {
			const waiter = { number, isRefused, start, fail };
			const place = isRefused
				? this.line.findIndex((other) => !other.isRefused || other.number > number)
				: -1;
			if (place === -1) this.line.push(waiter);
			else this.line.splice(place, 0, waiter);
			this.admit();
		});
	}

	private admit(): void {
		while (this.line.length > 0 && this.underWay < this.width) {
			const now = Date.now();
			const waitMs = Math.max(this.pausedUntil, this.nextStart) - now;
			if (waitMs > 0) {
				void this.admitLater(waitMs);
				return;
			}
			this.reopen();
			const { delayMs } = this.options;
			const due = Math.max(this.nextStart, now - latenessMs);
			this.nextStart = Math.max(
				delayMs > 0 ? now + delayMs : 0,
				this.pace.intervalMs > 0 ? due + this.pace.intervalMs : 0,
			);
			this.underWay += 1;
			this.line.shift()?.start(now);
		}
	}

	/**
	 * After an answer, but not at once: an item that fails by it stops the run first, and nothing more may
	 * start then.
	 */
	private async admitSoon(): Promise<void> {
		if (this.line.length === 0) return;
		await sleep(0);
		this.admit();
	}

	private async admitLater(ms: number): Promise<void> {
		if (this.isTicking) return;
		this.isTicking = true;
		await sleep(Math.min(ms, longestSleepMs));
		this.isTicking = false;
		this.admit();
	}

	private taken(startedAt: number): void {
		void this.admitSoon();
		this.pace.taken(startedAt);
		// What was on its way when another was refused says nothing about the time after it.
		if (this.refusal || startedAt < this.pausedUntil) return;
		this.refusals = 0;
		this.width = Math.min(this.options.concurrency, this.width + 1);
	}

	/** Holds everybody back; gives for how long. */
	private refused(startedAt: number, asked: number | null): number {
		const grow = (ms: number) => Math.min(ms * 2 ** this.refusals, longestBackoffMs);
		// A refusal that asks for no time at all, again and again, must not become a busy loop.
		const waitMs = Math.max(asked ?? grow(firstBackoffMs), grow(shortestPauseMs));
		// Requests that were under way together are refused together: that is one refusal.
		if (!this.refusal && startedAt >= this.pausedUntil) {
			this.refusals += 1;
			this.refusal = { startedAt, waitMs };
		}
		this.pausedUntil = Math.max(this.pausedUntil, Date.now() + waitMs);
		return waitMs;
	}

	/** After a pause: for one request, at the pace that was taken before it. */
	private reopen(): void {
		if (!this.refusal) return;
		this.pace.refused(this.refusal.startedAt, this.refusal.waitMs);
		this.refusal = undefined;
		this.width = 1;
	}
}
