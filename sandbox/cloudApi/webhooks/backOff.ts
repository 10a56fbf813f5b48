const DAY_MS = 24 * 3600 * 1000;

/**
 * Seven days of attempts with decreasing frequency (providers.md §2.6, §4.4).
 * Assumed: the first after a second, and none later than a day after the one before.
 */
export function backOffOfAWeek(): number[] {
	const delays: number[] = [];
	let passed = 0;
	for (let next = 1000; passed + next <= 7 * DAY_MS; next = Math.min(next * 2, DAY_MS)) {
		delays.push(next);
		passed += next;
	}
	return delays;
}
