import { sleep } from 'n8n-workflow';
import { Places } from './runner';

export interface GateOptions {
	/** Requests that may be under way at once. */
	concurrency: number;
	/** Least time between the starts of two requests, in milliseconds. */
	delayMs: number;
	/** Fires when the execution is stopped. */
	signal?: AbortSignal;
}

/** Thrown between two requests once the execution has been stopped. */
export class RunCancelled extends Error {
	constructor() {
		super('The execution was stopped');
	}
}

/**
 * The one door through which every request of a run passes: it bounds how many are under way,
 * spaces them, and holds all of them back while a provider asks for a pause.
 */
export class Gate {
	private readonly places: Places;

	/** Epoch milliseconds before which no request starts. */
	private opensAt = 0;

	constructor(readonly options: GateOptions) {
		this.places = new Places(options.concurrency);
	}

	/** Runs `send` as soon as a place is free, the pause is over and the spacing allows. */
	async pass<T>(send: () => Promise<T>): Promise<T> {
		return await this.places.use(async () => {
			await this.untilOpen();
			return await send();
		});
	}

	/** Keeps every request of the run waiting for `ms` milliseconds from now. */
	pause(ms: number): void {
		this.opensAt = Math.max(this.opensAt, Date.now() + ms);
	}

	/** Sleeps, but ends at once with `RunCancelled` when the execution is stopped. */
	async sleep(ms: number): Promise<void> {
		this.throwIfCancelled();
		const { signal } = this.options;
		if (!signal) return await sleep(ms);

		let stop: () => void = () => undefined;
		const stopped = new Promise<void>((resolve) => {
			stop = resolve;
			signal.addEventListener('abort', stop, { once: true });
		});
		await Promise.race([sleep(ms), stopped]);
		signal.removeEventListener('abort', stop);
		this.throwIfCancelled();
	}

	throwIfCancelled(): void {
		if (this.options.signal?.aborted) throw new RunCancelled();
	}

	private async untilOpen(): Promise<void> {
		// The wait is checked again afterwards: another request may have met a new pause meanwhile.
		for (let wait = this.opensAt - Date.now(); wait > 0; wait = this.opensAt - Date.now()) {
			await this.sleep(wait);
		}
		this.throwIfCancelled();
		if (this.options.delayMs > 0) this.opensAt = Date.now() + this.options.delayMs;
	}
}
