import { sleep } from 'n8n-workflow';
import type { IWebhookFunctions } from 'n8n-workflow';

type Response = ReturnType<IWebhookFunctions['getResponseObject']>;

const pollMs = 25;
/** An execution that n8n could not save for so long is given up by every provider. */
const longestMs = 10 * 60_000;

/**
 * Whether n8n has kept a delivery: it answers 2xx once the execution is saved or enqueued, and 5xx when
 * that fails. A provider that hangs up meanwhile changes nothing about that, so n8n's answer is waited
 * for even then: it shows which of its repeats is to run.
 */
export async function isKept(response: Response): Promise<boolean> {
	if (!response.writableEnded && !response.closed) {
		await new Promise<void>((resolve) => {
			response.once('finish', resolve);
			response.once('close', resolve);
		});
	}
	for (let waitedMs = 0; !response.writableEnded && waitedMs < longestMs; waitedMs += pollMs) {
		await sleep(pollMs);
	}
	const { statusCode, writableEnded } = response;
	return writableEnded && statusCode >= 200 && statusCode < 300;
}

/**
 * Does `mark` again and again until n8n answers. n8n saves the static data right before it answers, if
 * something in it was set; but while it starts the execution it forgets that something was.
 */
export async function untilAnswered(response: Response, mark: () => void): Promise<void> {
	for (let waitedMs = 0; waitedMs < longestMs; waitedMs += pollMs) {
		mark();
		// The first pause ends as soon as n8n waits for its database.
		await sleep(waitedMs === 0 ? 0 : pollMs);
		if (response.writableEnded || response.headersSent) return;
	}
}
