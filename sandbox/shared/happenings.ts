/** Something that happened to a provider's state, as its webhooks may later report it. */
export interface Happening {
	readonly type: string;
	/** Epoch milliseconds. */
	readonly at: number;
}

/** Without the time, which the announcer adds; distributes over a union of happenings. */
export type Untimed<H extends Happening> = H extends Happening ? Omit<H, 'at'> : never;

/** Where a provider's state announces what happened, and whoever delivers webhooks listens. */
export class Happenings<H extends Happening> {
	private readonly listeners = new Set<(happening: H) => void>();

	/** Calls the listener for everything that happens from now on; the function returned stops that. */
	on(listener: (happening: H) => void): () => void {
		this.listeners.add(listener);
		return () => this.listeners.delete(listener);
	}

	announce(happening: Untimed<H>): void {
		const timed = { ...happening, at: Date.now() } as unknown as H;
		for (const listener of this.listeners) listener(timed);
	}
}
