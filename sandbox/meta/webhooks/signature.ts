import { createHmac } from 'node:crypto';

/** What Meta proves itself with: the raw body, keyed with the app's secret (providers.md §4.4). */
export function signature(body: Buffer, appSecret: string): string {
	return `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`;
}
