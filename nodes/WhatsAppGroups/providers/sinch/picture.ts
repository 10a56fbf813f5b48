import type { Image } from '../../model';
import type { Api } from '../../transport/api';
import { path } from '../../transport/connection';
import type { OnGroup } from '../../contract/operations';
import { asRecord, asText } from '../../transport/json';

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
	const icon = asRecord(response.body);
	const url = asText(icon.data);
	if (url === null) throw api.refusal(response);
	const { bytes, headers } = await api.download(url);
	return {
		data: bytes,
		mimeType: asText(icon.mimeType) ?? headers['content-type'] ?? 'image/jpeg',
		fileName: asText(icon.fileName) ?? 'groupIcon.jpeg',
	};
}

export async function setPicture(
	api: Api,
	{ group, image }: OnGroup & { image: Image },
): Promise<void> {
	await api.request({
		method: 'POST',
		path: path`/v1/whatsapp/groups/${group}/icon`,
		body: image.data,
		contentType: image.mimeType,
	});
}

export async function removePicture(api: Api, { group }: OnGroup): Promise<void> {
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
}
