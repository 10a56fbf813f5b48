import type { ICredentialTestFunctions } from 'n8n-workflow';
import { lowerCased, parseBody } from './response';
import type { ApiResponse } from './response';

/** Somebody watches the button, and no provider takes so long to list sessions or groups. */
const defaultDeadlineMs = 20_000;
/** Far more than any list of groups or sessions. */
const maxBytes = 5 * 1024 * 1024;

interface StreamedAnswer {
	statusCode: number;
	headers: Record<string, unknown>;
	body: AsyncIterable<Buffer> & { destroy(): void };
}

/**
 * One read with the headers of a credential that is being tested. n8n gives such a test its older
 * request helper only, and neither node nor execution, so it cannot go through `Connection`. The
 * answer is read as a stream: that is how it can be cut off where it is too long or takes too long.
 */
export async function probe(
	{ helpers }: ICredentialTestFunctions,
	url: string,
	headers: Record<string, string>,
	deadlineMs = defaultDeadlineMs,
): Promise<ApiResponse> {
	const deadline = AbortSignal.timeout(deadlineMs);
	const expired = new Promise<never>((_, reject) => {
		deadline.addEventListener('abort', () => reject(new Error('The answer timed out')));
	});
	const answered = async () => {
		const answer = (await helpers.request({
			method: 'GET',
			uri: url,
			headers: { Accept: 'application/json', ...headers },
			// A redirect would carry the headers to another host.
			followRedirect: false,
			simple: false,
			resolveWithFullResponse: true,
			useStream: true,
			timeout: deadlineMs,
		})) as StreamedAnswer;
		deadline.addEventListener('abort', () => answer.body.destroy());
		return {
			request: { method: 'GET', path: url },
			status: answer.statusCode,
			headers: lowerCased(answer.headers),
			...parseBody(await beginningOf(answer.body)),
		};
	};
	return await Promise.race([answered(), expired]);
}

/** Ends the stream where it has what fits; the rest is JSON no more, and so nobody's proper answer. */
async function beginningOf(body: AsyncIterable<Buffer>): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of body) {
		chunks.push(chunk);
		size += chunk.length;
		if (size > maxBytes) break;
	}
	return Buffer.concat(chunks);
}
