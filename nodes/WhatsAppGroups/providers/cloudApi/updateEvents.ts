import type { EventIssue, GroupEvent } from '../../model';
import { knownPart } from '../../contract/events';
import { asBoolean, asRecord, asText } from '../../transport/json';
import type { Json } from '../../transport/json';
import { hasErrors, issuesOf } from './person';
import type { Tell } from './tell';

/** One setting of an update: what it was to become, and whether it did. */
interface Part {
	name: 'subject' | 'description' | 'picture';
	value: unknown;
	failed: boolean;
	errors: EventIssue[];
}

/** What was changed, and what could not be, as one event each (providers.md §4.5.3). */
export function readUpdates(group: Json, tell: Tell): GroupEvent[] {
	const parts = partsOf(group);
	const id = asText(group.group_id) ?? '';
	const done = changesOf(parts.filter(({ failed }) => !failed));
	const failed = parts.filter((part) => part.failed);
	const errors = failed.flatMap((part) => part.errors);
	return [
		...(done
			? [
					tell('group.updated', {
						group: { id, subject: asText(done.subject) },
						changes: done,
						errors: null,
					}),
				]
			: []),
		...(failed.length > 0 || (!done && hasErrors(group))
			? [
					tell('group.updateFailed', {
						group: { id, subject: null },
						changes: changesOf(failed),
						errors: errors.length > 0 ? errors : issuesOf(group),
					}),
				]
			: []),
	];
}

function changesOf(parts: readonly Part[]): Json | null {
	return knownPart(Object.fromEntries(parts.map(({ name, value }) => [name, value])));
}

/** Each in an object of its own that says whether it worked, or flat as in the OpenAPI (§8). */
function partsOf(group: Json): Part[] {
	const {
		group_subject: subject,
		group_description: description,
		profile_picture: picture,
	} = group;
	const { mime_type: mimeType, sha256 } = asRecord(picture);
	const file = knownPart({ mimeType: asText(mimeType), sha256: asText(sha256) });
	const all: Array<[Part['name'], unknown, Json]> = [
		['subject', textOf(asRecord(subject).text, subject, group.subject), asRecord(subject)],
		[
			'description',
			textOf(asRecord(description).text, description, group.description),
			asRecord(description),
		],
		['picture', file, asRecord(picture)],
	];
	return all.flatMap(([name, value, report]) => {
		const isDone = asBoolean(report.update_successful);
		if (value === null && isDone === null) return [];
		const failed = isDone === null ? hasErrors(report) || hasErrors(group) : !isDone;
		return [{ name, value, failed, errors: issuesOf(report) ?? [] }];
	});
}

/** The first text; an empty one counts, since a description can be removed. */
function textOf(...values: unknown[]): string | null {
	return values.find((value): value is string => typeof value === 'string') ?? null;
}
