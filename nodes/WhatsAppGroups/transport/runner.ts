import { sleep } from 'n8n-workflow';

/** A number of places, handed out in the order in which they were asked for. */
class Places {
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

/** Milliseconds of work after which other executions of the same n8n get their turn. */
const turnMs = 20;

/** Lets the event loop breathe: reading an item's parameters costs milliseconds, and items are many. */
class Turns {
	private since = Date.now();

	private next?: Promise<void>;

	async wait(): Promise<void> {
		while (Date.now() - this.since > turnMs) {
			this.next ??= sleep(0).then(() => {
				this.since = Date.now();
				this.next = undefined;
			});
			await this.next;
		}
	}
}

export interface RunnerOptions {
	/** Tasks that may be under way at once. */
	concurrency: number;
	/** Tasks with the same key run one after the other, in order. */
	keyOf?: (index: number) => string | undefined;
	/** Called once, when the first task fails: what is under way may be told. */
	onFailure?: (error: unknown) => void;
}

/** How a run ended. */
export interface Run<T> {
	/** By index; nothing where the task was not done. */
	results: Array<T | undefined>;
	/** Indexes of the tasks that were done, in order. */
	done: number[];
	/** In the order in which they happened; the later ones may follow from the first. */
	failures: Array<{ index: number; error: unknown }>;
}

/** Tasks that wait for others of their key while later ones are started, at most. */
const lookAhead = 1000;

/**
 * Runs `task` for 0…count-1. After a failure nothing new is started, and what is under way is waited
 * for. Tasks are started little by little, so that thousands of them do not block n8n.
 */
export async function runAll<T>(
	count: number,
	{ concurrency, keyOf, onFailure }: RunnerOptions,
	task: (index: number) => Promise<T>,
): Promise<Run<T>> {
	const places = new Places(concurrency);
	const turns = new Turns();
	const lastOfKey = new Map<string, Promise<void>>();
	const jobs: Array<Promise<void>> = [];
	let open = 0;
	let roomIsFree = () => {};
	const results = new Array<T | undefined>(count);
	const done: number[] = [];
	const failures: Array<{ index: number; error: unknown }> = [];

	const runOne = async (index: number, predecessor?: Promise<void>) => {
		await predecessor;
		await places.use(async () => {
			await turns.wait();
			if (failures.length > 0) return;
			try {
				results[index] = await task(index);
				done.push(index);
			} catch (error) {
				failures.push({ index, error });
				if (failures.length === 1) onFailure?.(error);
			}
		});
		open -= 1;
		roomIsFree();
	};

	for (let index = 0; index < count && failures.length === 0; index += 1) {
		await turns.wait();
		const key = keyOf?.(index);
		const job = runOne(index, key === undefined ? undefined : lastOfKey.get(key));
		if (key !== undefined) lastOfKey.set(key, job);
		jobs.push(job);
		open += 1;
		if (open >= lookAhead) await new Promise<void>((resolve) => (roomIsFree = resolve));
	}
	await Promise.all(jobs);

	return { results, done: done.sort((a, b) => a - b), failures };
}
