import { encode } from 'jpeg-js';

/** A real JPEG of the given size in pixels. */
export function jpeg(width: number, height: number): Buffer {
	return encode({ data: Buffer.alloc(width * height * 4, 0x80), width, height }).data;
}
