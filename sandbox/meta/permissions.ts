import type { Permission } from './settings';

/** Groups, messages and media (providers.md §4.1). */
export const messaging: readonly Permission[] = ['whatsapp_business_messaging'];

/** The account, its numbers, templates and subscriptions. */
export const management: readonly Permission[] = ['whatsapp_business_management'];
