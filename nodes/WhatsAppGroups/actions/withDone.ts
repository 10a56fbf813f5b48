import type { ResultStatus } from '../model';
import { addToDescription, statusOf } from '../transport/errors';
import type { Run } from '../transport/runner';

/** The error that ends a run of several items, with what is done already: n8n shows no output then. */
export function withDone({ done, failures }: Run<unknown>, count: number): unknown {
	const [{ error, index }] = failures;
	if (count === 1) return error;
	const ended = (status: ResultStatus) =>
		failures
			// Those that the end of the run kept from being sent have its very error.
			.filter((other, i) => (i === 0 || other.error !== error) && statusOf(other.error) === status)
			.map((failure) => failure.index);
	const [pending, unknown] = [ended('pending'), ended('unknown')];
	const parts = [
		`Item ${index} of 0 to ${count - 1} failed.`,
		done.length === 0 ? 'No item is done.' : `Done: ${named(done)}.`,
		...(pending.length === 0 ? [] : [`Pending: ${named(pending)}.`]),
		...(unknown.length === 0 ? [] : [`Outcome unknown: ${named(unknown)}.`]),
		'Nothing more was sent for the others.',
	];
	return addToDescription(error, parts.join(' '), 'end');
}

/** `0–4, 7` */
function named(indexes: readonly number[]): string {
	const stretches: Array<[first: number, last: number]> = [];
	for (const index of [...indexes].sort((a, b) => a - b)) {
		const stretch = stretches[stretches.length - 1];
		if (stretch?.[1] === index - 1) stretch[1] = index;
		else stretches.push([index, index]);
	}
	const words = stretches.map(([first, last]) =>
		first === last ? `${first}` : `${first}–${last}`,
	);
	const shown = words.slice(0, 20).join(', ');
	return `${indexes.length === 1 ? 'item' : 'items'} ${shown}${words.length > 20 ? ', …' : ''}`;
}
