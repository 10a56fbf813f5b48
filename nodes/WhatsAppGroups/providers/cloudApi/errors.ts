import type { ErrorRow } from '../../transport/errors';
import { asList, asNumber, asRecord, asText, firstOf } from '../../transport/json';
import type { Json } from '../../transport/json';

const slowDown =
	"Try again later, or set 'Delay Between Requests' and a lower 'Concurrency' under Options.";

function final(message: string, description: string): ErrorRow {
	return { message, description, disposition: 'final' };
}

function rateLimited(message: string): ErrorRow {
	return { message, description: slowDown, disposition: 'rateLimited' };
}

/** Codes of Meta's Cloud API, which 360dialog passes through (providers.md §4.6). */
export const cloudApiRows: Readonly<Record<string, ErrorRow>> = {
	'4': rateLimited('WhatsApp is limiting the rate of requests of this app'),
	'10': final(
		'The credential lacks a permission',
		'Check with the provider which permissions the key or token has.',
	),
	'100': final(
		'WhatsApp does not accept a value of the request',
		'Check the values of the fields.',
	),
	'190': final(
		'The access token is not valid any more',
		'Open the credential, enter the current key or token and test it.',
	),
	'368': final(
		'WhatsApp has blocked the account for violating its policies',
		'Open the account in WhatsApp Manager and follow what it says.',
	),
	'80007': rateLimited('WhatsApp is limiting the rate of requests of this business account'),
	'130429': rateLimited('The throughput of the number is reached'),
	'130497': final(
		'WhatsApp does not let this account message people in that country',
		'Check the rules for the country with the provider.',
	),
	'131009': final(
		'WhatsApp does not accept the value of a field',
		'Check the values of the fields.',
	),
	'131020': final(
		'The group has no other participants yet',
		'Send people the invite link first: a group of one cannot be written to.',
	),
	'131031': final(
		'The WhatsApp account is locked',
		'Open the account in WhatsApp Manager and follow what it says.',
	),
	'131041': final(
		'WhatsApp does not know this group',
		'Choose the group from the list again: it may be deleted, or belong to another number.',
	),
	'131056': rateLimited('Too many messages went to the same recipient in a short time'),
	'131059': final(
		'The position in the list has expired',
		'Run the operation again: the list is then read from its start.',
	),
	'131201': {
		message: 'Only a part of the change was made',
		description: 'Read the group with Get and repeat the change for the rest.',
		disposition: 'unavailable',
	},
	'131202': final('A participant is named twice', "Name each participant once in 'Participants'."),
	'131203': final(
		"The person has not accepted WhatsApp's terms",
		'Ask them to open WhatsApp and accept the terms.',
	),
	'131204': final(
		'The group would have too many participants',
		'Remove participants first, or use another group.',
	),
	'131207': final(
		'WhatsApp has suspended the group',
		'Wait until the suspension is lifted, or appeal in WhatsApp Manager.',
	),
	'131208': rateLimited('The number has changed groups too often in a short time'),
	'131209': final('The picture is not square', 'Use an image as wide as it is high.'),
	'131210': final('The picture is too small', 'Use a square of at least 192 × 192 pixels.'),
	'131211': final(
		'The number has as many groups as it may have',
		'Delete groups that nobody uses, then create the new one.',
	),
	'131212': final(
		'The person is not in the group',
		'Read the participants with Participant: Get Many and use one of those.',
	),
	'131213': final(
		'The join request does not exist any more',
		'Read the open requests with Join Request: Get Many: this one may be cancelled or decided.',
	),
	'131214': final(
		'The number may not create groups at present',
		'It sent too many marketing messages in service windows in the last 7 days: wait, then try again.',
	),
	'131215': final(
		'The number may not use groups',
		'Groups need an Official Business Account: ask the provider about eligibility.',
	),
	'132000': final(
		'The template needs another number of parameters',
		'Choose the template again, so that its parameters are read anew.',
	),
	'132001': final(
		'WhatsApp does not know an approved template of this name in this language',
		'Choose the template from the list: it may be deleted, renamed or not approved yet.',
	),
	'132005': final(
		'The text of the template is too long with its parameters',
		'Shorten what fills the gaps.',
	),
	'132007': final(
		'The content of the template is against the rules of WhatsApp',
		'Open the template in WhatsApp Manager, and change what it says there.',
	),
	'132012': final(
		'A parameter of the template is not of the kind that the template has',
		'Choose the template again, so that its parameters are read anew, and check that the file in its header is of the right kind.',
	),
	'132015': final(
		'WhatsApp has paused the template',
		'Too many people disliked it: edit it in WhatsApp Manager, or wait until the pause is over.',
	),
	'132016': final(
		'WhatsApp has disabled the template for good',
		'It was paused too often: make another one.',
	),
};

/** Codes that mean a missing permission as a range, 200–299. */
export function cloudApiCode(code: number | null): number | null {
	return code !== null && code >= 200 && code <= 299 ? 10 : code;
}

/** Where Meta's own error stands in a body, `{}` where it has none (providers.md §4.6). */
export function cloudApiErrorIn(body: unknown): Json {
	const { error, errors } = asRecord(body);
	return asRecord(error ?? asList(errors)[0]);
}

/** What Meta says about a failure, the most telling words first. */
export function cloudApiDetails(error: Json): string | null {
	return firstOf(
		asText(asRecord(error.error_data).details),
		asText(error.error_user_msg),
		asText(error.message),
	);
}

/** Whether a refusal says that there is no such group (any more): 131041, or Graph's 100 with subcode 33. */
export function isUnknownGroup(body: unknown): boolean {
	const error = cloudApiErrorIn(body);
	return asNumber(error.code) === 131041 || isUnknownNode(error);
}

/** Graph's words for an id that is not there, or that the token may not see. */
export function isUnknownNode(error: Json): boolean {
	return asNumber(error.code) === 100 && asNumber(error.error_subcode) === 33;
}
