/** First bytes of the image types that group pictures come in; `null` stands for any byte. */
const signatures: ReadonlyArray<[mimeType: string, bytes: ReadonlyArray<number | null>]> = [
	['image/jpeg', [0xff, 0xd8, 0xff]],
	['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
	['image/gif', [0x47, 0x49, 0x46, 0x38]],
	// RIFF, four bytes of length, WEBP: a WAV or AVI file starts with RIFF too.
	['image/webp', [0x52, 0x49, 0x46, 0x46, null, null, null, null, 0x57, 0x45, 0x42, 0x50]],
];

/** The type that the bytes show, since a file's name and declared type are often wrong. */
export function imageTypeOf(data: Buffer): string | undefined {
	return signatures.find(([, bytes]) =>
		bytes.every((byte, i) => (byte === null ? data.length > i : data[i] === byte)),
	)?.[0];
}
