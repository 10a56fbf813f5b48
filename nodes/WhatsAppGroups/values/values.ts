import { InvalidInput } from './invalidInput';
import { readList } from './list';
import type { Entry } from './list';
import { shown } from './shown';

/** What stands in a field: a literal that the user entered, or whatever an expression gave. */
export interface Field {
	/** As the editor calls it. */
	label: string;
	value: unknown;
	isExpression: boolean;
}

interface TextLimits {
	/** Characters, as people count them. */
	maxLength?: number;
	/** Who does not take more, e.g. the provider. */
	taker?: string;
}

interface NumberLimits {
	min: number;
	max?: number;
}

/**
 * The fields of a form, read as what they should be. Expressions give anything: what fits is taken,
 * `null` and `undefined` mean that nothing is given, and everything else is refused by an InvalidInput
 * that names the field. Nothing is dropped, trimmed or turned silently.
 */
export class Values {
	constructor(
		private readonly valueOf: (name: string) => unknown,
		private readonly describe: (name: string) => Omit<Field, 'value'>,
	) {}

	field(name: string): Field {
		return { ...this.describe(name), value: this.valueOf(name) };
	}

	/** A text that has to be there, as it was written. */
	text(name: string, limits: TextLimits = {}): string {
		const text = this.optionalText(name, limits);
		if (text !== undefined && text.trim() !== '') return text;
		throw isMissing(this.field(name), 'Enter a text.');
	}

	/** A text as it was written; it may be empty. Numbers are taken as their digits. */
	optionalText(name: string, { maxLength, taker }: TextLimits = {}): string | undefined {
		const field = this.field(name);
		if (isAbsent(field.value)) return undefined;
		const { label, value } = field;
		if (typeof value !== 'string' && !isFiniteNumber(value)) {
			throw new InvalidInput(
				`'${label}' is not a text`,
				`It holds ${shown(value)}. Use an expression that gives a text.`,
			);
		}
		const text = String(value);
		const length = [...text].length;
		if (maxLength !== undefined && length > maxLength) {
			throw new InvalidInput(
				`'${label}' is too long`,
				`${taker ?? 'It'} takes at most ${maxLength} characters, this one has ${length}.`,
			);
		}
		return text;
	}

	/** An ID or a name: a text without the space around it; nothing when it is empty. */
	optionalId(name: string): string | undefined {
		return this.optionalText(name)?.trim() || undefined;
	}

	/** Like `optionalId`, for one that has to be there. */
	id(name: string, advice = 'Enter it.'): string {
		const id = this.optionalId(name);
		if (id === undefined) throw isMissing(this.field(name), advice);
		return id;
	}

	flag(name: string, otherwise: boolean): boolean {
		return this.optionalFlag(name) ?? otherwise;
	}

	/** `true` and `false`, also as text. */
	optionalFlag(name: string): boolean | undefined {
		const { label, value } = this.field(name);
		if (isAbsent(value) || typeof value === 'boolean') return value ?? undefined;
		if (value === 'true' || value === 'false') return value === 'true';
		throw new InvalidInput(
			`'${label}' is neither true nor false`,
			`It holds ${shown(value)}. Use an expression that gives true or false.`,
		);
	}

	/** A whole number, also as a numeral. */
	wholeNumber(name: string, otherwise: number, { min, max }: NumberLimits): number {
		const { label, value } = this.field(name);
		if (isAbsent(value)) return otherwise;
		const isNumeral = typeof value === 'string' && /^\s*[+-]?\d+(\.0*)?\s*$/.test(value);
		const number = isNumeral ? Number(value) : value;
		if (!Number.isSafeInteger(number)) {
			throw new InvalidInput(
				`'${label}' is not a whole number`,
				`It holds ${shown(value)}. Enter a number such as ${Math.max(min, 5)}.`,
			);
		}
		return inRange(label, number as number, { min, max });
	}

	/** A number that has to be there, also as a numeral with a decimal point. */
	number(name: string, limits: NumberLimits): number {
		const field = this.field(name);
		const { label, value } = field;
		if (isAbsent(value) || value === '') throw isMissing(field, 'Enter a number.');
		const isNumeral = typeof value === 'string' && /^\s*[+-]?\d+(\.\d*)?\s*$/.test(value);
		const number = isNumeral ? Number(value) : value;
		if (typeof number !== 'number' || !Number.isFinite(number)) {
			throw new InvalidInput(
				`'${label}' is not a number`,
				`It holds ${shown(value)}. Enter one with a decimal point, such as 51.5074.`,
			);
		}
		return inRange(label, number, limits);
	}

	/** Like `everyLine`, without empty ones, and each once. */
	lines(name: string): string[] {
		return [...new Set(this.everyLine(name).filter((text) => text !== ''))];
	}

