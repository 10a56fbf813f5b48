import type { Answer, Page, PageRequest } from '../contract/operations';
import type { Item } from './item';

/** Entries that one page is asked for at most; 360dialog takes up to 1,024 (providers.md §4.3.2). */
const largestPage = 100;

/** Follows the pages of a list until it ends or Limit is reached. */
export async function collect<T>(
	item: Item,
	fetchPage: (request: PageRequest) => Promise<Page<T>>,
): Promise<Array<Answer<T>>> {
	const wanted = item.flag('returnAll') ? Infinity : Number(item.value('limit') ?? 50);
	const entries: Array<Answer<T>> = [];
	const seen = new Set<string>();
	let cursor: string | undefined;
	do {
		const limit = Math.min(wanted - entries.length, largestPage);
		const page = await fetchPage({ limit, cursor });
		entries.push(...page.entries);
		cursor = page.next;
		if (cursor !== undefined && seen.has(cursor)) {
			throw item.inputError(
				'The provider keeps giving the same page of the list',
				"Turn off 'Return All', or try again later.",
			);
		}
		seen.add(cursor ?? '');
	} while (cursor !== undefined && entries.length < wanted);
	return entries.slice(0, wanted);
}
