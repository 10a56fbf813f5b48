import type { ParticipantResult } from '../../model';
import type { Answer, Results } from '../../contract/operations';
import { phoneOf } from './ids';

/** As whom WAHA is to be told of a person, or why it is not told of them at all. */
export type Target = { id: string } | { code: number | null; reason: string };

/** The ids to send, none twice: a person may have been given by number and by id. */
export function idsOf(targets: ReadonlyMap<string, Target>): string[] {
	return [...new Set([...targets.values()].flatMap((target) => ('id' in target ? target.id : [])))];
}

/** What became of each person as they were given, from what became of whom WAHA was told of. */
export function resultsFor(
	targets: ReadonlyMap<string, Target>,
	results: Results<ParticipantResult>,
): Results<ParticipantResult> {
	const byId = new Map(results.map((result) => [result.model.participant, result]));
	return [...targets].map(([participant, target]): Answer<ParticipantResult> => {
		const phone = phoneOf(participant);
		if (!('id' in target)) return { model: { participant, phone, status: 'failed', ...target } };
		const { model, raw } = byId.get(target.id) as Answer<ParticipantResult>;
		return { model: { ...model, participant, phone: phone ?? model.phone }, raw };
	});
}
