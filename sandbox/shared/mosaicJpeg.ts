import { encode } from 'jpeg-js';

type Colour = readonly [red: number, green: number, blue: number];

/**
 * A JPEG of squares of 8×8 pixels, one colour each: sample pictures without keeping binary files.
 *
 * @param colourAt red, green and blue, 0 to 255, of the square in that column and row
 */
export function mosaicJpeg(
	width: number,
	height: number,
	colourAt: (column: number, row: number) => Colour,
): Buffer {
	const data = Buffer.alloc(width * height * 4, 0xff);
	for (let y = 0; y < height; y += 1) {
		for (let x = 0; x < width; x += 1) {
			data.set(colourAt(Math.floor(x / 8), Math.floor(y / 8)), (y * width + x) * 4);
		}
	}
	return encode({ data, width, height }, 90).data;
}
