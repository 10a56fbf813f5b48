import { ControlError } from '../shared/controlError';
import type { Group, Person, SentMessage } from './model';
import type { CloudWorld } from './world';

/** Finds what control's paths name among the numbers of a business; a `ControlError` where there is none. */
export class Lookup {
	constructor(private readonly worlds: readonly CloudWorld[]) {}

	/** A number; the first one where none is named. */
	number(phoneNumberId = this.worlds[0].number.phoneNumberId): CloudWorld {
		const found = this.worlds.find(({ number }) => number.phoneNumberId === phoneNumberId);
		if (found !== undefined) return found;
		throw new ControlError(404, `phoneNumberId: there is no number ${phoneNumberId}`);
	}

	group(groupId: string): { world: CloudWorld; group: Group } {
		for (const world of this.worlds) {
			const group = world.find(groupId);
			if (group !== undefined) return { world, group };
		}
		throw new ControlError(404, `groupId: there is no group ${groupId}`);
	}

	message(messageId: string): { world: CloudWorld; message: SentMessage } {
		for (const world of this.worlds) {
			const message = world.findMessage(messageId);
			if (message !== undefined) return { world, message };
		}
		throw new ControlError(404, `messageId: there is no sent message ${messageId}`);
	}
}

/** Somebody in the group. */
export function member(group: Group, phone: string): Person {
	const person = group.participants.find(({ waId }) => waId === phone);
	if (person !== undefined) return person;
	throw new ControlError(409, `phone: ${phone} is not in the group`);
}
