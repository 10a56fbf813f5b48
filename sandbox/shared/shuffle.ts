import { randomInt } from 'node:crypto';

/** In place, every order as likely as any other. */
export function shuffle(items: unknown[]): void {
	for (let i = items.length - 1; i > 0; i -= 1) {
		const j = randomInt(i + 1);
		[items[i], items[j]] = [items[j], items[i]];
	}
}
