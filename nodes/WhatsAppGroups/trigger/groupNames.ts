import type { IWebhookFunctions } from 'n8n-workflow';
import type { EventName, GroupEvent } from '../model';
import type { Provider } from '../contract/provider';
import type { Api } from '../transport/api';
import { accountName, lookUpApi, timeUp } from './lookUpApi';

/** What the look-ups of one delivery may take: an event that comes in time is worth more than a name. */
const patienceMs = 3000;
/** How long a name is good for, and how long after a failure nothing is asked again. */
const goodForMs = { name: 10 * 60_000, failure: 60_000 };
const mostRemembered = 5000;

interface Remembered {
	subject: Promise<string | null>;
	until: number;
}

/** What this process knows, by account and group, the oldest first. */
const names = new Map<string, Remembered>();

/** Events after which there is nothing left to ask for. */
const gone: readonly EventName[] = ['group.createFailed', 'group.deleted', 'group.left'];

/**
 * Fills in the subject of the group where the delivery does not tell it: as an earlier delivery told
 * it, or by one request for each group. What cannot be had in time stays `null`.
 */
export async function addGroupNames(
	context: IWebhookFunctions,
	provider: Provider,
	events: readonly GroupEvent[],
): Promise<void> {
	const account = accountKey(context, provider);
	const keyOf = (id: string) => JSON.stringify([account, id]);
	for (const { group } of events) {
		if (group.subject !== null) remember(keyOf(group.id), group.subject);
	}
	const nameless = events.filter(({ group }) => group.subject === null);
	const signal = AbortSignal.timeout(patienceMs);
	const tooLate = timeUp(signal);
	const ask = lookUp(context, provider, signal);
	for (const { event, group } of nameless) {
		const key = keyOf(group.id);
		if (recall(key) || gone.includes(event)) continue;
		const subject = ask(group.id);
		// One that comes too late is known the next time; until then nobody waits for it again.
		void subject.then((late) => late !== null && remember(key, late));
		const known = Promise.race([subject, tooLate]);
		keep(key, { subject: known, until: Date.now() + goodForMs.failure });
	}
	for (const { group } of nameless) group.subject = (await recall(keyOf(group.id))) ?? null;
}

function recall(key: string): Promise<string | null> | undefined {
	const remembered = names.get(key);
	return remembered && remembered.until > Date.now() ? remembered.subject : undefined;
}

function remember(key: string, subject: string): void {
	keep(key, { subject: Promise.resolve(subject), until: Date.now() + goodForMs.name });
}

function keep(key: string, remembered: Remembered): void {
	names.delete(key);
	names.set(key, remembered);
	const [oldest] = names.keys();
	if (names.size > mostRemembered) names.delete(oldest);
}

/** Asks the provider; opens the credential once, and only when there is something to ask. */
function lookUp(
	context: IWebhookFunctions,
	provider: Provider,
	signal: AbortSignal,
): (group: string) => Promise<string | null> {
	let opening: Promise<Api> | undefined;
	return async (group) => {
		try {
			opening ??= lookUpApi(context, provider, signal);
			const answer = await provider.operations['group.get']?.run(await opening, { group });
			return answer?.model.subject ?? null;
		} catch (error) {
			context.logger.debug('WhatsApp Groups Trigger could not look up the name of a group', {
				reason: error instanceof Error ? error.message : String(error),
			});
			return null;
		}
	};
}

/** What tells the account by which the provider is asked from all others. */
function accountKey(context: IWebhookFunctions, provider: Provider): unknown {
	const credential = context.getNode().credentials?.[provider.credentialName];
	return [credential?.id, accountName(context, provider)];
}
