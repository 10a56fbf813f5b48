import { raw, type Router } from 'express';
import type { FileHost } from '../fileHost';
import { imageFacts } from '../shared/image';
import { SinchError } from './errors';
import { administered } from './groups';
import { ownGroup } from './request';
import type { SinchWorld } from './world';

/** Assumed: JPEG and PNG; the documents say "image/jpeg or other appropriate type" (providers.md §1.2). */
const ACCEPTED = ['image/jpeg', 'image/png'];

const anyBody = raw({ type: () => true, limit: '20mb' });

/** Setting, reading and removing a group's icon (providers.md §1.2 "Icon"). */
export function addIconRoutes(router: Router, world: SinchWorld, files: FileHost): void {
	router.post('/v1/whatsapp/groups/:groupId/icon', anyBody, (request, response) => {
		const group = administered(world, request.params.groupId);
		world.setIcon(group, imageIn(request.body as unknown, request.headers['content-type']));
		response.json({});
	});

	router.get('/v1/whatsapp/groups/:groupId/icon', (request, response) => {
		const { icon } = ownGroup(world, request.params.groupId);
		if (icon === null) throw noIcon();
		// The only data that comes without the `groups` wrapper.
		response.json({
			type: 'URL',
			mimeType: icon.mimeType,
			fileName: icon.fileName,
			extraData: {
				public: true,
				'Content-Type': icon.mimeType,
				'Content-Length': String(icon.bytes),
			},
			data: files.urlOf(icon.path),
		});
	});

	router.delete('/v1/whatsapp/groups/:groupId/icon', (request, response) => {
		const group = administered(world, request.params.groupId);
		if (group.icon === null) throw noIcon();
		world.removeIcon(group);
		response.json(null);
	});
}

const noIcon = () => new SinchError(404, 'The group has no icon.');

/** The image, if it really is one and of the type that the header names; 400 otherwise. */
function imageIn(body: unknown, contentType = ''): { bytes: Buffer; mimeType: string } {
	if (!Buffer.isBuffer(body) || body.length === 0) {
		throw new SinchError(400, 'The body must be the bytes of an image.');
	}
	const named = contentType.split(';')[0].trim().toLowerCase();
	if (!ACCEPTED.includes(named)) {
		throw new SinchError(400, `Content-Type must be one of ${ACCEPTED.join(', ')}.`);
	}
	if (imageFacts(body)?.mimeType !== named) {
		throw new SinchError(400, `Content-Type says ${named}, but the body is no such image.`);
	}
	return { bytes: body, mimeType: named };
}
