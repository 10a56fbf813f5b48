import type { Actor, EventIssue, Participant } from '../../model';
import { asList, asNumber, asRecord, asText, firstOf } from '../../transport/json';
import type { Json } from '../../transport/json';

/** The phone number is absent where somebody took a username (providers.md §4.5.7). */
export function toParticipant(entry: Json): Participant | null {
	const [number, userId, input] = [entry.wa_id, entry.user_id, entry.input].map(asText);
	const id = firstOf(number, userId, input);
	return id === null ? null : { id, phone: firstOf(phoneOf(number), phoneOf(input)), role: null };
}

/** Everybody of a list who has an id. */
export function toParticipants(list: unknown): Participant[] {
	return asList(list)
		.map(asRecord)
		.flatMap((entry) => toParticipant(entry) ?? []);
}

export function toActor(entry: Json): Actor | null {
	const person = toParticipant(entry);
	if (!person) return null;
	const { name, username } = asRecord(entry.profile);
	return {
		id: person.id,
		phone: person.phone,
		name: firstOf(asText(name), asText(username), asText(entry.username)),
	};
}

export function phoneOf(text: string | null): string | null {
	const digits = text?.replace(/^\+/, '') ?? '';
	return /^\d{7,15}$/.test(digits) ? digits : null;
}

export function issuesOf({ errors }: Json): EventIssue[] | null {
	const issues = asList(errors)
		.map(asRecord)
		.map(({ code, message, title, error_data: data }) => ({
			code: asNumber(code),
			message: firstOf(asText(title), asText(message)),
			details: firstOf(asText(asRecord(data).details), asText(message)),
		}))
		.filter(({ code, message, details }) => firstOf<unknown>(code, message, details) !== null);
	return issues.length === 0 ? null : issues;
}

/** Whether the provider reports errors, be they readable or not. */
export function hasErrors({ errors }: Json): boolean {
	return Array.isArray(errors) ? errors.length > 0 : Boolean(errors);
}
