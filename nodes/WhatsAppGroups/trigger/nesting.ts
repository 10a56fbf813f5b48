/** Levels of nesting that a body may have; the providers' own bodies have less than 20. */
const deepest = 64;

/** Whether a body nests so deeply that handling it could exhaust the stack. */
export function isTooDeep(body: unknown): boolean {
	let level: unknown[] = [body];
	for (let depth = 0; level.length > 0; depth += 1) {
		if (depth > deepest) return true;
		level = level.flatMap((value) =>
			typeof value === 'object' && value !== null ? Object.values(value) : [],
		);
	}
	return false;
}
