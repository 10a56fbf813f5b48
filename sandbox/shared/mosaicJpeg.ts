type Colour = readonly [red: number, green: number, blue: number];

/** Code length in bits of each size category of a DC difference, 0 to 8. */
const SIZE_CODE_LENGTHS = [2, 3, 3, 3, 3, 3, 4, 5, 6];

/**
 * A real baseline JPEG of squares of 8×8 pixels, one colour each: sample pictures without keeping
 * binary files. Each block has only its average (DC) coefficient, so the encoder stays this short.
 *
 * @param colourAt red, green and blue, 0 to 255, of the square in that column and row
 */
export function mosaicJpeg(
	width: number,
	height: number,
	colourAt: (column: number, row: number) => Colour,
): Buffer {
	const bits = new BitWriter();
	const previous = [0, 0, 0];
	for (let row = 0; row < Math.ceil(height / 8); row += 1) {
		for (let column = 0; column < Math.ceil(width / 8); column += 1) {
			luminanceAndChroma(colourAt(column, row)).forEach((level, component) => {
				writeDifference(bits, level - previous[component]);
				previous[component] = level;
				// The only symbol of the AC table: end of block.
				bits.write(0, 1);
			});
		}
	}
	return Buffer.concat([
		Buffer.from([0xff, 0xd8]),
		segment(0xe0, [...Buffer.from('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0]),
		// With 8 as the DC quantiser a coefficient is the block's level itself.
		segment(0xdb, [0, 8, ...Array<number>(63).fill(1)]),
		segment(0xc0, [
			...[8, height >> 8, height & 0xff, width >> 8, width & 0xff, 3],
			...[1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0],
		]),
		segment(0xc4, [0x00, ...countsOf(SIZE_CODE_LENGTHS), ...SIZE_CODE_LENGTHS.keys()]),
		segment(0xc4, [0x10, ...countsOf([1]), 0]),
		segment(0xda, [3, 1, 0, 2, 0, 3, 0, 0, 63, 0]),
		bits.finish(),
		Buffer.from([0xff, 0xd9]),
	]);
}

class BitWriter {
	private readonly bytes: number[] = [];
	private pending = 0;
	private count = 0;

	write(value: number, length: number): void {
		for (let bit = length - 1; bit >= 0; bit -= 1) {
			this.pending = (this.pending << 1) | ((value >> bit) & 1);
			this.count += 1;
			if (this.count === 8) this.flush();
		}
	}

	finish(): Buffer {
		while (this.count > 0) this.write(1, 1);
		return Buffer.from(this.bytes);
	}

	private flush(): void {
		this.bytes.push(this.pending);
		// 0xff starts a marker unless a zero follows.
		if (this.pending === 0xff) this.bytes.push(0);
		this.pending = 0;
		this.count = 0;
	}
}

function writeDifference(bits: BitWriter, difference: number): void {
	const size = difference === 0 ? 0 : Math.floor(Math.log2(Math.abs(difference))) + 1;
	const { code, length } = sizeCodes[size];
	bits.write(code, length);
	bits.write(difference < 0 ? difference - 1 : difference, size);
}

/** Canonical codes: counting up, shifted left where the length grows. */
const sizeCodes = SIZE_CODE_LENGTHS.reduce<Array<{ code: number; length: number }>>(
	(codes, length) => {
		const last = codes.at(-1);
		const code = last === undefined ? 0 : (last.code + 1) << (length - last.length);
		return [...codes, { code, length }];
	},
	[],
);

/** How many codes there are of each length from 1 to 16. */
function countsOf(lengths: number[]): number[] {
	return Array.from(
		{ length: 16 },
		(_, index) => lengths.filter((length) => length === index + 1).length,
	);
}

function segment(marker: number, payload: number[]): Buffer {
	const length = payload.length + 2;
	return Buffer.from([0xff, marker, length >> 8, length & 0xff, ...payload]);
}

/** Y, Cb and Cr as JPEG levels, -128 to 127. */
function luminanceAndChroma([red, green, blue]: Colour): number[] {
	const luminance = 0.299 * red + 0.587 * green + 0.114 * blue;
	return [luminance - 128, (blue - luminance) * 0.564, (red - luminance) * 0.713].map((level) =>
		Math.max(-128, Math.min(127, Math.round(level))),
	);
}
