import type { MediaFile } from '../../model';
import type { GetMedia } from '../../contract/operations';
import type { Api } from '../../transport/api';
import { path } from '../../transport/connection';
import { asNumber, asText, firstOf } from '../../transport/json';
import type { Json } from '../../transport/json';
import { largerThan } from '../../values/size';
import { readAnswer } from './answer';
import type { Surface } from './surface';

/** An ID is asked for the address of its file, which is good for five minutes (providers.md §2.4, §4.3.12). */
export async function getMedia(
	at: Surface,
	api: Api,
	{ media, maxBytes }: GetMedia,
): Promise<MediaFile> {
	const told = media.id === null ? {} : await describe(api, media.id);
	if ((asNumber(told.file_size) ?? 0) > maxBytes) {
		throw api.failure('The file could not be downloaded', largerThan(maxBytes));
	}
	const url = firstOf(asText(told.url), media.url) ?? '';
	const file = await api.downloadFile(at.file(api, url), maxBytes);
	const mimeType = firstOf(media.mimeType, asText(told.mime_type), file.mimeType);
	return { data: file.data, mimeType, fileName: media.fileName };
}

async function describe(api: Api, id: string): Promise<Json> {
	const response = await api.request({ method: 'GET', path: path`/${id}` });
	const answer = readAnswer(api, response);
	if (asText(answer.url) === null) throw api.unreadable(response);
	return answer;
}
