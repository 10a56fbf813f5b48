import type { MediaFile, MediaReference } from '../../model';
import type { GetMedia } from '../../contract/operations';
import type { Api } from '../../transport/api';
import { path } from '../../transport/connection';
import { failureIn } from '../../transport/errors';
import { asRecord, asText, firstOf } from '../../transport/json';
import { checkDone } from './answer';
import { readMessageId } from './delivery/messageId';

/**
 * A file is at its address for some minutes only; with the ID of the message WAHA fetches it from
 * WhatsApp once more (providers.md §3.10).
 */
export async function getMedia(api: Api, { media, maxBytes }: GetMedia): Promise<MediaFile> {
	const { id, url } = media;
	if (url === null) return await download(api, await askFor(api, id ?? '', media), maxBytes);
	try {
		return await download(api, { ...media, url }, maxBytes);
	} catch (error) {
		const failure = failureIn(error);
		// What is too large, or whose host is not reached, would be so a second time.
		if (id === null || !failure.httpCode) throw failure;
		return await download(api, await askFor(api, id, media), maxBytes);
	}
}

type Located = MediaReference & { url: string };

async function askFor(api: Api, id: string, media: MediaReference): Promise<Located> {
	// NOWEB and GOWS find a bare ID in all chats.
	const chat = readMessageId(id)?.group ?? 'all';
	const response = await api.request({
		method: 'GET',
		path: path`/api/${api.account}/chats/${chat}/messages/${id}`,
		qs: { downloadMedia: 'true' },
	});
	checkDone(api, response);
	const told = asRecord(asRecord(response.body).media);
	const url = asText(told.url);
	if (url === null) {
		const why = asText(told.error);
		throw api.failure(
			'WAHA has no file of the message',
			why === null
				? 'Check that the message has a file, and that WAHA is set to download its type.'
				: `WAHA says: ${api.hide(why.slice(0, 300))}`,
		);
	}
	const mimeType = firstOf(media.mimeType, asText(told.mimetype));
	return { id, url, mimeType, fileName: firstOf(media.fileName, asText(told.filename)) };
}

async function download(api: Api, media: Located, maxBytes: number): Promise<MediaFile> {
	const file = await api.downloadFile(reachable(api, media.url), maxBytes);
	const { mimeType, fileName } = media;
	return { data: file.data, mimeType: firstOf(mimeType, file.mimeType), fileName };
}

/**
 * WAHA names itself as it is called from inside, e.g. `http://localhost:3000`: of an address of its own
 * the path counts. Files that it keeps elsewhere, as on S3, are fetched from there, without the key.
 */
function reachable(api: Api, url: string): string {
	if (!URL.canParse(url) || url.startsWith(`${api.baseUrl}/`)) return url;
	const { pathname, search } = new URL(url);
	return pathname.startsWith('/api/files/') ? `${api.baseUrl}${pathname}${search}` : url;
}
