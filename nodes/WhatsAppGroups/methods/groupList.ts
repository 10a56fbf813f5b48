import type { Answer } from '../contract/operations';
import type { Provider } from '../contract/provider';
import type { Group } from '../model';
import type { Api } from '../transport/api';

/** Groups on one page of a list in the editor. */
const pageSize = 25;
/** Groups that one request asks for while a text is searched. */
const searchSize = 100;
const mostEmptyPages = 20;
/** Groups whose details one search asks for at most. */
const mostDetails = 50;

export interface GroupEntry {
	name: string;
	value: string;
}

export interface GroupPage {
	entries: GroupEntry[];
	/** Cursor of the next page. */
	next?: string;
}

/**
 * A page of the account's groups, of those that fit a search text where there is one. The editor asks for
 * no further page while a text is searched, so the search goes on by itself until something fits or the
 * list ends.
 */
export async function findGroups(
	api: Api,
	provider: Provider,
	filter = '',
	from?: string,
): Promise<GroupPage> {
	const wanted = filter.trim().toLowerCase();
	if (!tellsSubjectsApart(provider)) return await pageOf(api, provider, wanted, { from });
	if (wanted === '') return await pageOf(api, provider, wanted, { from, loadDetails: true });

	// An ID costs one request; only a subject is looked for group by group, and not in all of them.
	const byId = await pageOf(api, provider, wanted, {});
	if (byId.entries.length > 0) return byId;
	return await pageOf(api, provider, wanted, { loadDetails: true, most: mostDetails });
}

/** Whether the list has IDs alone, and each subject takes a request of its own. */
function tellsSubjectsApart({ features }: Provider): boolean {
	return features.includes('group.getAll.loadDetails');
}

interface Extent {
	from?: string;
	loadDetails?: boolean;
	/** Groups that are looked at before the search is given up. */
	most?: number;
}

async function pageOf(
	api: Api,
	provider: Provider,
	wanted: string,
	{ from, loadDetails = false, most = Infinity }: Extent,
): Promise<GroupPage> {
	const listGroups = provider.operations['group.getAll']!.run;
	const limit = wanted === '' || loadDetails ? pageSize : searchSize;
	const seen = new Set<string>();
	let cursor = from;
	for (let emptyPages = 0, looked = 0; ;) {
		const page = await listGroups(api, { limit, cursor, loadDetails });
		const entries = page.entries.map(toEntry).filter((entry) => fits(entry, wanted));
		looked += page.entries.length;
		emptyPages = page.entries.length === 0 ? emptyPages + 1 : 0;
		seen.add(cursor ?? '');
		cursor = page.next;
		const isEnd = cursor === undefined || seen.has(cursor) || emptyPages >= mostEmptyPages;
		if (entries.length > 0 || isEnd) return { entries, next: isEnd ? undefined : cursor };
		if (looked >= most) {
			throw api.failure(
				`None of the first ${looked} groups has this in its name`,
				`${provider.name} tells the name of a group one by one, so that the search ends here. Choose 'By ID', or scroll through the whole list.`,
			);
		}
	}
}

export function fits({ name, value }: GroupEntry, wanted: string): boolean {
	return name.toLowerCase().includes(wanted) || value.toLowerCase().includes(wanted);
}

function toEntry({ model: { id, note, subject } }: Answer<Group>): GroupEntry {
	return { name: subject ?? (note === undefined ? id : `${id} (not known any more)`), value: id };
}
