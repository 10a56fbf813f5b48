import type { Acknowledgement, Image } from '../../model';
import type { Api } from '../../transport/api';
import { path } from '../../transport/connection';
import type { OnGroup } from '../../contract/operations';
import { asText } from '../../transport/json';
import { readAnswer, readDone } from './answer';

/** The answer has no `groups` wrapper, and the image is behind the URL in `data` (§1.2). */
export async function getPicture(api: Api, { group }: OnGroup): Promise<Image> {
	const response = await api.request({
		method: 'GET',
		path: path`/v1/whatsapp/groups/${group}/icon`,
		accept: [404],
	});
	if (response.status === 404) {
		throw api.failure(
			'The group has no picture',
			'Set one with Group Picture: Set, or check that the account is still in the group.',
		);
	}
	const icon = readAnswer(api, response);
	const url = asText(icon.data);
	if (url === null) throw api.unreadable(response);
	const { data, mimeType } = await api.downloadPicture(url);
	return { data, mimeType, fileName: asText(icon.fileName) ?? 'groupIcon.jpeg' };
}

export async function setPicture(
	api: Api,
	{ group, image }: OnGroup & { image: Image },
): Promise<Acknowledgement> {
	const response = await api.request({
		method: 'POST',
		path: path`/v1/whatsapp/groups/${group}/icon`,
		body: image.data,
		contentType: image.mimeType,
	});
	return readDone(api, response);
}

export async function removePicture(api: Api, { group }: OnGroup): Promise<Acknowledgement> {
	const response = await api.request({
		method: 'DELETE',
		path: path`/v1/whatsapp/groups/${group}/icon`,
		accept: [404],
	});
	if (response.status === 404) {
		throw api.failure(
			'The group has no picture to remove',
			'Nothing was changed. Check that the account is still in the group.',
		);
	}
	return readDone(api, response);
}
