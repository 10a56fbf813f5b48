import { fingerprint } from '../../../contract/delivery';
import type { Person } from '../../../model';
import { asRecord, asText, firstOf } from '../../../transport/json';
import type { Json } from '../../../transport/json';
import { timeOf } from '../time';
import { toPerson } from './person';

/** A delivery with what stands around the payload of every event (providers.md §3.8). */
export interface Envelope {
	/** WAHA's name of the event. */
	event: string;
	payload: Json;
	/** What the engine itself said, in its own words. */
	data: Json;
	engine: string | null;
	timestamp: string | null;
	/** WAHA's id of the delivery, or where there is none one made of all that it says. */
	deliveryId: string;
	/** The number of the session, by phone and by the id that hides it. */
	me: Person | null;
	myLid: Person | null;
}

/** Nothing where the body is no event of WAHA. */
export function readEnvelope(body: unknown): Envelope | undefined {
	const { id, event, engine, environment, timestamp, ...rest } = asRecord(body);
	const name = asText(event);
	const payload = asRecord(rest.payload);
	if (name === null || payload !== rest.payload) return undefined;
	const me = asRecord(rest.me);
	return {
		event: name,
		payload,
		data: asRecord(payload._data),
		// GOWS of 2026.1.3 and 2026.1.4 leaves out the outer one, and every engine of 2025.12.3.
		engine: firstOf(asText(asRecord(environment).engine), asText(engine)),
		timestamp: firstOf(timeOf(payload.timestamp), timeOf(timestamp)),
		// Headers are not signed, so they do not name a delivery.
		deliveryId: asText(id) ?? fingerprint(body),
		me: toPerson(me.id),
		myLid: toPerson(me.lid),
	};
}
