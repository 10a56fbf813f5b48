/** A copy without one of its fields. */
export function without(object: Record<string, unknown>, field: string): Record<string, unknown> {
	return Object.fromEntries(Object.entries(object).filter(([name]) => name !== field));
}
