import { addToDescription } from './errors';

/** Says for how long the provider wants to be left alone, or for how long it was given the time. */
export function withWait<E>(error: E, askedMs: number | null, patienceMs: number): E {
	if (askedMs !== null) {
		const until = new Date(Date.now() + askedMs).toISOString().replace(/\.\d+Z$/, 'Z');
		return addToDescription(error, `It asks to wait ${inWords(askedMs)}, until ${until}.`);
	}
	if (patienceMs === 0) return error;
	return addToDescription(error, `It went on refusing the request for ${inWords(patienceMs)}.`);
}

function inWords(ms: number): string {
	const [count, unit] =
		ms < 60_000 ? [Math.ceil(ms / 1000), 'second'] : [Math.ceil(ms / 60_000), 'minute'];
	return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
