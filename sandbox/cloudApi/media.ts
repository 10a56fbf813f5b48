import { randomBytes } from 'node:crypto';
import type { Router } from 'express';
import multer from 'multer';
import { MetaError, NotFound } from './errors';
import type { Media } from './model';
import { bodyOf, messagingProduct } from './request';
import { z } from 'zod';
import type { CloudService } from './service';
import type { CloudWorld } from './world';

const LARGEST_FILE = 100 * 1024 * 1024;
const ATTACHMENTS = '/whatsapp_business/attachments';

const multipart = multer({ limits: { fileSize: LARGEST_FILE } }).single('file');

/** On a number: uploading (providers.md §2.4). */
export function addUploadRoute(router: Router, { world }: CloudService): void {
	router.post('/media', multipart, (request, response) => {
		const { file } = request;
		bodyOf(request, z.object(messagingProduct));
		if (file === undefined) throw new MetaError(100, 'file: Required');
		checkUpload(file);
		response.json({ id: world.keepMedia(file.buffer, file.mimetype).id });
	});
}

/** What can be uploaded, and how large it may be (providers.md §9). */
const uploads: ReadonlyArray<[types: RegExp, megabytes: number]> = [
	[/^audio\/(aac|amr|mp4|mpeg|ogg|opus)$/, 16],
	[/^image\/(jpeg|png)$/, 5],
	[/^image\/webp$/, 0.5],
	[/^video\/(3gpp|mp4)$/, 16],
	[
		/^(application\/(pdf|msword|vnd\.ms-(excel|powerpoint)|vnd\.openxmlformats-officedocument\.(presentationml\.presentation|spreadsheetml\.sheet|wordprocessingml\.document))|text\/plain)$/,
		100,
	],
];

/** Assumed: that a file that is too large is refused on its upload, as code 100. */
function checkUpload({ mimetype, size }: { mimetype: string; size: number }): void {
	const type = mimetype.split(';')[0];
	const [, megabytes] = uploads.find(([types]) => types.test(type)) ?? [];
	if (megabytes === undefined) {
		throw new MetaError(
			100,
			`Param file must be a file with one of the supported types. Received file of type '${type}'.`,
		);
	}
	if (size > megabytes * 1024 * 1024) throw new MetaError(100, 'Param file is too large.');
}

/** On a medium: describing and deleting it. */
export function addMediaRoutes(
	router: Router,
	{ world, mediaOrigin, settings }: CloudService,
): void {
	router.get('/', (request, response) => {
		const { id, bytes, mimeType, sha256 } = existing(world, request);
		const expiry = Math.floor(Date.now() / 1000) + settings().mediaLinkSeconds;
		const hash = randomBytes(12).toString('base64url');
		response.json({
			messaging_product: 'whatsapp',
			url: `${mediaOrigin(request)}${ATTACHMENTS}/?mid=${id}&ext=${expiry}&hash=${hash}`,
			mime_type: mimeType,
			sha256,
			file_size: bytes.length,
			id,
		});
	});

	router.delete('/', (request, response) => {
		world.media.delete(existing(world, request).id);
		response.json({ success: true });
	});
}

/** What the `url` of a medium points to, wherever that path is served. */
export function addAttachmentRoute(router: Router, worlds: readonly CloudWorld[]): void {
	router.get(ATTACHMENTS, (request, response) => {
		const mediaId = String(request.query.mid);
		const media = worlds.map((world) => world.media.get(mediaId)).find(Boolean);
		const isExpired = Number(request.query.ext) * 1000 <= Date.now();
		if (media === undefined || isExpired) throw new NotFound();
		response.type(media.mimeType).send(media.bytes);
	});
}

function existing(world: CloudWorld, { params }: { params: object }): Media {
	const media = world.media.get((params as { mediaId: string }).mediaId);
	if (media !== undefined) return media;
	throw new NotFound();
}
