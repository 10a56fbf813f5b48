import { fingerprint } from '../contract/delivery';

/**
 * Events remembered per trigger. One delivery of Meta's may carry 1,000 changes (providers.md §4.4),
 * so this holds at least two of those.
 */
export const remembered = 2000;

/** Saving costs n8n a write of the whole static data: one a second, and a few more after a quiet time. */
const savesPerSecond = 1;
const savesAtOnce = 5;

/** Characters of a fingerprint that are kept: 48 bits, so that two events are never taken for one. */
const keyLength = 8;

/** Events of one delivery that nobody else has or is about to take. */
export interface Claim {
	ids: ReadonlySet<string>;
	/** What is to be saved with the delivery, if anything. */
	toSave: string | undefined;
	/** Once it is known whether n8n has kept the delivery; until then, repeats of its events wait. */
	settle: (kept: boolean) => void;
}

/**
 * The events that a trigger has seen. Deliveries run side by side, each with its own copy of the static
 * data, and n8n saves those copies late and in any order: what counts is this memory, and a copy only
 * adds what is newer than the oldest event in it.
 */
export class EventMemory {
	/** Seconds since 1970 by key, oldest first. */
	private seen = new Map<string, number>();

	private readonly pending = new Map<string, Promise<void>>();

	/** The saved text that was merged last: most copies are equal. */
	private merged = '';

	private hasNews = false;

	private savesLeft = savesAtOnce;

	private savesCountedAt = 0;

	lastUsedAt = 0;

	/** Takes in what was saved, by this process some time ago or by another one. */
	merge(saved: unknown): void {
		if (typeof saved !== 'string' || saved === this.merged) return;
		this.merged = saved;
		const unknown = decode(saved).filter(([key]) => !this.seen.has(key));
		if (unknown.length === 0) return;
		// Sorting is stable: of the same second, what this process saw itself stays longer.
		this.seen = new Map([...unknown, ...this.seen].sort(([, a], [, b]) => a - b));
		this.trim();
	}

	/** Waits for deliveries of the same events that are under way, and claims what is left. */
	async claim(ids: readonly string[]): Promise<Claim> {
		const keys = new Map(ids.map((id) => [id, keyOf(id)]));
		for (;;) {
			const waitingFor = [...keys.values()].flatMap((key) => this.pending.get(key) ?? []);
			if (waitingFor.length === 0) break;
			await Promise.all(waitingFor);
		}
		const fresh = [...keys].filter(([, key]) => !this.seen.has(key));
		let release: () => void = () => undefined;
		const settled = new Promise<void>((resolve) => (release = resolve));
		for (const [, key] of fresh) this.pending.set(key, settled);
		const toSave = this.toSave(fresh.map(([, key]) => key));
		return {
			ids: new Set(fresh.map(([id]) => id)),
			toSave,
			settle: (kept) => {
				const now = inSeconds(Date.now());
				for (const [, key] of fresh) {
					this.pending.delete(key);
					if (kept) this.seen.set(key, now);
				}
				const isSaved = kept && toSave !== undefined;
				this.hasNews ||= kept ? !isSaved && fresh.length > 0 : toSave !== undefined;
				this.trim();
				release();
			},
		};
	}

	/** Whether an event is remembered; one that is under way is not. */
	has(id: string): boolean {
		return this.seen.has(keyOf(id));
	}

	/** All of it, as it is saved, with what is claimed now. */
	text(claimed: readonly string[] = []): string {
		const now = inSeconds(Date.now());
		const entries = claimed.map((key): [string, number] => [key, now]);
		return encode([...this.seen, ...entries].slice(-remembered));
	}

	/** Nothing when it is too early or there is nothing new. n8n saves it only if it keeps the delivery. */
	private toSave(claimed: readonly string[]): string | undefined {
		if (!this.hasNews && claimed.length === 0) return undefined;
		const now = Date.now();
		const earned = ((now - this.savesCountedAt) / 1000) * savesPerSecond;
		this.savesLeft = Math.min(savesAtOnce, this.savesLeft + Math.max(0, earned));
		this.savesCountedAt = now;
		if (this.savesLeft < 1) return undefined;
		this.savesLeft -= 1;
		this.hasNews = false;
		return this.text(claimed);
	}

	private trim(): void {
		for (const key of this.seen.keys()) {
			if (this.seen.size <= remembered) return;
			this.seen.delete(key);
		}
	}
}

const memories = new Map<string, EventMemory>();

/** A process that is not told of unpublished triggers, as n8n's webhook processes, forgets them by itself. */
const idleMs = 24 * 3600 * 1000;

/** The memory of a trigger in this process, with what was saved. */
export function memoryOf(trigger: string, saved: unknown): EventMemory {
	let memory = memories.get(trigger);
	if (!memory) {
		const tooOld = Date.now() - idleMs;
		for (const [other, { lastUsedAt }] of memories) {
			if (lastUsedAt < tooOld) memories.delete(other);
		}
		memory = new EventMemory();
		memories.set(trigger, memory);
	}
	memory.lastUsedAt = Date.now();
	memory.merge(saved);
	return memory;
}

/** Frees the memory of a trigger that is unpublished; gives what is to be saved of it. */
export function freeMemory(trigger: string): string | undefined {
	const memory = memories.get(trigger);
	memories.delete(trigger);
	return memory?.text();
}

function keyOf(id: string): string {
	return fingerprint(id).slice(0, keyLength);
}

function inSeconds(ms: number): number {
	return Math.floor(ms / 1000);
}

/** `<seconds in base 36>:<keys of that second> …`: n8n stores it with every execution, so it is short. */
function encode(entries: ReadonlyArray<readonly [key: string, seconds: number]>): string {
	let text = '';
	let current: number | undefined;
	for (const [key, seconds] of entries) {
		if (seconds !== current) text += `${text === '' ? '' : ' '}${seconds.toString(36)}:`;
		current = seconds;
		text += key;
	}
	return text;
}

function decode(text: string): Array<[key: string, seconds: number]> {
	return text.split(' ').flatMap((group) => {
		const [seconds, keys = ''] = group.split(':');
		const time = Number.parseInt(seconds, 36);
		if (Number.isNaN(time)) return [];
		const all = keys.match(new RegExp(`.{${keyLength}}`, 'g')) ?? [];
		return all.map((key): [string, number] => [key, time]);
	});
}
