import type { Person } from './model';

/**
 * What somebody is known by: the number unless it is hidden, and the business-scoped ids if they have
 * any (providers.md §4.5.7).
 */
export const keysOf = ({ parentUserId, userId, username, waId }: Person) => ({
	...(username === undefined && { wa_id: waId }),
	...(userId !== undefined && { user_id: userId }),
	...(parentUserId !== undefined && { parent_user_id: parentUserId }),
	...(username !== undefined && { username }),
});
