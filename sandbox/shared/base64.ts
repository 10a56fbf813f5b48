/** By decoding: regular expressions run out of their stack on files of some megabytes. */
export function isBase64(text: string): boolean {
	return text !== '' && Buffer.from(text, 'base64').toString('base64') === text;
}
