import { NodeApiError } from 'n8n-workflow';
import type { Api } from '../../transport/api';
import { path } from '../../transport/connection';
import { asRecord, asText } from '../../transport/json';
import type { Json } from '../../transport/json';
import { readList } from './answer';
import { phoneOf } from './ids';
import { since } from './since';

/** A hidden id and the number behind it. */
interface Pair {
	/** `<n>@lid` */
	lid: string;
	/** Digits. */
	phone: string;
}

const need = { needing: 'Looking up phone numbers needs', since: '2025.5.4' };

/** Up to this many are asked one by one; for more, the list of all pairs that WAHA knows costs less. */
const mostSingle = 5;
/** Pairs per request of that list. */
const pageSize = 1000;

/** The numbers behind hidden ids, as far as WAHA knows them. */
export async function phonesOf(api: Api, lids: readonly string[]): Promise<Map<string, string>> {
	const pairs = await since(api, need, async () => await find(api, lids, ({ lid }) => lid));
	return new Map(pairs.map(({ lid, phone }) => [lid, phone]));
}

/**
 * The hidden ids of people given as `<phone>@c.us`, as far as WAHA knows them; none where it cannot look
 * them up, e.g. on NOWEB without its store. A number that changed hands has the old one still.
 */
export async function lidsOf(api: Api, ids: readonly string[]): Promise<Map<string, string[]>> {
	const asId = ({ phone }: Pair) => `${phone}@c.us`;
	const pairs = await find(api, ids, asId, 'pn/').catch((error: unknown) => {
		if (error instanceof NodeApiError && /^(400|404|501)$/.test(error.httpCode ?? '')) return [];
		throw error;
	});
	const lids = new Map<string, string[]>();
	for (const pair of pairs) lids.set(asId(pair), [...(lids.get(asId(pair)) ?? []), pair.lid]);
	return lids;
}

/** The pairs of those that are wanted, with as few requests as may be (providers.md §3.3). */
async function find(
	api: Api,
	wanted: readonly string[],
	keyOf: (pair: Pair) => string,
	by = '',
): Promise<Pair[]> {
	if (wanted.length > mostSingle) return await findInList(api, new Set(wanted), keyOf);
	const found = await api.each(wanted, async (id) => {
		const at = `${path`/api/${api.account}/lids/`}${by}${path`${id}`}`;
		return toPair(asRecord((await api.request({ method: 'GET', path: at })).body));
	});
	return found.flatMap((pair) => pair ?? []);
}

async function findInList(
	api: Api,
	wanted: ReadonlySet<string>,
	keyOf: (pair: Pair) => string,
): Promise<Pair[]> {
	const found: Pair[] = [];
	const open = new Set(wanted);
	let firstBefore: string | undefined;
	for (let offset = 0; open.size > 0; offset += pageSize) {
		const response = await api.request({
			method: 'GET',
			path: path`/api/${api.account}/lids`,
			qs: { limit: pageSize, offset },
		});
		const page = readList(api, response);
		const pairs = page.flatMap((raw) => toPair(raw) ?? []);
		// A server that ignores paging would show its first page for ever.
		const first = pairs[0]?.lid;
		if (offset > 0 && first === firstBefore) break;
		firstBefore = first;
		const fitting = pairs.filter((pair) => wanted.has(keyOf(pair)));
		found.push(...fitting);
		for (const pair of fitting) open.delete(keyOf(pair));
		if (page.length < pageSize) break;
	}
	return found;
}

function toPair({ lid, pn }: Json): Pair | undefined {
	const [id, phone] = [asText(lid), phoneOf(asText(pn))];
	return id === null || phone === null ? undefined : { lid: id, phone };
}
