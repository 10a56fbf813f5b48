import { readEach } from '../../../contract/events';
import type { GroupEvent } from '../../../model';
import { deleted } from './deleted';
import { edited } from './edited';
import { readEnvelope } from './envelope';
import type { Envelope } from './envelope';
import { groupChanged, ownMembership } from './group';
import { joinRequestChanged } from './joinRequest';
import { messageReceived } from './message';
import { participantsChanged } from './participants';
import { pollVoted } from './pollVoted';
import { reacted } from './reaction';
import { statusChanged } from './status';

/** By WAHA's name of the event (providers.md §3.8–3.10). */
const readers: ReadonlyMap<string, (envelope: Envelope) => GroupEvent[]> = new Map([
	['group.join', (envelope) => ownMembership('group.joined', envelope)],
	['group.leave', (envelope) => ownMembership('group.left', envelope)],
	['group.v2.join', (envelope) => ownMembership('group.joined', envelope)],
	['group.v2.leave', (envelope) => ownMembership('group.left', envelope)],
	['group.v2.participants', participantsChanged],
	['group.v2.participants.join-request', joinRequestChanged],
	['group.v2.update', groupChanged],
	['message', messageReceived],
	['message.any', messageReceived],
	['message.ack', statusChanged],
	// The enum and the sample of the documents disagree on the name (§6.10).
	['message.ack.group', statusChanged],
	['message.edited', edited],
	['message.reaction', reacted],
	['message.revoked', deleted],
	['poll.vote', pollVoted],
]);

/** The group events of a delivery; a text with the reason when the body is none of WAHA's. */
export function parseDelivery(body: unknown): GroupEvent[] | string {
	const envelope = readEnvelope(body);
	if (!envelope) return 'the body is no event of WAHA with “event” and “payload”';
	const events = readEach([body], () => readers.get(envelope.event)?.(envelope) ?? []);
	return events.map((event, i) =>
		i === 0 ? event : { ...event, deliveryId: `${event.deliveryId} ${event.event}` },
	);
}
