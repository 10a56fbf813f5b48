import { createHash } from 'node:crypto';
import type { IncomingContent } from '../shared/people';
import type { Deliverer } from '../webhooks/deliverer';
import { jsonBody } from '../webhooks/sender';
import type { AddressOptions, WebhookSender } from '../webhooks/sender';
import type { Dialog360Happening } from './happenings';
import type { Dialog360Emulator } from './index';
import { ACCOUNT } from './model';
import type { Person } from './model';

/** A hard limit of 5 s, then exponential back-off for up to 7 days (providers.md §2.6). */
const patienceMs = 5000;
const retryDelaysMs = Array.from({ length: 12 }, (_, i) => 1000 * 2 ** i);

/** Meta's envelopes (providers.md §4.5) to the number's one URL, with the headers registered with it. */
export function dialog360Webhooks(
	dialog360: Dialog360Emulator,
	deliverer: Deliverer,
): WebhookSender {
	const sender: WebhookSender = {
		id: 'dialog360',
		address(body: Buffer, event: string, { url, sign = 'valid' }: AddressOptions = {}) {
			const registered = dialog360.webhook();
			const target = url ?? registered.url;
			if (target === '') return [];
			const proofs = Object.fromEntries(
				Object.entries(registered.headers).map(([name, value]) => [
					name,
					sign === 'forged' ? `${value}x` : value,
				]),
			);
			return [
				{
					provider: 'dialog360',
					event,
					url: target,
					headers: { 'Content-Type': 'application/json', ...(sign === 'missing' ? {} : proofs) },
					body,
					timeoutMs: patienceMs,
					retryDelaysMs,
				},
			];
		},
	};
	dialog360.onHappening((happening) => {
		const change = toChange(happening);
		if (!change) return;
		const { field, ...content } = change;
		const value = {
			messaging_product: 'whatsapp',
			metadata: { display_phone_number: '15550783881', phone_number_id: ACCOUNT.phoneNumberId },
			...content,
		};
		const body = jsonBody({
			object: 'whatsapp_business_account',
			entry: [{ id: ACCOUNT.wabaId, changes: [{ value, field }] }],
		});
		for (const delivery of sender.address(body, field)) deliverer.send(delivery);
	});
	return sender;
}

type Change = { field: string } & Record<string, unknown>;

