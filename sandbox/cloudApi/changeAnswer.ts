import type { Response } from 'express';
import type { CloudSettings } from './settings';

/**
 * Answers a change whose body is not documented: 200 with `{"success": true}`, a request id, or nothing.
 *
 * Assumed: unless a setting says otherwise, what providers.md reports for that call: `{"success": true}`
 * for updates (§2.2 [F]), a request id for removals (§4.3.7 [I]).
 */
export function changeAnswer(
	response: Response,
	setting: CloudSettings['changeAnswer'],
	usual: 'success' | 'requestId',
	requestId: string,
): void {
	const kind = setting === 'varied' ? usual : setting;
	if (kind === 'empty') response.status(200).end();
	else if (kind === 'success') response.json({ success: true });
	else response.json({ messaging_product: 'whatsapp', request_id: requestId });
}
