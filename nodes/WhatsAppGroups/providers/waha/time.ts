import { asIsoTime } from '../../transport/json';

/** GOWS writes a time that it does not know as Go's zero, which is in the year 0001. */
export function timeOf(value: unknown): string | null {
	const time = asIsoTime(value);
	return time !== null && time > '1970-01-01T00:00:00.000Z' ? time : null;
}
