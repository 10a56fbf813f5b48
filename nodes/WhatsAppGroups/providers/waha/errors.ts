import type { ErrorDialect, ErrorRow } from '../../transport/errors';
import { asList, asRecord, asText, firstOf } from '../../transport/json';
import type { Json } from '../../transport/json';

function final(message: string, description: string): ErrorRow {
	return { message, description, disposition: 'final' };
}

const notAdmin = final(
	'WhatsApp does not allow this to the number of the session',
	'Make the number an admin of the group, and check that it is still in the group.',
);
const startSession =
	'Start it in the WAHA dashboard, wait until its status is WORKING, and try again.';
const blockedForNow = final(
	'WhatsApp does not let this number send at present',
	'WhatsApp limits numbers that send too much or to strangers: wait some hours, then send less.',
);

/**
 * What the libraries below WAHA throw when WhatsApp refuses, which stands in the exception of a 500: a
 * word of WhatsApp's protocol, or its status in a fixed sentence of GOWS (providers.md §3.5). Only as a
 * whole: the same words inside another sentence say nothing.
 */
const refusals = [
	/^(?:\d+ UNKNOWN: )?(?:info query returned status \d+: )?(rate-overlimit|not-authorized|forbidden|item-not-found|not-acceptable)$/,
	/^(?:\d+ UNKNOWN: )?server returned error (463|475)$/,
];

/** What is thrown for an invite link, by the engines' libraries or in WhatsApp's own word (providers.md §3.12). */
const inviteRefusals: ReadonlyArray<[pattern: RegExp, code: string]> = [
	[/UnexpectedJoinGroupViaInviteResponse/, 'asked-to-join'],
	[/reading 'joinGroupViaInvite'/, 'join-broken'],
	[/\bconflict$/, 'already-in'],
	[/^gone$|invite link has been revoked$|\bstatus 410: gone$/, 'invite-revoked'],
	[/not-acceptable$|bad-request$|invite link is not valid$/, 'invite-unknown'],
	[/\bresource-limit$/, 'group-full'],
	[/\bnot-authorized$/, 'join-refused'],
];

/** What NOWEB and GOWS throw for a group that does not exist or that was left. */
const noGroup =
	/^(?:Group with id '[^']*' not found|(?:\d+ UNKNOWN: )?(?:that group does not exist|you're not participating in that group))$/;

/**
 * What WEBJS throws for a message that its browser does not know, and NOWEB and GOWS say where they have
 * to read it (providers.md §3.13).
 */
const unknownMessage = [
	/^(?:Evaluation failed: )?(?:TypeError: )?Cannot read properties of (?:undefined|null) \(reading '(?:id|pin|unpin)'\)$/,
	/^message with id '[^']*' not found$/i,
];

/** The words of releases before 2026.6.1 for what was in Plus then (providers.md §3.1). */
const onlyInPlus = /only in plus version|get waha plus/i;

