import { reasonIn, toldOf } from '../../contract/told';
import type { EventName, GroupEvent } from '../../model';
import type { Api } from '../../transport/api';
import { withStatus } from '../../transport/errors';

const firstPauseMs = 500;
const pauseGrowth = 1.5;
const longestPauseMs = 10_000;

/** How a change is known to be made, or not: by webhooks that this n8n hears, or by looking. */
export interface Change {
	requestId: string | null;
	done: EventName;
	failed: EventName;
	/** Whether the group is as it was wanted. */
	isMade: () => Promise<boolean>;
	/** How to look later. */
	advice: string;
}

/** Waits until it is made. Throws when a webhook tells that it is not, or when time is up. */
export async function awaitChange(
	api: Api,
	{ requestId, done, failed, isMade, advice }: Change,
	seconds: number,
): Promise<void> {
	const told = (name: EventName) => toldOf(requestId).find(({ event }) => event === name);
	const outcome = await api.after(
		`The provider has taken the request${requestId === null ? '' : ` (ID ${requestId})`}.`,
		async () =>
			await poll(api, seconds, async () => {
				const isDone = told(failed) ?? told(done) ?? (await isMade());
				return isDone === false ? undefined : isDone;
			}),
		'pending',
	);
	if (outcome === undefined) throw timeIsUp(api, seconds, advice);
	if (outcome !== true && outcome.event === failed) throw notMade(api, outcome);
}

/** Looks again and again, ever more seldom, until something is found; nothing when time is up. */
export async function poll<T>(
	api: Api,
	seconds: number,
	look: () => Promise<T | undefined>,
): Promise<T | undefined> {
	const deadline = Date.now() + seconds * 1000;
	for (let pauseMs = firstPauseMs; ; pauseMs *= pauseGrowth) {
		const found = await look();
		const leftMs = deadline - Date.now();
		if (found !== undefined || leftMs <= 0) return found;
		await api.sleep(Math.min(pauseMs, longestPauseMs, leftMs));
	}
}

function timeIsUp(api: Api, seconds: number, advice: string) {
	const error = api.failure(
		"The change was not made within 'Maximum Wait (Seconds)'",
		`The provider has taken the request, but after ${seconds} seconds nothing of it was to be seen. ${advice} If WhatsApp has refused it, only the webhook of the number says why.`,
	);
	return withStatus(error, 'pending');
}

function notMade(api: Api, event: GroupEvent) {
	const reason = reasonIn(event);
	const words = reason === null ? '' : ` It says: ${reason}`;
	return api.failure('The provider has not made the change', `A webhook tells so.${words}`);
}
