import type { Group } from '../../model';
import type { Api } from '../../transport/api';
import type { Answer, Page, PageRequest } from '../../contract/operations';

/** What a group that was asked for is known by: its id where the provider told it, else its subject. */
interface Awaited {
	id: string | null;
	subject: string;
}

type ListGroups = (api: Api, page: PageRequest) => Promise<Page<Group>>;

/** The most groups that one page holds (providers.md §2.2). */
const largestPage = 1024;
const firstPauseMs = 500;
const pauseGrowth = 1.5;
const longestPauseMs = 10_000;

/**
 * Finds groups that were asked for in the list of groups, since otherwise only webhooks tell what
 * became of a request (providers.md §2.2). One object serves all items of a run: it knows the groups
 * that were there before and gives each new one to one item only, so items may share a subject. Which
 * of them gets which group is chance, as the list does not name requests.
 */
export class GroupsToCome {
	private readonly taken: Set<string>;

	private constructor(
		private readonly listGroups: ListGroups,
		present: Array<Answer<Group>>,
	) {
		this.taken = new Set(present.map(({ model }) => model.id));
	}

	/** Notes the groups that are there, once per run; to be called before a group is asked for. */
	static async expect(api: Api, listGroups: ListGroups): Promise<GroupsToCome> {
		const key = `groups to come ${api.account}`;
		const running = api.shared.get(key) as Promise<GroupsToCome> | undefined;
		// A list that could not be read for one item is read again for the next.
		if (running) {
			return await running.catch(async () => await GroupsToCome.expect(api, listGroups));
		}
		const own = listAll(api, listGroups).then((present) => new GroupsToCome(listGroups, present));
		api.shared.set(key, own);
		own.catch(() => api.shared.delete(key));
		return await own;
	}

	/** Reads the list, less and less often, until the group is in it; throws when time is up. */
	async wait(api: Api, awaited: Awaited, seconds: number): Promise<Answer<Group>> {
		const deadline = Date.now() + seconds * 1000;
		for (let pauseMs = firstPauseMs; ; pauseMs *= pauseGrowth) {
			const listed = await listAll(api, this.listGroups);
			const group = this.take(listed, awaited);
			if (group) return group;

			const leftMs = deadline - Date.now();
			if (leftMs <= 0) throw this.timeIsUp(api, listed, seconds);
			await api.sleep(Math.min(pauseMs, longestPauseMs, leftMs));
		}
	}

	/** The newest group that can be the awaited one; from then on it is nobody else's. */
	private take(listed: Array<Answer<Group>>, awaited: Awaited): Answer<Group> | undefined {
		const [newest] = listed
			.filter(({ model: { id, subject } }) =>
				awaited.id === null
					? !this.taken.has(id) && isSame(subject, awaited.subject)
					: id === awaited.id,
			)
			.sort((a, b) => (b.model.createdAt ?? '').localeCompare(a.model.createdAt ?? ''));
		if (newest) this.taken.add(newest.model.id);
		return newest;
	}

	private timeIsUp(api: Api, listed: Array<Answer<Group>>, seconds: number) {
		const others = listed.filter(({ model }) => !this.taken.has(model.id)).length;
		return api.failure(
			"The group did not appear within 'Maximum Wait (Seconds)'",
			`After ${seconds} seconds the list held ${listed.length} groups, ${others} of them new but with another subject. Look with Group: Get Many whether the group came later, and raise 'Maximum Wait (Seconds)'. If WhatsApp has refused to create it, only the webhook of the number says why.`,
		);
	}
}

function isSame(subject: string | null, wanted: string): boolean {
	return subject?.normalize().trim() === wanted.normalize().trim();
}

async function listAll(api: Api, listGroups: ListGroups): Promise<Array<Answer<Group>>> {
	const all: Array<Answer<Group>> = [];
	const seen = new Set<string>();
	let cursor: string | undefined;
	do {
		const page = await listGroups(api, { limit: largestPage, cursor });
		all.push(...page.entries);
		seen.add(cursor ?? '');
		cursor = page.next;
		// A cursor that comes again would never end; every page has been read then.
	} while (cursor !== undefined && !seen.has(cursor));
	return all;
}
