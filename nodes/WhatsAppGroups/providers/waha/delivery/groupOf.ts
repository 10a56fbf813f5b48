import { firstOf } from '../../../transport/json';
import type { Json } from '../../../transport/json';
import { groupIdOf } from './known';
import { readMessageId } from './messageId';

/** The group of a message. `to` is trusted for own messages only: engines put different things there. */
export function groupOf({ from, to, fromMe, id }: Json): string | null {
	const own = fromMe === true ? to : null;
	return firstOf(groupIdOf(from), groupIdOf(own), readMessageId(id)?.group);
}
