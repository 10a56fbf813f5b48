import { InvalidInput } from '../../values/invalidInput';

/** What the ID of a message tells: `<own>_<chat>_<id>_<sender>`. */
export interface MessageKey {
	id: string;
	/** Written by the number of the session. */
	isOwn: boolean;
	chat: string;
}

const wayOut =
	'Use the one that the trigger puts out in message.id, or Message: Send in id, e.g. false_120363414984201825@g.us_3EB0AAAA_5511999990000@c.us.';

/** The ID of a message in any chat; throws InvalidInput. */
export function readMessageKey(input: string): MessageKey {
	const [, own, chat, sender] =
		/^(true|false)_([\d-]+@[a-z.]+)_[^_\s]+(?:_([^_\s]+))?$/.exec(input) ?? [];
	if (chat === undefined) {
		throw new InvalidInput(
			"'Message ID' is not the ID of a message at WAHA",
			`A WAHA message ID names the chat too. ${wayOut}`,
		);
	}
	// What NOWEB sent itself has no sender; of others no engine finds a message in a group without one
	// (providers.md §3.13).
	if (own === 'false' && sender === undefined && chat.endsWith('@g.us')) {
		throw new InvalidInput(
			"'Message ID' does not tell who wrote the message",
			`The ID of a message that somebody else wrote in a group ends in the ID of that person. ${wayOut}`,
		);
	}
	return { id: input, isOwn: own === 'true', chat };
}

/** The same of a message in the group. */
export function readKeyIn(group: string, input: string): MessageKey {
	const key = readMessageKey(input);
	if (key.chat === group) return key;
	throw new InvalidInput(
		"'Message ID' is of a message that is not in 'Group'",
		`It was written in ${key.chat}: choose that group, or use the ID of a message in ${group}.`,
	);
}