	/** Like `everyLine`, where the field may be empty; empty lines at its end do not count. */
	optionalLines(name: string): string[] {
		const { value } = this.field(name);
		if (isAbsent(value) || value === '') return [];
		const texts = this.everyLine(name);
		while (texts.at(-1) === '') texts.pop();
		return texts;
	}

	/** Texts that may hold commas: one on each line, or an expression that gives a list of texts. */
	everyLine(name: string): string[] {
		const field = this.field(name);
		const { label, value } = field;
		if (isAbsent(value)) throw isMissing(field, 'Enter one on each line.');
		const entries = Array.isArray(value) ? (value as unknown[]) : String(value).split(/\r?\n/);
		const bad = entries.find((entry) => typeof entry !== 'string' && !isFiniteNumber(entry));
		if (bad !== undefined || (typeof value === 'object' && !Array.isArray(value))) {
			throw new InvalidInput(
				`'${label}' is not a list of texts`,
				`It holds ${shown(bad ?? value)}. Enter one on each line, or an expression that gives a list.`,
			);
		}
		return entries.map((entry) => String(entry).trim());
	}

	/** One of the values that the field offers. */
	choice<T extends string>(name: string, choices: readonly T[]): T | undefined {
		const { label, value } = this.field(name);
		if (isAbsent(value)) return undefined;
		const chosen = choices.find((choice) => choice === value);
		if (chosen !== undefined) return chosen;
		throw new InvalidInput(
			`'${label}' is none of the values that there are`,
			`It holds ${shown(value)}. Use ${choices.join(' or ')}.`,
		);
	}

	/**
	 * The entries of a list, in whatever form it is given; see `readList`. Each has been read by `read`,
	 * or says why it cannot be.
	 */
	list(name: string, keys: readonly string[], read: (text: string) => string): Entry[] {
		return readList(this.field(name).value, keys, read);
	}

	/** Like `list`, where one entry that cannot be read spoils it all. */
	wholeList(name: string, keys: readonly string[], read: (text: string) => string): string[] {
		return readable(this.field(name).label, this.list(name, keys, read));
	}

	/** The forms inside a collection that may hold several; `name` is that of their kind. */
	rows(name: string): Values[] {
		const { value } = this.field(name);
		if (isAbsent(value)) return [];
		return (Array.isArray(value) ? (value as unknown[]) : [value]).map((row) => {
			const form = (row ?? {}) as Record<string, unknown>;
			return new Values(
				(entry) => form[entry],
				(entry) => this.describe(`${name}.${entry}`),
			);
		});
	}

	/** The form inside a collection such as Additional Fields; what the user did not add is absent. */
	collection(name: string): Values {
		const form = (this.valueOf(name) ?? {}) as Record<string, unknown>;
		return new Values(
			(entry) => form[entry],
			(entry) => this.describe(`${name}.${entry}`),
		);
	}
}

function inRange(label: string, number: number, { min, max }: NumberLimits): number {
	if (number >= min && (max === undefined || number <= max)) return number;
	const range = max === undefined ? `at least ${min}` : `from ${min} to ${max}`;
	throw new InvalidInput(
		`'${label}' is out of range`,
		`It holds ${shown(number)}. Enter a number ${range}.`,
	);
}

/** The ids of a list; an InvalidInput that names the first entry that is none. */
export function readable(label: string, entries: readonly Entry[]): string[] {
	const bad = entries.filter(({ id }) => id === undefined);
	if (bad.length > 0) {
		const problems = bad.slice(0, 5).map(problemOf).join(' ');
		const more = bad.length > 5 ? ` And ${bad.length - 5} more.` : '';
		throw new InvalidInput(
			bad.length === 1
				? `'${label}' has an entry that cannot be read`
				: `'${label}' has ${bad.length} entries that cannot be read`,
			`${problems}${more}`,
		);
	}
	return entries.map(({ id }) => id as string);
}

/** What is wrong with an entry, with its place in the list. */
export function problemOf({ place, given, problem }: Entry): string {
	return `Entry ${place}, ${shown(given)}: ${problem ?? ''}`;
}

/** The error for a field that has to be filled in; says when it is the expression that gives nothing. */
export function isMissing({ label, value, isExpression }: Field, advice: string): InvalidInput {
	if (isExpression && isAbsent(value)) {
		return new InvalidInput(
			`The expression in '${label}' gives nothing`,
			'Check that the input item has the value that it names, and that the expression shows one in the editor.',
		);
	}
	return new InvalidInput(`'${label}' is empty`, advice);
}

function isAbsent(value: unknown): value is null | undefined {
	return value === null || value === undefined;
}

function isFiniteNumber(value: unknown): boolean {
	return typeof value === 'bigint' || (typeof value === 'number' && Number.isFinite(value));
}
