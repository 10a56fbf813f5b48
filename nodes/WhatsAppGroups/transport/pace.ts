/** Requests that were taken this long ago say nothing about the rate any more, in milliseconds. */
const longestMemoryMs = 60_000;
const shortestWindowMs = 1000;
/** A pace is set this much slower than what was measured, since requests do not arrive evenly. */
const margin = 1.05;
/** Requests that must have been taken for a measurement to be trusted. */
const trusted = 10;
/** Steps by which the interval is shortened: while the pace is being looked for, and once it is found. */
const searchStep = 0.8;
const probeStep = 0.97;
/** Requests between two probes of a pace that is found, so that few are refused for it. */
const betweenProbes = 50;

/**
 * Finds the rate that a provider takes. Providers publish no numbers and count in windows of unknown
 * length, so the rate is measured: from how many requests were taken in the time that the refusal asks
 * to wait. Until something is refused there is no limit.
 */
export class Pace {
	/** Least time between the starts of two requests, in milliseconds; 0 where no limit is known. */
	intervalMs = 0;

	/** The interval before the last attempt at a shorter one. */
	private heldMs = 0;

	/** Epoch milliseconds at which requests started that were taken, oldest first. */
	private starts: number[] = [];

	private sinceChange = 0;

	private isFound = false;

	private nextProbe = 0;

	/** A request was taken; once in a while the next one may come sooner for it. */
	taken(startedAt: number): void {
		this.starts.push(startedAt);
		if (this.starts.length > 4000) this.forgetBefore(startedAt - longestMemoryMs);
		this.sinceChange += 1;
		if (this.intervalMs > 0 && this.sinceChange >= this.nextProbe) {
			this.heldMs = this.intervalMs;
			this.change(this.intervalMs * (this.isFound ? probeStep : searchStep));
		}
	}

	/** A request was refused that started at `startedAt`, and the refusal asks to wait for `waitMs`. */
	refused(startedAt: number, waitMs: number): void {
		if (this.intervalMs === 0) this.measure(startedAt, waitMs);
		else {
			const isProbe = this.heldMs > 0;
			this.change((isProbe ? this.heldMs : this.intervalMs * 1.2) * margin);
			this.isFound = true;
			this.nextProbe = Math.max(this.nextProbe, betweenProbes);
		}
		this.heldMs = 0;
	}

	private measure(startedAt: number, waitMs: number): void {
		const windowMs = Math.min(Math.max(waitMs, shortestWindowMs), longestMemoryMs);
		const from = startedAt - windowMs;
		const taken = this.starts.filter((start) => start > from).length;
		this.isFound = taken >= trusted;
		this.nextProbe = this.isFound ? Math.max(betweenProbes, 10 * taken) : 1;
		this.change((windowMs / Math.max(1, taken)) * margin);
	}

	private change(intervalMs: number): void {
		this.intervalMs = Math.min(intervalMs, longestMemoryMs);
		this.sinceChange = 0;
	}

	private forgetBefore(time: number): void {
		this.starts = this.starts.filter((start) => start >= time).slice(-4000);
	}
}
