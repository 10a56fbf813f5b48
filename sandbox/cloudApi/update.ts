import type { Request, RequestHandler, Router } from 'express';
import multer from 'multer';
import { z } from 'zod';
import { imageFacts } from '../shared/image';
import { changeAnswer } from './changeAnswer';
import { MetaError } from './errors';
import { descriptionSchema, subjectSchema } from './groups';
import { activeGroup, bodyOf, groupIdIn, jsonBody, messagingProduct } from './request';
import type { CloudService } from './service';
import type { GroupUpdate } from './world';

const LARGEST_PICTURE = 5 * 1024 * 1024;

const updateBody = z.object({
	...messagingProduct,
	subject: subjectSchema.optional(),
	description: descriptionSchema.optional(),
	profile_picture_file: z.unknown().optional(),
});

// The part is called `file`; anything else that has a file name is refused (providers.md §8). It
// leaves other requests alone, as the reader of JSON does.
const multipart: RequestHandler<{ groupId: string }> = multer({
	limits: { fileSize: 100 * 1024 * 1024 },
}).single('file');

/** Changing subject, description and picture (providers.md §2.2, §4.3.8, §8). */
export function addUpdateRoute(router: Router, { world, settings }: CloudService): void {
	router.post<{ groupId: string }>('/', jsonBody, multipart, (request, response) => {
		const group = activeGroup(world, groupIdIn(request));
		const update = updateIn(request);
		const requestId = world.requestUpdate(group, update, settings().changeDelayMs);
		changeAnswer(response, settings().changeAnswer, 'success', requestId);
	});
}

function updateIn(request: Pick<Request, 'body' | 'file'>): GroupUpdate {
	const { subject, description, profile_picture_file: path } = bodyOf(request, updateBody);
	// Assumed: a path or URL as text is refused. Only the multipart form is shown as a whole
	// request (providers.md §4.3.8 [I]).
	if (path !== undefined) {
		throw new MetaError(100, 'profile_picture_file: send the picture as multipart/form-data.');
	}
	const picture = request.file && pictureIn(request.file);
	if (subject === undefined && description === undefined && picture === undefined) {
		throw new MetaError(100, 'One of subject, description and a picture is required.');
	}
	return { subject, description, picture };
}

/** A square JPEG of at least 192×192 pixels and at most 5 MB, going by its bytes. */
function pictureIn({ buffer, mimetype }: Express.Multer.File): GroupUpdate['picture'] {
	const facts = imageFacts(buffer);
	if (mimetype !== 'image/jpeg' || facts?.mimeType !== 'image/jpeg') {
		throw new MetaError(131009, 'file: must be image/jpeg.');
	}
	if (buffer.length > LARGEST_PICTURE) throw new MetaError(131009, 'file: is larger than 5 MB.');
	const { width, height } = facts;
	const size = `file: is ${width}×${height} pixels`;
	if (width !== height) throw new MetaError(131209, `${size}, which is not square.`);
	if (width < 192) throw new MetaError(131210, `${size}, at least 192×192 are needed.`);
	return { bytes: buffer, mimeType: 'image/jpeg' };
}
