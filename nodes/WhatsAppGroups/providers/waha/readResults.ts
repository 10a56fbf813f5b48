import type { ParticipantResult, ResultStatus } from '../../model';
import type { Answer, Results } from '../../contract/operations';
import { asBoolean, asNumber, asRecord, asText, firstOf } from '../../transport/json';
import type { Json } from '../../transport/json';
import { isYes } from './answer';
import { phoneOf } from './ids';
import { idOf } from './readGroup';

/** What WhatsApp's codes for one participant mean, and what to do (providers.md §3.4.2). */
const reasons: Readonly<Record<number, string>> = {
	401: 'The person has blocked this number: they cannot be added.',
	403: 'Their privacy settings do not let this number add them: send them the invite link with Invite Link: Send.',
	404: 'The number is not on WhatsApp, or the person is not in the group: check it.',
	408: 'The person left the group recently: send them the invite link instead, with Invite Link: Send.',
	409: 'The person is in the group already: there is nothing to do.',
	417: 'The community is full: send them the invite link of the group, or remove somebody first.',
	419: 'The group is full: remove somebody first.',
	500: 'WhatsApp could not do it now: try again later.',
};

interface Reading {
	/** What the codes mean for what was asked. */
	meanings?: Readonly<Record<number, string>>;
	/** How it ended for who is not mentioned. */
	unmentionedIs?: ResultStatus;
}

/** Stands for a refusal that comes without a code. */
const noCode = -1;

interface Entry {
	/** Every id that the answer has for the participant. */
	ids: string[];
	/** 0 where the answer has none. */
	code: number;
	/** WEBJS sends an invitation of its own to who must be invited. */
	isInvited?: boolean;
	raw: unknown;
}

const unmentioned: Entry = { ids: [], code: 0, raw: undefined };

/**
 * What became of each participant, from the answer of any engine: an object by id (WEBJS), a list with
 * `jid` and `status` (NOWEB) or a list with `JID` and `Error` (GOWS). An answer without entries may have
 * one status for everybody, or say yes to all of it; else it says nothing of anybody.
 */
export function toResults(
	body: unknown,
	participants: readonly string[],
	meanings: Readonly<Record<number, string>> = reasons,
): Results<ParticipantResult> {
	const entries = toEntries(body);
	if (entries.length === 0) {
		const code = asNumber(asRecord(body).status) ?? (isYes({ body }) ? 200 : 0);
		const all = { ...unmentioned, code };
		return participants.map((participant) => toResult(participant, all, { meanings }));
	}
	const find = finderIn(entries);
	const found = new Set(participants.map(find));
	const left = entries.filter((entry) => !found.has(entry));
	const rest = whatRemains(left, participants.filter((participant) => !find(participant)).length);
	return participants.map((participant) =>
		toResult(participant, find(participant) ?? rest, { meanings }),
	);
}

/** The same person as `@c.us` and `@s.whatsapp.net` are one; a lid is only itself. */
function finderIn(entries: readonly Entry[]): (participant: string) => Entry | undefined {
	const keyOf = (id: string) => phoneOf(id) ?? id;
	const byKey = new Map(
		entries.flatMap((entry) => entry.ids.map((id) => [keyOf(id), entry] as const)),
	);
	return (participant) => byKey.get(keyOf(participant));
}

/**
 * Who was named by phone may be answered by lid alone. Entries that fit nobody are then those of the
 * participants without one, as long as they all say the same.
 */
function whatRemains(left: readonly Entry[], people: number): Entry {
	const codes = new Set(left.map(({ code }) => code));
	if (left.length !== people || codes.size !== 1) return unmentioned;
	return { ids: [], code: left[0].code, raw: people === 1 ? left[0].raw : undefined };
}

function toResult(
	participant: string,
	{ code, ids, isInvited, raw }: Entry,
	{ meanings = reasons, unmentionedIs = 'unknown' }: Reading = {},
): Answer<ParticipantResult> {
	const phone = [participant, ...ids].map((id) => phoneOf(id)).find((found) => found !== null);
	const known = { participant, phone: phone ?? null };
	if (code === 200) {
		return { model: { ...known, status: 'success', code, reason: null }, raw };
	}
	const reason = reasonFor(code, meanings, isInvited);
	const isUnknown = code === 0;
	return {
		model: {
			...known,
			status: isUnknown ? unmentionedIs : 'failed',
			code: isUnknown || code === noCode ? null : code,
			reason,
		},
		raw,
	};
}

function reasonFor(
	code: number,
	meanings: Reading['meanings'] = reasons,
	isInvited = false,
): string {
	if (code === noCode) return 'WhatsApp refused it without saying why.';
	if (code === 0) {
		return 'WhatsApp did not say what became of this participant: read the participants to see.';
	}
	if (isInvited) {
		return 'Their privacy settings do not let this number add them: WAHA has sent them an invitation, which they can accept.';
	}
	return meanings[code] ?? `WhatsApp answered with the code ${code}.`;
}

function toEntries(body: unknown): Entry[] {
	if (Array.isArray(body)) return body.map(asRecord).map(toListEntry);
	return Object.entries(asRecord(body))
		.filter(([id]) => id.includes('@'))
		.map(([id, raw]) => {
			const { code, isInviteV4Sent, statusCode } = asRecord(raw);
			const isInvited = asBoolean(isInviteV4Sent) === true;
			return { ids: [id], code: asNumber(code ?? statusCode) ?? 0, isInvited, raw };
		});
}

function toListEntry(raw: Json): Entry {
	const failure = asNumber(raw.Error);
	const code = firstOf(failure === null ? asNumber(raw.status) : failure || 200, decisionCode(raw));
	const ids = [raw.requesterId, raw.jid, raw.JID, raw.PhoneNumber, raw.LID, raw.phoneNumber, raw.pn]
		.map(asText)
		.concat(idOf(raw.id))
		.filter((id): id is string => id !== null);
	return { ids, code: code ?? 200, raw };
}

/** A decision on a join request says whether it was done, and has a code where not (providers.md §3.4). */
function decisionCode({ success, error }: Json): number | null {
	const isDone = asBoolean(success);
	if (isDone === null) return null;
	return isDone ? 200 : (asNumber(error) ?? noCode);
}

/** What became of the first participants of a new group: those in it are in, the engines differ on the rest. */
export function toCreationResults(
	raw: Json,
	participants: readonly string[],
): ParticipantResult[] | null {
	if (participants.length === 0) return null;
	const list = firstOf(
		raw.participants,
		asRecord(raw.groupMetadata).participants,
		raw.Participants,
	);
	const find = finderIn(toEntries(list));
	// NOWEB leaves out whom it could not add; the creator is in the list too.
	return participants
		.map((participant) =>
			toResult(participant, find(participant) ?? unmentioned, { unmentionedIs: 'failed' }),
		)
		.map(({ model }) => model);
}
