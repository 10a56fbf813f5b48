import type { Router } from 'express';
import { phoneDigits } from '../shared/people';
import { MetaError } from './errors';
import { groupIdsIn, mediaIdsIn, messageSchema, type OutgoingMessage } from './message';
import type { Group } from './model';
import { activeGroup, bodyOf, jsonBody, knownGroup } from './request';
import type { CloudService } from './service';
import { checkTemplate } from './templateCheck';
import type { CloudWorld } from './world';

/** Sending to groups and people, and pinning (providers.md §2.3, §4.3.10, §4.3.11). */
export function addMessageRoute(
	router: Router,
	{ checkGroupSend, settings, world }: CloudService,
): void {
	router.post('/messages', jsonBody, (request, response) => {
		const message = bodyOf(request, messageSchema);
		if (message.recipient_type === 'group') checkGroupSend?.();
		const waId = recipientOf(world, message);
		checkMedia(world, message);
		if (message.type === 'template') checkTemplate(world.templates, message);
		const [inviteLink] = groupIdsIn(message).map((id) => activeGroup(world, id).inviteLink);
		pinAsAsked(world, message);
		// The call itself is answered well: only a status tells.
		const isTooLate = settings().serviceWindow === 'closed' && !isFree(message);
		const { id } = world.send(
			{
				recipientType: message.recipient_type,
				to: waId,
				type: message.type,
				body: message,
				inviteLink,
			},
			isTooLate ? 131047 : undefined,
		);
		response.json({
			messaging_product: 'whatsapp',
			contacts: [{ input: message.to, wa_id: waId }],
			messages: [{ id }],
		});
	});
}

/** May be sent at any time. Assumed: pins too, which are no message of their own. */
const isFree = ({ type }: OutgoingMessage) => type === 'template' || type === 'pin';

/**
 * Who gets it, if `recipient_type` and `to` are of the same kind.
 *
 * Assumed: 131009 when they are not; the documents only promise an error at once (providers.md §4.3.10).
 */
function recipientOf(world: CloudWorld, message: OutgoingMessage): string {
	const { recipient_type: kind, to } = message;
	const digits = phoneDigits(to);
	if (kind === 'individual') {
		if (digits !== null) return digits;
		throw new MetaError(131009, 'to: is no phone number, and recipient_type is individual.');
	}
	if (digits !== null) {
		throw new MetaError(131009, 'to: is a phone number, and recipient_type is group.');
	}
	const group = activeGroup(world, to);
	if (group.participants.length > 0) return group.id;
	throw new MetaError(131020, 'A group with a single member cannot be messaged.');
}

/** Assumed: 131009 for media that is not there (providers.md has no code for it). */
function checkMedia(world: CloudWorld, message: OutgoingMessage): void {
	const missing = mediaIdsIn(message).find((id) => !world.media.has(id));
	if (missing !== undefined) throw new MetaError(131009, `There is no media ${missing}.`);
}

function pinAsAsked(world: CloudWorld, message: OutgoingMessage): void {
	if (message.type !== 'pin') return;
	if (message.recipient_type !== 'group') {
		throw new MetaError(131009, 'recipient_type: pins are for groups.');
	}
	const group: Group = knownGroup(world, message.to);
	const { type, message_id: messageId } = message.pin;
	// Assumed: 131009 for a message that is not in the group (providers.md §4.3.11 has no code).
	if (!group.messageIds.includes(messageId)) {
		throw new MetaError(131009, 'pin.message_id: is no message of this group.');
	}
	if (type === 'pin') world.pin(group, messageId);
	else world.unpin(group, messageId);
}
