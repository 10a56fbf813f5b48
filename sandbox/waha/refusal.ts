import type { Refusal, RefusalKind } from '../emulator';
import { exceptionBody } from './errors';
import { DEFAULT_RELEASE } from './releases';

/**
 * How a WAHA server says it has had enough. It has no 429: WhatsApp's limits surface as 500
 * `rate-overlimit` (providers.md §3.5). A proxy before it may well answer 429: the control's
 * fault `answer` plays that.
 */
export function wahaRefusal(kind: RefusalKind, retryAfterSeconds?: number): Refusal {
	if (kind === 'unavailable') return proxyPage(retryAfterSeconds);
	// Assumed: Connection Closed stands for any failure of an engine (providers.md §3.5).
	const message = kind === 'rateLimited' ? 'rate-overlimit' : 'Connection Closed';
	const request = { path: '/api', method: 'GET', body: {}, query: {} };
	const version = { version: DEFAULT_RELEASE, engine: 'NOWEB', tier: 'CORE' };
	return { status: 500, body: exceptionBody({ message, name: 'Error' }, request, version) };
}

/** The container is down, so that the proxy before it answers. */
function proxyPage(retryAfterSeconds?: number): Refusal {
	const headers: Record<string, string> = { 'Content-Type': 'text/html' };
	if (retryAfterSeconds !== undefined) headers['Retry-After'] = String(retryAfterSeconds);
	return {
		status: 503,
		headers,
		body: '<html><head><title>503 Service Temporarily Unavailable</title></head></html>',
	};
}
