/**
 * JSON as Meta writes it: in ASCII, with lower-case hexadecimal digits, and `/` and `@` escaped too.
 * The signature is that of these bytes, and not of what `JSON.stringify` makes of their value [F].
 */
export function metaJson(value: unknown): Buffer {
	const escaped = JSON.stringify(value)
		.replaceAll('/', '\\/')
		.replace(
			/[@\u007f-\uffff]/g,
			(unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
		);
	return Buffer.from(escaped, 'ascii');
}
