import { imageSize } from 'image-size';

export interface ImageFacts {
	/** e.g. `image/jpeg`, from the bytes themselves. */
	mimeType: string;
	/** Pixels. */
	width: number;
	height: number;
}

const mimeTypes: Record<string, string> = {
	jpg: 'image/jpeg',
	png: 'image/png',
	gif: 'image/gif',
	webp: 'image/webp',
	bmp: 'image/bmp',
	tiff: 'image/tiff',
	svg: 'image/svg+xml',
};

/** What the bytes are; `null` when they are no image. */
export function imageFacts(bytes: Buffer): ImageFacts | null {
	try {
		const { type = '', width, height } = imageSize(bytes);
		const mimeType = mimeTypes[type];
		return mimeType === undefined ? null : { mimeType, width, height };
	} catch {
		return null;
	}
}
