import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { ACCOUNT } from './model';

const base64 = (text: string) => Buffer.from(text).toString('base64').replace(/=+$/, '');

/** As many random digits, the first not zero. */
export function digits(count: number): string {
	return Array.from({ length: count }, (_, index) => randomInt(index === 0 ? 1 : 0, 10)).join('');
}

/** Opaque, base64-like, ending in ZD as in the documents' samples (providers.md §0). */
export function groupIdFrom(groupNumber: string): string {
	return `${base64(`capi_group:${ACCOUNT.phone}:${groupNumber}`)}ZD`;
}

export const newGroupId = () => groupIdFrom(`120363${digits(12)}`);

export const newJoinRequestId = (waId: string) => base64(`${waId}:120363${digits(12)}`);

export const newRequestId = () => randomBytes(12).toString('base64url').replace(/[-_]/g, 'A');

export const newMessageId = () => `wamid.${base64(`HBgL${randomUUID()}`)}`;

/** A business-scoped user id (providers.md §4.5.7). */
export const newUserId = () => `US.${digits(20)}`;
