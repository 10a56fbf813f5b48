import type { CloudSettings } from './settings';

interface Ids {
	phoneNumberId: string;
	wabaId: string;
	businessId: string;
	appId: string;
}

/**
 * Whether a number can send, and what stops it (providers.md §2.5, §4.3.13).
 *
 * Assumed: the code and words of a locked number (§2.5 [I]).
 */
export function healthOf(
	{ phoneNumberId, wabaId, businessId, appId }: Ids,
	canSendMessage: CloudSettings['canSendMessage'],
) {
	const state = { can_send_message: canSendMessage };
	const entity = (entity_type: string, id: string) => ({ entity_type, id, ...state });
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
		entities: [
			{ ...entity('PHONE_NUMBER', phoneNumberId), ...reasons },
			entity('WABA', wabaId),
			entity('BUSINESS', businessId),
			entity('APP', appId),
		],
	};
}
