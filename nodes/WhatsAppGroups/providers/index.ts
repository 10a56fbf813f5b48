import { dialog360 } from './dialog360';
import type { Provider, ProviderId } from '../contract/provider';
import { meta } from './meta';
import { sinch } from './sinch';
import { waha } from './waha';

/** Every provider, as the editor lists them. Adding one is a folder beside this file and a line here. */
export const providers: readonly Provider[] = [dialog360, meta, sinch, waha];

export function providerOf(id: ProviderId): Provider {
	const provider = providers.find((candidate) => candidate.id === id);
	if (!provider) throw new Error(`There is no provider “${id}”`);
	return provider;
}
