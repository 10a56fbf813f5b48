import { sleep } from 'n8n-workflow';
import type { IWebhookFunctions } from 'n8n-workflow';
import type { Provider } from '../contract/provider';
import type { GroupEvent } from '../model';
import { lookUpApi } from './lookUpApi';

/** For all numbers of a delivery together: longer, and the event would come late. */
const patienceMs = 3000;

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
	const { resolvePhone } = provider.trigger;
	if (!resolvePhone) return;
	// Nothing is asked again after its time, and no further number is begun.
	const api = await lookUpApi(context, provider, AbortSignal.timeout(patienceMs));
	await api.each(ids, async (id) => {
		phones.set(id, await resolvePhone(api, id));
	});
}
