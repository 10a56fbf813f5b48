export const megabyte = 1024 * 1024;

/** What a file has too much of, as users read it. */
export function largerThan(maxBytes: number): string {
	return `It is larger than ${Math.round((maxBytes / megabyte) * 100) / 100} MB.`;
}
