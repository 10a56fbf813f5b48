import type { IDataObject } from 'n8n-workflow';
import { fingerprint } from '../contract/delivery';

/**
 * Events remembered per trigger. One delivery of Meta's may carry 1,000 changes (providers.md §4.4),
 * so this holds at least two of those.
 */
export const remembered = 2000;

/** What this process has seen, by trigger: parallel deliveries each get a copy of the static data. */
const rings = new Map<string, Set<string>>();

/** The ids that were not seen before, each once; all of them count as seen from now on. */
export function takeNew(
	trigger: string,
	staticData: IDataObject,
	ids: readonly string[],
): Set<string> {
	const ring = rings.get(trigger) ?? new Set<string>();
	rings.set(trigger, ring);
	for (const key of (staticData.seen as string[] | undefined) ?? []) ring.add(key);

	const fresh = ids.filter((id) => {
		const key = fingerprint(id).slice(0, 12);
		if (ring.has(key)) return false;
		ring.add(key);
		return true;
	});
	for (const key of ring) {
		if (ring.size <= remembered) break;
		ring.delete(key);
	}
	if (fresh.length > 0) staticData.seen = [...ring];
	return new Set(fresh);
}
