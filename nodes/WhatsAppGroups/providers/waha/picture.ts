import type { Acknowledgement, Image } from '../../model';
import type { Api } from '../../transport/api';
import type { OnGroup } from '../../contract/operations';
import { asRecord, asText } from '../../transport/json';
import { readSuccess } from './answer';
import { groupPath } from './group';

export async function getPicture(api: Api, { group }: OnGroup): Promise<Image> {
	const address = await addressOf(api, group);
	// WAHA remembers an address for 24 hours (providers.md §3.4), in which WhatsApp may let it expire.
	const { data, mimeType } = await api
		.downloadPicture(address)
		.catch(async () => await api.downloadPicture(await addressOf(api, group, { refresh: 'true' })));
	return { data, mimeType, fileName: `picture.${mimeType.replace('image/', '')}` };
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

export async function setPicture(
	api: Api,
	{ group, image }: OnGroup & { image: Image },
): Promise<Acknowledgement> {
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
	return readSuccess(api, response);
}

export async function removePicture(api: Api, { group }: OnGroup): Promise<Acknowledgement> {
	const path = `${groupPath(api, group)}/picture`;
	return readSuccess(api, await api.request({ method: 'DELETE', path }));
}
