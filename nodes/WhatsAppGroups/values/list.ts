import { refusalIn } from './invalidInput';

/** One entry of a list that a user gave. */
export interface Entry {
	/** Counted from 1, as people count. */
	place: number;
	/** As it was given: one piece of a text, or what stood in an array. */
	given: unknown;
	/** As it was read; nothing when it cannot be. */
	id?: string;
	/** Why it cannot be read, and what to enter instead. */
	problem?: string;
}

/** What may stand for one entry: the first text that can be read does. */
interface Candidate {
	given: unknown;
	texts: string[];
}

/** Comma, semicolon and line break, tab, and their Arabic, full-width and ideographic forms. */
const separators = /[,;\n\r\t\u060c\u061b\uff0c\uff1b\u3001]/;

/**
 * The entries of a list in whatever form it comes: a text with separators, an array, either as JSON in a
 * text, or objects as this node and the providers give them, of which the values below `keys` are tried
 * in that order. Every entry is there: read by `read`, which throws InvalidInput, or with its problem.
 * Of entries that are read alike the first is kept.
 */
export function readList(
	value: unknown,
	keys: readonly string[],
	read: (text: string) => string,
): Entry[] {
	const entries = candidatesIn(value, keys, false).map((candidate, i): Entry => {
		const { given } = candidate;
		const place = i + 1;
		let problem = 'There is nothing in it that could be an entry.';
		for (const [attempt, text] of candidate.texts.entries()) {
			try {
				return { place, given, id: read(text) };
			} catch (error) {
				const refusal = refusalIn(error);
				if (attempt === 0) problem = refusal;
			}
		}
		return { place, given, problem };
	});
	const seen = new Set<string>();
	return entries.filter(({ id }) => {
		if (id === undefined) return true;
		const isNew = !seen.has(id);
		seen.add(id);
		return isNew;
	});
}

function candidatesIn(value: unknown, keys: readonly string[], isEntry: boolean): Candidate[] {
	if (value === null || value === undefined) {
		return isEntry ? [{ given: value, texts: [] }] : [];
	}
	if (Array.isArray(value)) return value.flatMap((entry) => candidatesIn(entry, keys, true));
	if (typeof value === 'object') {
		const record = value as Record<string, unknown>;
		// An item of n8n as a whole.
		if (typeof record.json === 'object') return candidatesIn(record.json, keys, isEntry);
		return [{ given: value, texts: textsOf(record, keys) }];
	}
	if (typeof value !== 'string') return [{ given: value, texts: textOf(value) }];

	const parsed = parseJson(value);
	if (parsed !== undefined) return candidatesIn(parsed, keys, isEntry);
	const pieces = value
		.split(separators)
		.map(unquoted)
		.filter((piece) => piece !== '');
	if (pieces.length === 0 && isEntry) return [{ given: value, texts: [] }];
	return pieces.map((piece) => ({ given: piece, texts: [piece] }));
}

function textsOf(record: Record<string, unknown>, keys: readonly string[]): string[] {
	return keys.flatMap((key) => textOf(record[key]));
}

/** The text of a value; ids of WEBJS are objects in several spellings (providers.md §3.4.1). */
function textOf(value: unknown): string[] {
	if (typeof value === 'string') return value.trim() === '' ? [] : [value.trim()];
	// Above it, digits were lost already when the number was written.
	if (typeof value === 'number') return Number.isSafeInteger(value) ? [String(value)] : [];
	if (typeof value === 'bigint') return [String(value)];
	if (typeof value !== 'object' || value === null) return [];
	const { _serialized: serialized, $1: renamed, user, server } = value as Record<string, unknown>;
	const built = typeof user === 'string' ? `${user}@${String(server)}` : undefined;
	return [serialized, renamed, built].filter((text): text is string => typeof text === 'string');
}

/** What AI tools give for a list, and what JSON.stringify makes of one. */
function parseJson(text: string): unknown {
	if (!/^\s*[[{]/.test(text)) return undefined;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

function unquoted(piece: string): string {
	return piece
		.trim()
		.replace(/^(["'])(.*)\1$/, '$2')
		.trim();
}
