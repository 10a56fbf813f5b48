import type { Api } from '../../transport/api';
import { asRecord, asText } from '../../transport/json';

/** What a WAHA server says of itself (providers.md §3.1). */
export interface WahaServer {
	/** Empty when it does not tell. */
	release: string;
	engine: string | null;
}

const untold: WahaServer = { release: '', engine: null };

/** A key for one session only may not be allowed to ask this. */
export async function askServer(api: Api): Promise<WahaServer> {
	const { body, status } = await api.request({
		method: 'GET',
		path: '/api/version',
		accept: [403, 404],
	});
	const { version, engine } = asRecord(body);
	return status === 200 ? { release: asText(version) ?? '', engine: asText(engine) } : untold;
}

/** Asked once per run, and only to word what went wrong: a server that does not tell breaks nothing. */
export async function knownServer(api: Api): Promise<WahaServer> {
	return await api.oncePerRun('server', async () => await askServer(api).catch(() => untold));
}

/** A release that cannot be read is taken for a new one. */
export function isAtLeast(release: string, wanted: string): boolean {
	const numbers = (text: string) => (/^\d+\.\d+\.\d+/.exec(text)?.[0] ?? '').split('.').map(Number);
	const [have, want] = [numbers(release), numbers(wanted)];
	if (have.length < want.length) return true;
	const differs = have.findIndex((part, i) => part !== want[i]);
	return differs === -1 || have[differs] > want[differs];
}
