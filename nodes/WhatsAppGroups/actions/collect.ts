import type { Answer, Page, PageRequest } from '../contract/operations';
import { InvalidInput } from '../values/invalidInput';
import type { Item } from './item';

/** Entries that one page is asked for at most; 360dialog takes up to 1,024 (providers.md §4.3.2). */
const largestPage = 100;
/** Pages without a single entry, one after the other, after which a list counts as broken. */
const mostEmptyPages = 20;

/** Follows the pages of a list until it ends or Limit is reached. */
export async function collect<T>(
	item: Item,
	fetchPage: (request: PageRequest) => Promise<Page<T>>,
): Promise<Array<Answer<T>>> {
	const { values } = item;
	const wanted = values.flag('returnAll', false)
		? Infinity
		: values.wholeNumber('limit', 50, { min: 1 });
	const entries: Array<Answer<T>> = [];
	const seen = new Set<string>();
	let cursor: string | undefined;
	let emptyPages = 0;
	do {
		const limit = Math.min(wanted - entries.length, largestPage);
		const page = await fetchPage({ limit, cursor });
		entries.push(...page.entries);
		emptyPages = page.entries.length === 0 ? emptyPages + 1 : 0;
		cursor = page.next;
		if (cursor !== undefined && (seen.has(cursor) || emptyPages >= mostEmptyPages)) {
			throw new InvalidInput(
				'The list of the provider does not end',
				`It keeps giving ${emptyPages > 0 ? 'empty pages' : 'the same page'} after ${entries.length} entries. Try again later${wanted === Infinity ? ", or turn off 'Return All' and set a 'Limit'" : ", or lower 'Limit'"}.`,
			);
		}
		seen.add(cursor ?? '');
	} while (cursor !== undefined && entries.length < wanted);
	return entries.slice(0, wanted);
}
