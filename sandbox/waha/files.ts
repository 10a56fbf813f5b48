import { isBase64 } from '../shared/base64';
import { imageFacts } from '../shared/image';
import { EngineException } from './errors';

/** A file in a request. */
export interface RequestFile {
	mimetype: string;
	url?: string | null;
	/** Base64 without a `data:` prefix. */
	data?: string | null;
}

const FETCH_TIMEOUT_MS = 10_000;

/** @throws EngineException if there is nothing there, as HTTP 500 (Assumed, providers.md §3.5) */
export async function bytesIn({ url, data }: RequestFile): Promise<Buffer> {
	return data ? decoded(data) : fetched(url ?? '');
}

/**
 * The picture in a request.
 * Assumed: JPEG or PNG, and what it says it is; anything else makes the engine throw (providers.md §3.4).
 */
export async function pictureIn(file: RequestFile): Promise<{ bytes: Buffer; mimeType: string }> {
	const bytes = await bytesIn(file);
	const mimeType = imageFacts(bytes)?.mimeType;
	if (mimeType !== 'image/jpeg' && mimeType !== 'image/png') {
		throw new EngineException('Input buffer contains unsupported image format');
	}
	if (mimeType !== file.mimetype) {
		throw new EngineException(`The file is ${mimeType}, not ${file.mimetype}`);
	}
	return { bytes, mimeType };
}

function decoded(data: string): Buffer {
	if (!isBase64(data)) throw new EngineException('The file data is not base64');
	return Buffer.from(data, 'base64');
}

async function fetched(url: string): Promise<Buffer> {
	try {
		const response = await fetch(url, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) });
		if (response.ok) return Buffer.from(await response.arrayBuffer());
		throw new Error(`HTTP ${response.status}`);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new EngineException(`The file could not be fetched: ${reason}`);
	}
}
