/** What was given, short enough for an error. */
export function shown(value: unknown): string {
	if (typeof value === 'string') return value === '' ? 'an empty text' : `“${cut(value)}”`;
	if (Array.isArray(value)) return `a list: ${cut(asJson(value))}`;
	if (typeof value === 'object' && value !== null) return `an object: ${cut(asJson(value))}`;
	return String(value);
}

function asJson(value: object): string {
	try {
		return JSON.stringify(value);
	} catch {
		return String(value);
	}
}

function cut(text: string): string {
	return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
