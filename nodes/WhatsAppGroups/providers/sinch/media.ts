import type { MediaFile } from '../../model';
import type { GetMedia } from '../../contract/operations';
import type { Api } from '../../transport/api';
import { firstOf } from '../../transport/json';

/** Its address is open to everybody (providers.md §1.5); there are no IDs. */
export async function getMedia(api: Api, { media, maxBytes }: GetMedia): Promise<MediaFile> {
	if (media.url === null) {
		throw api.failure(
			'Sinch knows files by their URL only',
			"Enter message.media.url of the trigger in 'Media ID or URL'.",
		);
	}
	const file = await api.downloadFile(media.url, maxBytes);
	const { mimeType, fileName } = media;
	return { data: file.data, mimeType: firstOf(mimeType, file.mimeType), fileName };
}
