import { z } from 'zod';
import { MetaError } from './errors';
import { digits } from './ids';
import { checked } from './request';

interface Paged {
	serial: number;
}

interface Page<Item> {
	items: Item[];
	/** Absent on an empty page. Assumed: as elsewhere in Meta's Graph API (providers.md §2.2 [I]). */
	paging?: {
		cursors: { before: string; after: string };
		previous?: string;
		next?: string;
	};
}

/** `limit` 1 to 1024, 25 without one (providers.md §8). */
const querySchema = z
	.object({
		limit: z
			.string()
			.regex(/^\d+$/, 'must be a whole number')
			.transform(Number)
			.pipe(z.number().min(1).max(1024))
			.default('25'),
		after: z.string().optional(),
		before: z.string().optional(),
	})
	.refine(({ after, before }) => after === undefined || before === undefined, {
		message: 'cannot go with after',
		path: ['before'],
	});

/** Cursor paging as in providers.md §2.2: opaque cursors, links that point at Meta's own host. */
export class Pager {
	private readonly positions = new Map<string, number>();

	/** Every cursor given out is worth nothing from now on. */
	expire(): void {
		this.positions.clear();
	}

	/**
	 * @param items by rising serial
	 * @param link what `previous` and `next` begin with, up to the parameters of paging
	 */
	page<Item extends Paged>(items: Item[], query: unknown, link: string): Page<Item> {
		const { limit, after, before } = checked(querySchema, query);
		const shown =
			before === undefined
				? items.filter(({ serial }) => serial > this.positionOf(after, 0)).slice(0, limit)
				: items.filter(({ serial }) => serial < this.positionOf(before, 0)).slice(-limit);
		const first = shown.at(0);
		const last = shown.at(-1);
		if (first === undefined || last === undefined) return { items: [] };
		const cursors = { before: this.issue(first.serial), after: this.issue(last.serial) };
		const hasPrevious = items.some(({ serial }) => serial < first.serial);
		const hasNext = items.some(({ serial }) => serial > last.serial);
		return {
			items: shown,
			paging: {
				cursors,
				...(hasPrevious && { previous: `${link}limit=${limit}&before=${cursors.before}` }),
				...(hasNext && { next: `${link}limit=${limit}&after=${cursors.after}` }),
			},
		};
	}

	private issue(serial: number): string {
		const cursor = Buffer.from(digits(17)).toString('base64');
		this.positions.set(cursor, serial);
		return cursor;
	}

	private positionOf(cursor: string | undefined, start: number): number {
		if (cursor === undefined) return start;
		const position = this.positions.get(cursor);
		if (position !== undefined) return position;
		throw new MetaError(131059, 'The cursor is expired or corrupt; start paging again.');
	}
}
