import type { NodeApiError } from 'n8n-workflow';
import type { Answer, Results } from '../contract/operations';
import type { InviteResult, SentMessage } from '../model';
import type { Api } from '../transport/api';
import { failureIn, statusOf } from '../transport/errors';
import { asNumber } from '../transport/json';

/** Credential, permission, address, session, rate: what fails for one fails for everybody. */
const aboutAll = ['401', '403', '404', '422', '429'];

type Outcome = { sent: Answer<SentMessage> } | { failure: NodeApiError };

/**
 * A message for each, since a provider refuses a call for several as a whole. What one person is refused for
 * is theirs alone; a refusal of everything fails the item, unless somebody has got theirs.
 */
export async function invitePeople(
	api: Api,
	people: readonly string[],
	send: (person: string) => Promise<Answer<SentMessage>>,
): Promise<Results<InviteResult>> {
	const outcomes = await api.each(people, async (person): Promise<Outcome> => {
		try {
			return { sent: await send(person) };
		} catch (error) {
			return { failure: failureIn(error) };
		}
	});
	const failures = outcomes.flatMap((outcome) => ('failure' in outcome ? [outcome.failure] : []));
	const isRefused = (error: NodeApiError) =>
		statusOf(error) === 'failed' && aboutAll.includes(error.httpCode ?? '');
	if (failures.length === outcomes.length && failures.every(isRefused)) throw failures[0];
	return outcomes.map((outcome, i) => toResult(people[i], outcome));
}

function toResult(participant: string, outcome: Outcome): Answer<InviteResult> {
	const known = { participant, phone: /^\+?(\d{7,15})(@c\.us)?$/.exec(participant)?.[1] ?? null };
	if ('sent' in outcome) {
		const { model, raw } = outcome.sent;
		const done = { status: 'success', code: null, reason: null } as const;
		return { model: { ...known, ...done, messageId: model.id }, raw };
	}
	const { message, description, errorResponse } = outcome.failure;
	return {
		model: {
			...known,
			status: statusOf(outcome.failure),
			code: asNumber(errorResponse?.code),
			reason: [message, description].filter(Boolean).join('. '),
			messageId: null,
		},
	};
}
