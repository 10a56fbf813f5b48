import type { Happening } from '../shared/happenings';
import type { IncomingContent } from '../shared/people';
import type { SinchGroup, SinchMessage } from './model';

/** A person, by number and by the name shown in messages. */
export interface SinchPerson {
	phone: string;
	name?: string;
}

/**
 * All that can happen to the account's groups. Sinch itself tells its customers only of messages and
 * their statuses (providers.md §1.5); the rest is announced so that nothing has to be guessed.
 */
export type SinchHappening = Happening &
	(
		| { type: 'groupCreated'; group: SinchGroup }
		| { type: 'groupLeft'; group: SinchGroup }
		| { type: 'subjectChanged'; group: SinchGroup }
		| { type: 'iconSet'; group: SinchGroup }
		| { type: 'iconRemoved'; group: SinchGroup }
		| { type: 'inviteCreated'; group: SinchGroup; link: string }
		| { type: 'inviteRevoked'; group: SinchGroup; link: string }
		| { type: 'participantJoined'; group: SinchGroup; person: SinchPerson }
		| { type: 'participantLeft'; group: SinchGroup; phone: string }
		| { type: 'participantsRemoved'; group: SinchGroup; phones: string[] }
		| { type: 'adminsPromoted'; group: SinchGroup; phones: string[] }
		| { type: 'adminsDemoted'; group: SinchGroup; phones: string[] }
		| { type: 'messageSent'; message: SinchMessage }
		| {
				type: 'messageStatus';
				message: SinchMessage;
				status: 'delivered' | 'read' | 'failed';
				/** Who read it, in a group. */
				phone?: string;
		  }
		| {
				type: 'messageReceived';
				/** `null` for a message to the account itself. */
				group: SinchGroup | null;
				messageId: string;
				person: SinchPerson;
				content: IncomingContent;
		  }
	);
