import { badRequest } from '../errors';
import type { WahaServer } from '../server';

const NO_STORE =
	'Enable NOWEB store "config.noweb.store.enabled=True" and "config.noweb.store.full_sync=True" when starting a new session. Read more: https://waha.devlike.pro/docs/engines/noweb#store';

/** NOWEB looks lids and messages up in its store (providers.md §3.12). */
export function requireStore(server: WahaServer): void {
	if (!server.storeEnabled) throw badRequest(NO_STORE);
}
