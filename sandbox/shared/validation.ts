import type { ZodError, ZodType, ZodTypeDef } from 'zod';

/** One sentence naming the field first: `destinations[0].destination: Required`. */
export function firstProblem(error: ZodError): string {
	const [issue] = error.issues;
	const field = issue.path.reduce<string>(
		(path, part) =>
			typeof part === 'number' ? `${path}[${part}]` : path === '' ? part : `${path}.${part}`,
		'',
	);
	return field === '' ? issue.message : `${field}: ${issue.message}`;
}

/** The value as the schema sees it; what `refuse` makes of the first problem is thrown otherwise. */
export function parseOr<Output, Input>(
	schema: ZodType<Output, ZodTypeDef, Input>,
	value: unknown,
	refuse: (problem: string) => Error,
): Output {
	const result = schema.safeParse(value);
	if (result.success) return result.data;
	throw refuse(firstProblem(result.error));
}
