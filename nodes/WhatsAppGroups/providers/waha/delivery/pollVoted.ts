import { eventMessage } from '../../../contract/events';
import type { GroupEvent } from '../../../model';
import { asList, asRecord, asText, firstOf } from '../../../transport/json';
import { timeOf } from '../time';
import type { Envelope } from './envelope';
import { groupIdOf, known } from './known';
import { knownId } from './messageId';
import { nameOf, toPerson } from './person';

/**
 * All options that somebody has chosen by now, none when they took back the last one. GOWS has the group
 * in `from` and the voter in `to`, the others the other way round.
 */
export function pollVoted(envelope: Envelope): GroupEvent[] {
	const { payload, data, me } = envelope;
	const vote = asRecord(payload.vote);
	const id = knownId(envelope, asRecord(payload.poll).id);
	if (id === null) return [];
	const { SenderAlt } = asRecord(data.Info);
	const isOwn = vote.fromMe === true;
	const voter = toPerson(vote.participant, vote.from, vote.to, SenderAlt) ?? (isOwn ? me : null);
	const options = asList(vote.selectedOptions).flatMap((option) => asText(option) ?? []);
	return known('poll.voted', envelope, {
		group: firstOf(groupIdOf(vote.to), groupIdOf(vote.from)),
		actor: voter && { ...voter, name: nameOf(data) },
		message: eventMessage({ id, type: 'vote', fromMe: isOwn, content: { options } }),
		timestamp: firstOf(timeOf(vote.timestamp), envelope.timestamp),
	});
}
