import type { Image } from '../../model';
import type { Api } from '../../transport/api';
import type { OnGroup } from '../../contract/operations';
import { asRecord, asText } from '../../transport/json';
import { checkDone } from './answer';
import { groupPath } from './group';

export async function getPicture(api: Api, { group }: OnGroup): Promise<Image> {
	const address = await addressOf(api, group);
	// WAHA remembers an address for 24 hours (providers.md §3.4), in which WhatsApp may let it expire.
	const { bytes, headers } = await fetchFile(api, address).catch(
		async () => await fetchFile(api, await addressOf(api, group, { refresh: 'true' })),
	);
	const mimeType = (headers['content-type'] ?? 'image/jpeg').replace(/\s*;.*$/, '');
	return { data: bytes, mimeType, fileName: `picture.${mimeType.replace(/^.*\//, '')}` };
}

async function addressOf(api: Api, group: string, qs?: { refresh: 'true' }): Promise<string> {
	const path = `${groupPath(api, group)}/picture`;
	const { body } = await api.request({ method: 'GET', path, qs });
	const url = asText(asRecord(body).url);
	if (url !== null) return url;
	throw api.failure(
		'The group has no picture',
		'Set one with Group Picture: Set. A picture that was set just now may take a while to appear.',
	);
}

/** Files that the WAHA server keeps itself need its key; WhatsApp's own must not see it. */
async function fetchFile(api: Api, url: string) {
	if (!url.startsWith(`${api.baseUrl}/`)) return await api.download(url);
	return await api.request({
		method: 'GET',
		path: url.slice(api.baseUrl.length),
		acceptText: true,
	});
}

export async function setPicture(
	api: Api,
	{ group, image }: OnGroup & { image: Image },
): Promise<void> {
	const response = await api.request({
		method: 'PUT',
		path: `${groupPath(api, group)}/picture`,
		body: {
			file: {
				mimetype: image.mimeType,
				filename: image.fileName,
				data: image.data.toString('base64'),
			},
		},
	});
	checkDone(api, response);
}

export async function removePicture(api: Api, { group }: OnGroup): Promise<void> {
	const path = `${groupPath(api, group)}/picture`;
	checkDone(api, await api.request({ method: 'DELETE', path }));
}
