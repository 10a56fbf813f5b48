import { groupEvent } from '../../../contract/events';
import type { EventName, GroupEvent } from '../../../model';
import { asRecord, asText, firstOf } from '../../../transport/json';
import { idOf } from '../readGroup';
import type { Envelope } from './envelope';

/** An event in a group of which the delivery says no more than what is given; none without a group. */
export function known(
	event: EventName,
	{ payload, data, timestamp, deliveryId }: Envelope,
	more: Partial<Omit<GroupEvent, 'group'>> & { group?: string | null } = {},
): GroupEvent[] {
	const { group: given, ...rest } = more;
	const group = asRecord(payload.group);
	const id = given === undefined ? groupIdIn(payload) : given;
	if (id === null) return [];
	const subject = [group.subject, payload.subject, data.subject, data.Name].map(asText);
	return [
		groupEvent({
			event,
			timestamp,
			deliveryId,
			...rest,
			group: { id, subject: firstOf(...subject) },
		}),
	];
}

/** The older events carry what the engine has: an id, a `chatId`, or an id object with `remote` (§3.8). */
function groupIdIn({ group, chatId, id, JID }: Envelope['payload']): string | null {
	const ids = [asRecord(group).id, chatId, asRecord(id).remote, id, JID];
	return ids.map(groupIdOf).find((found) => found !== null) ?? null;
}

/** The id of a group, nothing for one of a person. */
export function groupIdOf(value: unknown): string | null {
	const id = idOf(value);
	return id !== null && /^[\d-]+@g\.us$/.test(id) ? id : null;
}
