import type { Acknowledgement, Image } from '../../model';
import type { Api } from '../../transport/api';
import { multipart } from '../../transport/multipart';
import { readAccepted } from './answer';
import type { OnGroup } from '../../contract/operations';
import { product } from './product';
import type { Surface } from './surface';

/** The file part is called `file`; `profile_picture_file` is for JSON bodies only (providers.md §8). */
export async function setPicture(
	at: Surface,
	api: Api,
	{ group, image }: OnGroup & { image: Image },
): Promise<Acknowledgement> {
	const response = await api.request({
		method: 'POST',
		path: at.group(group),
		...multipart({ ...product, file: image }),
	});
	return readAccepted(api, response);
}
