import { createHash } from 'node:crypto';
import type { IncomingContent } from '../../shared/people';
import type { MetaIssue } from '../errors';
import { keysOf } from '../keys';
import type { Media, Person } from '../model';
import { timestampOf, type Change, type Happened } from './change';
import type { Variants } from './variants';

/** Somebody's message, in a group or directly (providers.md §4.5.5, §4.5.7). */
export function messageChange(happening: Happened<'messageReceived'>, variants: Variants): Change {
	const { content, group, medium, messageId, person, replyTo } = happening;
	const message = {
		...(replyTo !== undefined && { context: { id: replyTo } }),
		...senderOf(person, variants),
		...(group && { group_id: group.id }),
		id: messageId,
		timestamp: timestampOf(happening, variants),
		...toContent(content, medium),
	};
	return {
		field: 'messages',
		value: { contacts: [contactOf(person, variants)], messages: [message] },
	};
}

/** What became of a message of the business (providers.md §4.5.6). */
export function statusChange(
	happening: Happened<'messageSent' | 'messageStatus'>,
	variants: Variants,
): Change {
	const { message } = happening;
	const isSent = happening.type === 'messageSent';
	const state = isSent ? 'sent' : happening.status;
	const person = isSent || state === 'failed' ? undefined : happening.person;
	const status = {
		id: message.id,
		status: state,
		timestamp: timestampOf(happening, variants),
		recipient_id: message.to,
		...(message.recipientType === 'group' && variants.statusGroup === 'group_id'
			? { group_id: message.to }
			: { recipient_type: message.recipientType }),
		...(person && participantIn(person, variants)),
		...(!isSent && state === 'failed' && { errors: happening.errors.map(withLink) }),
		...(person ? billing(happening, variants) : {}),
	};
	const contacts = person?.userId ? { contacts: [contactOf(person, variants)] } : {};
	return { field: 'messages', value: { ...contacts, statuses: [status] } };
}

/** The number may be missing where somebody took a username (providers.md §4.5.7). */
function participantIn(person: Person, { participantKey }: Variants) {
	const { parent_user_id: parent, user_id: own, wa_id: number } = keysOf(person);
	return {
		...(number !== undefined && { [participantKey]: number }),
		...(own !== undefined && { recipient_participant_user_id: own }),
		...(parent !== undefined && { recipient_participant_parent_user_id: parent }),
	};
}

/** Assumed: all messages to one group belong to one conversation (providers.md §4.5.6 has no more). */
function billing({ message }: Happened<'messageSent' | 'messageStatus'>, { pricing }: Variants) {
	if (message.recipientType !== 'group') return {};
	const id = createHash('sha256').update(message.to).digest('hex').slice(0, 32);
	const conversation = { id, origin: { type: 'group_service' } };
	const price = { billable: true, pricing_model: 'PMP', category: 'group_service' };
	return pricing === 'inside'
		? { conversation: { ...conversation, pricing: price } }
		: { conversation, pricing: price };
}

const withLink = (issue: MetaIssue) => ({
	...issue,
	href: '/documentation/business-messaging/whatsapp/support/error-codes',
});

const contactOf = (person: Person, { missingNumber }: Variants) => {
	const { username, ...keys } = keysOf(person);
	return {
		profile: { name: person.name, username },
		...(missingNumber === 'empty' && { wa_id: '' }),
		...keys,
	};
};

const senderOf = (person: Person, { missingNumber }: Variants) => {
	const { parent_user_id: parent, user_id: own, wa_id: number } = keysOf(person);
	return {
		...(missingNumber === 'empty' && { from: '' }),
		...(number !== undefined && { from: number }),
		...(own !== undefined && { from_user_id: own }),
		...(parent !== undefined && { from_parent_user_id: parent }),
	};
};

/** Somebody's id is another from now on: WhatsApp says so with a message (providers.md §4.5.7). */
export function userIdChange(happening: Happened<'userIdChanged'>, variants: Variants): Change {
	const { group, messageId, person, previousUserId } = happening;
	const message = {
		...senderOf(person, variants),
		group_id: group.id,
		id: messageId,
		timestamp: timestampOf(happening, variants),
		type: 'system',
		system: {
			body: `${person.name ?? person.username ?? 'Somebody'} has another user id`,
			type: 'user_changed_user_id',
			user_id: person.userId,
			previous_user_id: previousUserId,
			// The parent's id is told again, and stays as it is.
			...(person.parentUserId !== undefined && {
				parent_user_id: person.parentUserId,
				previous_parent_user_id: person.parentUserId,
			}),
		},
	};
	const contacts = [contactOf(person, variants)];
	return { field: 'messages', value: { contacts, messages: [message] } };
}

function toContent(content: IncomingContent, medium?: Media): Record<string, unknown> {
	switch (content.type) {
		case 'text':
			return { type: 'text', text: { body: content.text } };
		case 'location': {
			const { type, ...location } = content;
			return { type, location };
		}
		case 'contacts':
			return {
				type: 'contacts',
				contacts: content.contacts.map(({ name, phone }) => ({
					name: { formatted_name: name, first_name: name },
					phones: [{ phone, type: 'CELL' }],
				})),
			};
		case 'unsupported':
			return {
				type: 'unsupported',
				errors: [
					{
						code: 130501,
						message: 'Message type is not currently supported',
						title: 'Unsupported message type',
						error_data: { details: 'Ordered by control' },
					},
				],
			};
		default: {
			const { type, mimeType, ...rest } = content;
			const { caption, fileName } = rest as { caption?: string; fileName?: string };
			const invented = createHash('sha256').update(JSON.stringify(content)).digest('hex');
			const { id, sha256 } = medium ?? { id: invented.slice(0, 16), sha256: invented };
			const mime_type = mimeType ?? 'application/octet-stream';
			return { type, [type]: { id, mime_type, sha256, caption, filename: fileName } };
		}
	}
}
