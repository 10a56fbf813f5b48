import { randomBytes, randomInt, randomUUID } from 'node:crypto';

const base64 = (text: string) => Buffer.from(text).toString('base64').replace(/=+$/, '');

/** As many random digits, the first not zero. */
export function digits(count: number): string {
	return Array.from({ length: count }, (_, index) => randomInt(index === 0 ? 1 : 0, 10)).join('');
}

/** Of one number; opaque, base64-like, ending in ZD as in the documents' samples (providers.md §0). */
export function groupIdFrom(phone: string, groupNumber: string): string {
	return `${base64(`capi_group:${phone}:${groupNumber}`)}ZD`;
}

export const newGroupId = (phone: string) => groupIdFrom(phone, `120363${digits(12)}`);

export const newJoinRequestId = (waId: string) => base64(`${waId}:120363${digits(12)}`);

export const newRequestId = () => randomBytes(12).toString('base64url').replace(/[-_]/g, 'A');

export const newMessageId = () => `wamid.${base64(`HBgL${randomUUID()}`)}`;

/** A business-scoped user id (providers.md §4.5.7). */
export const newUserId = () => `US.${digits(20)}`;

/** That of a parent portfolio has ENT in it [F]. */
export const newParentUserId = () => `US.ENT.${digits(20)}`;
