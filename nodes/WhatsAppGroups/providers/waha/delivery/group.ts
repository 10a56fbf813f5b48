import type { EventName, GroupEvent } from '../../../model';
import { knownPart } from '../../../contract/events';
import { asBoolean, asRecord, asText, firstOf } from '../../../transport/json';
import type { Json } from '../../../transport/json';
import { toInviteLink } from '../../inviteLink';
import type { Envelope } from './envelope';
import { known } from './known';
import { authorOf } from './person';

export function groupChanged(envelope: Envelope): GroupEvent[] {
	return known('group.updated', envelope, {
		actor: authorOf(envelope.data),
		changes: changesOf(envelope),
	});
}

/** The number of the session itself joined or left. */
export function ownMembership(event: EventName, envelope: Envelope): GroupEvent[] {
	return known(event, envelope, {
		actor: authorOf(envelope.data),
		changes: event === 'group.joined' ? changesOf(envelope) : null,
	});
}

/** What is known of a group that was joined, or what changed in one. */
function changesOf(envelope: Envelope): Json | null {
	const { payload, data } = envelope;
	const group = asRecord(payload.group);
	const approval = asBoolean(group.newMembersApprovalRequired);
	return knownPart({
		subject: asText(group.subject),
		description: descriptionIn(group, data),
		inviteLink: linkIn(group),
		infoAdminsOnly: infoAdminsOnly(data),
		messagesAdminsOnly: messagesAdminsOnly(envelope),
		membersCanAddNewMember: asBoolean(group.membersCanAddNewMember),
		joinApprovalMode: approval === null ? null : approval ? 'approvalRequired' : 'autoApprove',
	});
}

/** An empty one was removed. WEBJS leaves it out then, and names what changed in its notification. */
function descriptionIn({ description }: Json, { type, body }: Json): string | null {
	if (typeof description === 'string') return description;
	return type === 'description' ? (asText(body) ?? '') : null;
}

/** A whole link, or on WEBJS the bare code. */
function linkIn({ invite }: Json): string | null {
	const { code, link } = toInviteLink(asText(invite) ?? '');
	return /^[\w-]{6,}$/.test(code) ? link : null;
}

function infoAdminsOnly({ Locked, IsLocked, restrict }: Json): boolean | null {
	return firstOf(asBoolean(asRecord(Locked).IsLocked), asBoolean(IsLocked), asBoolean(restrict));
}

/**
 * `membersCanSendMessages` is the engine's “announce” unchanged, and so upside down, everywhere but in
 * the update event of GOWS (§3.9); the engine's own data is preferred.
 */
function messagesAdminsOnly({ data, payload, engine, event }: Envelope): boolean | null {
	const own = firstOf(
		asBoolean(asRecord(data.Announce).IsAnnounce),
		asBoolean(data.IsAnnounce),
		asBoolean(data.announce),
	);
	const copied = asBoolean(asRecord(payload.group).membersCanSendMessages);
	if (own !== null || copied === null) return own;
	// Only whatsmeow, below GOWS, writes names such as JID.
	const isGows = engine === 'GOWS' || data.JID !== undefined;
	return isGows && event === 'group.v2.update' ? !copied : copied;
}
