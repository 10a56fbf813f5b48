import { reasonIn, toldOf } from '../../contract/told';
import type { EventName, GroupEvent } from '../../model';
import type { Api } from '../../transport/api';
import { withStatus } from '../../transport/errors';

/** Pauses between two looks, ever longer. */
export const pause = { firstMs: 500, growth: 1.5, longestMs: 10_000 } as const;

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
	if (outcome !== true && outcome.event === failed) throw notMade(api, outcome, told(done));
}

/** Looks again and again, ever more seldom, until something is found; nothing when time is up. */
export async function poll<T>(
	api: Api,
	seconds: number,
	look: () => Promise<T | undefined>,
): Promise<T | undefined> {
	const deadline = Date.now() + seconds * 1000;
	for (let pauseMs: number = pause.firstMs; ; pauseMs *= pause.growth) {
		const found = await look();
		const leftMs = deadline - Date.now();
		if (found !== undefined || leftMs <= 0) return found;
		await api.sleep(Math.min(pauseMs, pause.longestMs, leftMs));
	}
}

function timeIsUp(api: Api, seconds: number, advice: string) {
	const error = api.failure(
		"The change was not made within 'Maximum Wait (Seconds)'",
		`The provider has taken the request, but after ${seconds} seconds nothing of it was to be seen. ${advice} If WhatsApp has refused it, only the webhook of the number says why.`,
	);
	return withStatus(error, 'pending');
}

/** Of several things that were to be changed, some may be. */
function notMade(api: Api, failed: GroupEvent, done?: GroupEvent) {
	if (!done) return toldNot(api, 'The provider has not made the change', failed);
	const names = ({ changes }: GroupEvent) => Object.keys(changes ?? {}).join(' and ');
	const parts = `Changed: ${names(done) || 'a part'}. Not changed: ${names(failed) || 'the rest'}.`;
	return toldNot(api, 'The provider has made only a part of the change', failed, parts);
}

/** The error for what a webhook tells was not done. */
export function toldNot(api: Api, message: string, event: GroupEvent, more?: string) {
	const reason = reasonIn(event);
	const words = [more, 'A webhook tells so.', reason === null ? undefined : `It says: ${reason}`];
	return api.failure(message, words.filter(Boolean).join(' '));
}
