import { z } from 'zod';
import { badRequest } from './errors';

/**
 * Request bodies and queries, refused in the words of WAHA's validator (providers.md §3.5):
 * `participants must be an array`, nested ones with their path before them. Fields that WAHA does
 * not know are dropped without a word, as it does.
 *
 * A message here is what follows the field's name; `%s` in it stands for the name itself.
 */
const say = (message: string) => ({ errorMap: () => ({ message }) });

export const text = () => z.string(say('must be a string'));
export const flag = () => z.boolean(say('must be a boolean value'));
export const number = () =>
	z.number(say('must be a number conforming to the specified constraints'));
export const list = <Item extends z.ZodTypeAny>(item: Item) =>
	z.array(item, say('must be an array'));
export const oneOf = <const Values extends [string, ...string[]]>(values: Values) =>
	z.enum(values, say(`must be one of the following values: ${values.join(', ')}`));
export const nested = <Shape extends z.ZodRawShape>(shape: Shape) =>
	z.object(shape, say('nested property %s must be either object or array'));
export const anyObject = () => z.record(z.unknown(), say('must be an object'));

/** Every element one of these words. */
export const wordsOf = (values: readonly string[]) =>
	list(z.unknown()).superRefine((items, context) => {
		if (items.every((item) => values.includes(item as string))) return;
		context.addIssue({
			code: z.ZodIssueCode.custom,
			message: `each value in %s must be one of the following values: ${values.join(', ')}`,
		});
	}) as unknown as z.ZodType<string[]>;

/** An http or https address; the host may be a bare name such as `localhost`. */
export const address = () =>
	z.unknown().superRefine((value, context) => {
		if (typeof value === 'string' && /^https?:\/\/[^\s/]+/.test(value) && URL.canParse(value))
			return;
		context.addIssue({ code: z.ZodIssueCode.custom, message: 'must be a URL address' });
	}) as unknown as z.ZodType<string>;

/** `true` and `false` as text. */
export const queryFlag = () =>
	z.preprocess((value) => (value === 'true' ? true : value === 'false' ? false : value), flag());

export const queryNumber = () =>
	z.preprocess(
		(value) => (typeof value === 'string' && value.trim() !== '' ? Number(value) : value),
		number(),
	);

function phrase(issue: z.ZodIssue): string {
	const name = String(issue.path[issue.path.length - 1] ?? '');
	const parents = issue.path
		.slice(0, -1)
		.map((part) => `${part}.`)
		.join('');
	const message = issue.message.includes('%s')
		? issue.message.replace('%s', name)
		: `${name} ${issue.message}`;
	return `${parents}${message}`;
}

/**
 * @param input a body (a missing one counts as empty) or a query
 * @throws the 400 of WAHA's validator
 */
export function validated<Schema extends z.ZodTypeAny>(
	schema: Schema,
	input: unknown,
): z.output<Schema> {
	const result = schema.safeParse(input ?? {});
	if (result.success) return result.data;
	throw badRequest(result.error.issues.map(phrase));
}
