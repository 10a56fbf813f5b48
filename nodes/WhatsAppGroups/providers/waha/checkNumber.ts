import type { NumberCheck } from '../../model';
import type { Api } from '../../transport/api';
import type { Answer, CheckNumbers, Results } from '../../contract/operations';
import { asBoolean, asRecord } from '../../transport/json';
import { phoneOf } from './ids';
import { idOf } from './readGroup';
import type { Target } from './targets';

/** One request per number, since WAHA checks no more at once (providers.md §3.3). */
export async function checkNumbers(
	api: Api,
	{ participants }: CheckNumbers,
): Promise<Results<NumberCheck>> {
	return await api.each(participants, async (id) => await check(api, phoneOf(id) as string));
}

/** Whoever is on WhatsApp under the id that WhatsApp has for them, which may lack a digit of the number. */
export async function checkedTargets(
	api: Api,
	participants: readonly string[],
): Promise<Map<string, Target>> {
	const targets = await api.each(participants, async (id): Promise<[string, Target]> => {
		const phone = phoneOf(id);
		if (phone === null) return [id, { id }];
		const { model } = await check(api, phone);
		return [id, model.exists ? { id: model.id ?? id } : notOnWhatsApp];
	});
	return new Map(targets);
}

const notOnWhatsApp: Target = { code: 404, reason: 'The number is not on WhatsApp: check it.' };

async function check(api: Api, phone: string): Promise<Answer<NumberCheck>> {
	const response = await api.request({
		method: 'GET',
		path: '/api/contacts/check-exists',
		qs: { phone, session: api.account },
	});
	const raw = asRecord(response.body);
	const exists = asBoolean(raw.numberExists);
	if (exists === null) throw api.unreadable(response);
	return { model: { phone, exists, id: exists ? idOf(raw.chatId) : null }, raw };
}
