import type { CloudSettings } from './settings';

type EntityType = 'PHONE_NUMBER' | 'WABA' | 'BUSINESS' | 'APP';

/**
 * Whether something can send, and what stops it (providers.md §2.5, §4.3.13): the first of those that
 * are involved, if any does.
 *
 * Assumed: the code and words of a locked number (§2.5 [I]).
 */
export function healthOf(
	involved: ReadonlyArray<[type: EntityType, id: string]>,
	canSendMessage: CloudSettings['canSendMessage'],
) {
	const state = { can_send_message: canSendMessage };
	const reasons = {
		AVAILABLE: {},
		LIMITED: { additional_info: ['Your display name has not been approved yet.'] },
		BLOCKED: {
			errors: [
				{
					error_code: 131031,
					error_description: 'The account is locked.',
					possible_solution: 'Request a review in WhatsApp Manager.',
				},
			],
		},
	}[canSendMessage];
	return {
		...state,
		entities: involved.map(([entity_type, id], index) => ({
			entity_type,
			id,
			...state,
			...(index === 0 && reasons),
		})),
	};
}