function toChange(happening: Dialog360Happening): Change | undefined {
	const timestamp = String(Math.floor(happening.at / 1000));
	const groups = (field: string, group: object): Change => ({
		field,
		groups: [{ timestamp, ...group }],
	});
	const lifecycle = (group: object) => groups('group_lifecycle_update', group);
	const participants = (group: object) => groups('group_participants_update', group);

	switch (happening.type) {
		case 'groupCreated': {
			const { group, requestId } = happening;
			return lifecycle({
				group_id: group.id,
				type: 'group_create',
				request_id: requestId,
				subject: group.subject,
				...(group.description && { description: group.description }),
				invite_link: group.inviteLink,
				join_approval_mode: group.joinApprovalMode,
			});
		}
		case 'groupCreateFailed': {
			const { subject, description, requestId, errors } = happening;
			return lifecycle({
				type: 'group_create',
				subject,
				description,
				request_id: requestId,
				errors,
			});
		}
		case 'groupDeleted':
			return lifecycle({
				group_id: happening.group.id,
				type: 'group_delete',
				request_id: happening.requestId,
			});
		case 'participantJoined':
			return participants({
				group_id: happening.group.id,
				type: 'group_participants_add',
				reason: 'invite_link',
				added_participants: [{ input: happening.person.waId, ...toWaId(happening.person) }],
			});
		case 'joinRequestsApproved':
			return participants({
				group_id: happening.group.id,
				type: 'group_participants_add',
				reason: 'invite_link',
				added_participants: happening.requests.map(({ person }) => ({
					input: person.waId,
					...toWaId(person),
				})),
			});
		case 'joinRequestCreated':
		case 'joinRequestRevoked':
			return participants({
				group_id: happening.group.id,
				type:
					happening.type === 'joinRequestCreated'
						? 'group_join_request_created'
						: 'group_join_request_revoked',
				reason: 'invite_link',
				join_request_id: happening.request.id,
				...toWaId(happening.request.person),
			});
		case 'participantLeft':
			return participants({
				group_id: happening.group.id,
				type: 'group_participants_remove',
				initiated_by: 'participant',
				removed_participants: [toWaId(happening.person)],
			});
		case 'participantsRemoved': {
			const { failed, group, removed, requestId } = happening;
			return participants({
				group_id: group.id,
				type: 'group_participants_remove',
				request_id: requestId,
				initiated_by: 'business',
				...(removed.length > 0 && { removed_participants: removed.map((input) => ({ input })) }),
				...(failed.length > 0 && {
					failed_participants: failed.map(({ input, issue }) => ({ input, errors: [issue] })),
					errors: [
						{
							code: 131201,
							title: 'Not All Participants Remove Succeeded',
							message: 'Failed to remove some participants from the group',
							error_data: { details: 'See failed_participants' },
						},
					],
				}),
			});
		}
		case 'settingsUpdated': {
			const { change, group, requestId } = happening;
			const done = (text: string) => ({ text, update_successful: true });
			return groups('group_settings_update', {
				group_id: group.id,
				type: 'group_settings_update',
				request_id: requestId,
				...(change.subject !== null && { group_subject: done(change.subject) }),
				...(change.description !== null && { group_description: done(change.description) }),
				...(change.picture && {
					profile_picture: {
						mime_type: change.picture.mimeType,
						update_successful: true,
						sha256: change.picture.sha256,
					},
				}),
			});
		}
		case 'groupSuspended':
		case 'groupUnsuspended':
			return groups('group_status_update', {
				type: happening.type === 'groupSuspended' ? 'group_suspend' : 'group_suspend_cleared',
				group_id: happening.group.id,
			});
		case 'messageReceived': {
			const { content, group, messageId, person } = happening;
			return {
				field: 'messages',
				contacts: [
					{ profile: { name: person.name, username: person.username }, ...toWaId(person) },
				],
				messages: [
					{
						...(person.userId ? { from_user_id: person.userId } : { from: person.waId }),
						group_id: group.id,
						id: messageId,
						timestamp,
						...toContent(content),
					},
				],
			};
		}
		case 'messageSent':
			return {
				field: 'messages',
				statuses: [{ ...toStatus(happening), status: 'sent', timestamp }],
			};
		case 'messageStatus':
			return {
				field: 'messages',
				statuses: [
					{
						...toStatus(happening),
						status: happening.status,
						timestamp,
						...(happening.person && { recipient_participant_id: happening.person.waId }),
						...(happening.status === 'failed' && {
							errors: [
								{
									code: 131041,
									title: 'Group unknown',
									message: 'Group unknown',
									error_data: { details: 'Ordered by control' },
								},
							],
						}),
					},
				],
			};
		default:
			return undefined;
	}
}

/** Who took a username may be known by the business-scoped id only (providers.md §4.5.7). */
function toWaId({ userId, username, waId }: Person): Record<string, unknown> {
	return userId ? { user_id: userId, username } : { wa_id: waId };
}

function toStatus({
	message,
}: Extract<Dialog360Happening, { type: 'messageSent' | 'messageStatus' }>) {
	return { id: message.id, recipient_id: message.to, recipient_type: message.recipientType };
}

function toContent(content: IncomingContent): Record<string, unknown> {
	switch (content.type) {
		case 'text':
			return { type: 'text', text: { body: content.text } };
		case 'location':
		case 'contacts': {
			const { type, ...rest } = content;
			return { type, [type]: 'contacts' in rest ? rest.contacts : rest };
		}
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
			const id = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16);
			const mime_type = mimeType ?? 'application/octet-stream';
			return { type, [type]: { id, mime_type, sha256: id, caption, filename: fileName } };
		}
	}
}
