import { sleep } from 'n8n-workflow';
import type { IWebhookFunctions } from 'n8n-workflow';
import type { Provider } from '../contract/provider';
import type { GroupEvent } from '../model';
import { Api } from '../transport/api';
import { Connection } from '../transport/connection';
import { Gate } from '../transport/gate';
import { asText } from '../transport/json';

/** For all numbers of a delivery together: longer, and the event would come late. */
const patienceMs = 3000;
const concurrency = 5;

/**
 * Fills in phone numbers that the provider can look up. One that it cannot, or not in time, stays
 * `null`: the event itself is worth more than the number.
 */
export async function resolvePhones(
	context: IWebhookFunctions,
	provider: Provider,
	events: readonly GroupEvent[],
): Promise<void> {
	const people = events
		.flatMap(({ actor, participants }) => [...(actor ? [actor] : []), ...(participants ?? [])])
		.filter(({ phone }) => phone === null);
	const ids = [...new Set(people.map(({ id }) => id))];
	if (ids.length === 0) return;

	const phones = new Map<string, string | null>();
	const tooLate = new Error(`no answer within ${patienceMs} ms`);
	try {
		await Promise.race([
			lookUp(context, provider, ids, phones),
			sleep(patienceMs).then(() => {
				throw tooLate;
			}),
		]);
	} catch (error) {
		context.logger.warn('WhatsApp Groups Trigger could not look up phone numbers', {
			reason: error instanceof Error ? error.message : String(error),
		});
	}
	for (const person of people) person.phone = phones.get(person.id) ?? null;
}

async function lookUp(
	context: IWebhookFunctions,
	provider: Provider,
	ids: readonly string[],
	phones: Map<string, string | null>,
): Promise<void> {
	const { account, trigger } = provider;
	const { resolvePhone } = trigger;
	if (!resolvePhone) return;
	const name = account
		? context.getNodeParameter(account.parameter, '', { extractValue: true })
		: '';
	// Nothing is asked again after its time, and no further number is begun.
	const signal = AbortSignal.timeout(patienceMs);
	const gate = new Gate({ concurrency, delayMs: 0, patienceMs: 0, signal });
	const api = new Api(await Connection.open(context, provider, gate), asText(name) ?? '');
	await api.each(ids, async (id) => {
		phones.set(id, await resolvePhone(api, id));
	});
}
