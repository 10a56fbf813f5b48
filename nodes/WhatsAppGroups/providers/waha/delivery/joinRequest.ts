import type { GroupEvent } from '../../../model';
import { knownPart } from '../../../contract/events';
import { asList, asRecord, asText } from '../../../transport/json';
import type { Envelope } from './envelope';
import { known } from './known';
import { toPerson } from './person';

const events = {
	created: 'joinRequest.created',
	rejected: 'joinRequest.rejected',
	revoked: 'joinRequest.revoked',
} as const;

/** WEBJS tells neither number nor way; NOWEB and GOWS repeat the number in their data. */
export function joinRequestChanged(envelope: Envelope): GroupEvent[] {
	const { payload, data } = envelope;
	const { action, requesterId, requesterPn, requestMethod } = payload;
	if (action !== 'created' && action !== 'rejected' && action !== 'revoked') return [];
	const requester = toPerson(requesterId);
	if (!requester) return [];
	const inData = asList(data.Requests)
		.map(asRecord)
		.find(({ JID }) => toPerson(JID)?.id === requester.id);
	const person = toPerson(requesterId, requesterPn, data.participantPn, inData?.PhoneNumber);
	return known(events[action], envelope, {
		joinRequest: requester.id,
		actor: person && { ...person, name: null },
		changes: knownPart({ requestMethod: asText(requestMethod) }),
	});
}
