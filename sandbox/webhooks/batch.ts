/**
 * Groups what is reported into deliveries: one each, or several together while a batch is open, as
 * providers do that have much to report at once.
 */
export class Batch<Part> {
	private open: Part[] | null = null;

	constructor(private readonly deliver: (parts: Part[]) => void) {}

	add(part: Part): void {
		if (this.open === null) this.deliver([part]);
		else this.open.push(part);
	}

	/** Runs something that reports at once, and delivers its reports so many together. */
	collect(perDelivery: number, run: () => void): void {
		this.open = [];
		const collected = this.open;
		try {
			run();
		} finally {
			this.open = null;
		}
		for (let from = 0; from < collected.length; from += perDelivery) {
			this.deliver(collected.slice(from, from + perDelivery));
		}
	}
}
