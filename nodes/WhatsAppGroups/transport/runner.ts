/** A number of places, handed out in the order in which they were asked for. */
export class Places {
	private readonly waiting: Array<() => void> = [];

	constructor(private free: number) {}

	async use<T>(work: () => Promise<T>): Promise<T> {
		if (this.free > 0) this.free -= 1;
		else await new Promise<void>((resolve) => this.waiting.push(resolve));
		try {
			return await work();
		} finally {
			const next = this.waiting.shift();
			if (next) next();
			else this.free += 1;
		}
	}
}

export interface RunnerOptions {
	/** Tasks that may be under way at once. */
	concurrency: number;
	/** Tasks with the same key run one after the other, in order. */
	keyOf?: (index: number) => string | undefined;
}

/**
 * Runs `task` for 0…count-1 and gives the results in that order. After a failure nothing new is
 * started; what is under way is waited for, and the failure with the lowest index is thrown.
 */
export async function runAll<T>(
	count: number,
	{ concurrency, keyOf }: RunnerOptions,
	task: (index: number) => Promise<T>,
): Promise<T[]> {
	const places = new Places(concurrency);
	const lastOfKey = new Map<string, Promise<void>>();
	const results = new Array<T>(count);
	const failures: Array<{ index: number; error: unknown }> = [];

	const runOne = async (index: number, predecessor?: Promise<void>) => {
		await predecessor;
		await places.use(async () => {
			if (failures.length > 0) return;
			try {
				results[index] = await task(index);
			} catch (error) {
				failures.push({ index, error });
			}
		});
	};

	const jobs = Array.from({ length: count }, (_, index) => {
		const key = keyOf?.(index);
		if (key === undefined) return runOne(index);
		const job = runOne(index, lastOfKey.get(key));
		lastOfKey.set(key, job);
		return job;
	});
	await Promise.all(jobs);

	if (failures.length > 0) {
		const [first] = failures.sort((a, b) => a.index - b.index);
		throw first.error;
	}
	return results;
}
