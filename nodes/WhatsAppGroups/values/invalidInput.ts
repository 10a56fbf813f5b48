/**
 * Input that is refused before any request, thrown where neither node nor item is known: `message`
 * names the field and holds nothing that the user entered, `description` shows the way out.
 */
export class InvalidInput extends Error {
	constructor(
		message: string,
		readonly description: string,
	) {
		super(message);
	}
}

/** Why an input was refused; any other error is none of ours and goes on. */
export function refusalIn(error: unknown): string {
	if (error instanceof InvalidInput) return error.description;
	throw error;
}
