import { randomBytes } from 'node:crypto';
import type { Router } from 'express';
import multer from 'multer';
import { HubError, MetaError } from './errors';
import type { Media } from './model';
import { bodyOf, messagingProduct } from './request';
import { z } from 'zod';
import type { Dialog360World } from './world';

const LARGEST_FILE = 100 * 1024 * 1024;
const LINK_LIFE_SECONDS = 5 * 60;

const multipart = multer({ limits: { fileSize: LARGEST_FILE } }).single('file');

/** Uploading, describing, downloading and deleting media (providers.md §2.4). */
export function addMediaRoutes(router: Router, world: Dialog360World): void {
	router.post('/media', multipart, (request, response) => {
		const { file } = request;
		bodyOf(request, z.object(messagingProduct));
		if (file === undefined) throw new MetaError(100, 'file: Required');
		response.json({ id: world.keepMedia(file.buffer, file.mimetype).id });
	});

	// What `url` points to once its host is replaced by this one.
	router.get('/whatsapp_business/attachments', (request, response) => {
		const media = world.media.get(String(request.query.mid));
		const isExpired = Number(request.query.ext) * 1000 < Date.now();
		if (media === undefined || isExpired) throw HubError.other(404, 'Not found');
		response.type(media.mimeType).send(media.bytes);
	});

	router.get('/:mediaId', (request, response) => {
		const { id, bytes, mimeType, sha256 } = existing(world, request.params.mediaId);
		const expiry = Math.floor(Date.now() / 1000) + LINK_LIFE_SECONDS;
		const hash = randomBytes(12).toString('base64url');
		response.json({
			messaging_product: 'whatsapp',
			url: `https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=${id}&ext=${expiry}&hash=${hash}`,
			mime_type: mimeType,
			sha256,
			file_size: bytes.length,
			id,
		});
	});

	router.delete('/:mediaId', (request, response) => {
		world.media.delete(existing(world, request.params.mediaId).id);
		response.json({ success: true });
	});
}

function existing(world: Dialog360World, mediaId: string): Media {
	const media = world.media.get(mediaId);
	if (media !== undefined) return media;
	throw HubError.other(404, 'Not found');
}