export const wahaErrors: ErrorDialect = {
	read({ request, status, body }) {
		const answer = asRecord(body);
		const details = wordsOf(answer, body);
		const isInvite = /\/groups\/join(-info)?$/.test(request.path);
		const isMessage = /\/(?:messages\/|api\/(?:reaction|forwardMessage)$)/.test(request.path);
		const code =
			(isMessage && [422, 500].includes(status) && messageCode(answer, details ?? '')) ||
			(isInvite && status === 500 && inviteCode(asRecord(answer.exception))) ||
			codeOf(status, answer, details ?? '');
		return { code, details: details ?? undefined };
	},
	rows: {
		'400': final('WAHA does not accept a value of the request', 'Check the values of the fields.'),
		'401': final(
			'WAHA does not accept the API key',
			'Open the credential and enter the key that the server was started with as WAHA_API_KEY.',
		),
		'403': final(
			'The WAHA API key may not use this session',
			"Choose a session that the key is made for in 'Session', or use the key of the server.",
		),
		'404': final(
			'WAHA does not know this address or item',
			'Choose the group from the list again. If the whole operation is unknown, update the WAHA server.',
		),
		'463': blockedForNow,
		'475': blockedForNow,
		'500': {
			message: 'WAHA could not process the request',
			description:
				'Check that the group exists and the session is in it, and look into the log of the WAHA server.',
			disposition: 'unavailable',
		},
		'already-in': final(
			'The number of the session is in the group already',
			'There is nothing to do: look with Group: Get Many.',
		),
		'asked-to-join': final(
			'An admin of the group has to let the number in',
			'The request is sent. The group is there with Group: Get Many once an admin has approved it.',
		),
		'empty-text': final(
			'The engine GOWS takes no empty text',
			'Enter a text: with this engine of WAHA a description can be changed, but not removed.',
		),
		forbidden: notAdmin,
		'forward-broken': final(
			'This WAHA server cannot forward messages with its engine WEBJS',
			'WhatsApp Web has changed, and nothing was sent: update the WAHA server, or use the engine NOWEB.',
		),
		'group-full': final('The group is full', 'Ask an admin of the group to remove somebody first.'),
		'invite-revoked': final(
			'The invite link is not valid any more',
			"It was reset: ask an admin of the group for the present one, and enter it in 'Invite Link'.",
		),
		'invite-unknown': final(
			'WhatsApp does not know the invite link',
			"Check 'Invite Link': it has to be whole, with upper and lower case as they are.",
		),
		'item-not-found': final(
			'WhatsApp does not know this group or person',
			'Choose the group from the list again: the number of the session may have left it.',
		),
		'join-broken': final(
			'This WAHA server cannot join groups with its engine WEBJS',
			'WhatsApp Web has changed, and nothing was sent: update the WAHA server, or use the engine NOWEB or GOWS.',
		),
		'join-refused': final(
			'WhatsApp does not let the number of the session join this group',
			'An admin may have removed it before: ask an admin of the group to add it.',
		),
		'message-unknown': final(
			'WAHA does not know this message',
			"Use the ID that the trigger puts out in message.id, or Message: Send in id, in 'Message ID'. Each engine of WAHA has IDs of its own, and may not keep old messages.",
		),
		'not-acceptable': final(
			'WhatsApp does not accept the value',
			'Check the fields: a subject may be empty or too long.',
		),
		'not-authorized': notAdmin,
		'not-implemented': final(
			'The engine of this WAHA server cannot do this',
			'What each engine can do is listed in the WAHA documentation.',
		),
		'not-in-edition': final(
			'The edition of this WAHA server cannot do this',
			"Update the WAHA server: from 2026.6.1 on every edition has it. An older one without Plus serves the session 'default' only.",
		),
		'rate-overlimit': {
			message: 'WhatsApp is limiting the rate of requests',
			description:
				"Try again later, or set 'Delay Between Requests' and a lower 'Concurrency' under Options.",
			disposition: 'rateLimited',
		},
		'session-FAILED': final(
			"The session chosen in 'Session' has broken down",
			'Restart it in the WAHA dashboard; if that does not help, log out and scan the QR code again.',
		),
		'session-PASSKEY_CONFIRMATION_REQUIRED': final(
			"The session chosen in 'Session' waits for a passkey to be confirmed",
			'Confirm it on the phone, as the WAHA dashboard shows.',
		),
		'session-PASSKEY_REQUIRED': final(
			"The session chosen in 'Session' waits for a passkey",
			'Enter it as the WAHA dashboard shows.',
		),
		'session-SCAN_QR_CODE': final(
			"The session chosen in 'Session' is not connected to WhatsApp",
			'Open the WAHA dashboard and scan the QR code of the session with WhatsApp.',
		),
		'session-STARTING': final(
			"The session chosen in 'Session' is still starting",
			'Wait until its status in the WAHA dashboard is WORKING, and try again.',
		),
		'session-STOPPED': final("The session chosen in 'Session' is stopped", startSession),
		'session-unknown': final(
			"The WAHA server has no session with the name in 'Session'",
			'Choose the session from the list.',
		),
		'store-off': final(
			'The session keeps nothing that could be looked up',
			'Its engine NOWEB needs its store for that: set config.noweb.store.enabled in the session, and start it anew.',
		),
		session: final("The session chosen in 'Session' is not ready", startSession),
	},
};

function codeOf(status: number, answer: Json, details: string): number | string {
	if (status === 500) return exceptionCode(asRecord(answer.exception)) ?? status;
	if (status === 501) return 'not-implemented';
	if (status === 400 && /^gows does not support empty/i.test(details)) return 'empty-text';
	if (status === 400 && /^enable noweb store/i.test(details)) return 'store-off';
	if (status === 404 && /^session not found/i.test(details)) return 'session-unknown';
	if (status !== 422) return status;
	if (answer.expected !== undefined) {
		const code = `session-${asText(answer.status) ?? ''}`;
		return code in wahaErrors.rows ? code : 'session';
	}
	if (/^session .*does not exist/i.test(details)) return 'session-unknown';
	if (/not implemented by/i.test(details)) return 'not-implemented';
	return onlyInPlus.test(details) ? 'not-in-edition' : status;
}

/** WEBJS appends lines of its browser to the words. */
function firstLine(message: unknown): string {
	return (asText(message) ?? '').trim().split('\n')[0].trim();
}

/** On WEBJS a failure may be known by its name alone. */
function inviteCode({ message, name, stack }: Json): string | undefined {
	const words = firstLine(message);
	const all = [words, asText(name), asText(stack)].join('\n');
	return inviteRefusals.find(([pattern], i) => pattern.test(i < 2 ? all : words))?.[1];
}

function messageCode({ exception }: Json, details: string): string | undefined {
	const words = firstLine(asRecord(exception).message ?? details);
	if (unknownMessage.some((pattern) => pattern.test(words))) return 'message-unknown';
	return /\(reading 'forwardMessages'\)$/.test(words) ? 'forward-broken' : undefined;
}

function exceptionCode({ message }: Json): string | undefined {
	const words = firstLine(message);
	if (noGroup.test(words)) return 'item-not-found';
	// As releases before 2026 word it.
	if (words === 'Method not implemented.') return 'not-implemented';
	return refusals.map((pattern) => pattern.exec(words)?.[1]).find(Boolean);
}

/** Validation gives a list of messages, exceptions nest theirs, and others use `error`. */
function wordsOf({ message, error, exception }: Json, body: unknown): string | null {
	const list = asList(message).map(asText).filter(Boolean).join('; ');
	return firstOf(
		asText(asRecord(exception).message),
		asText(list),
		asText(message),
		asText(error),
		asText(body),
	);
}
