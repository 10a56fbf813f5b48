import { z } from 'zod';
import { cloudSettings, defaultCloudSettings } from '../cloudApi/settings';

const permission = z.enum(['whatsapp_business_messaging', 'whatsapp_business_management']);
export type Permission = z.infer<typeof permission>;

const appField = z.enum([
	'messages',
	'group_lifecycle_update',
	'group_participants_update',
	'group_settings_update',
	'group_status_update',
]);

/** How this Graph API behaves where its documents differ or leave a choice. */
export const metaSettingsSchema = z
	.object({
		...cloudSettings,
		/** What the token may do. */
		permissions: z.array(permission),
		/** The token is one that has expired: 190 with subcode 463. */
		tokenExpired: z.boolean(),
		/** Ids of the only numbers that `groupsEligible` is off for. */
		unofficialNumbers: z.array(z.string()),
		/** A group that there is not is a code of WhatsApp's, or what Graph says of any unknown node. */
		unknownGroup: z.enum(['131041', 'unsupported']),
		/** `DELETE /{GROUP_ID}/invite_link`, which only the OpenAPI has (providers.md §8). */
		revokeLink: z.boolean(),
		/** Links to other pages have the access token in them. */
		pagingToken: z.boolean(),
		/** Off: callback URLs on this machine may do without https, since receivers beside the sandbox do. */
		httpsOnly: z.boolean(),
		/** The callback URL of the app itself, as set in its dashboard; empty when there is none. */
		appUrl: z.union([z.literal(''), z.string().url()]),
		/** The fields that the app is subscribed to in its dashboard. */
		appFields: z.array(appField),
		/** The code with which calls are refused that are too many (providers.md §4.6). */
		rateLimitError: z.union([
			z.literal(4),
			z.literal(80007),
			z.literal(130429),
			z.literal(131056),
			z.literal(131208),
		]),
		/** How often everything is delivered: at least once is all that is promised. */
		deliverTimes: z.number().int().min(1).max(10),
		/** What is to be delivered at once goes out in any order. */
		unordered: z.boolean(),
	})
	.strict();

export type MetaSettings = z.infer<typeof metaSettingsSchema>;

/** Assumed: the token in links to other pages, as where it came in the query (providers.md §4.3.2 [I]). */
export const defaultMetaSettings: MetaSettings = {
	...defaultCloudSettings,
	permissions: [...permission.options],
	tokenExpired: false,
	unofficialNumbers: [],
	unknownGroup: '131041',
	revokeLink: true,
	pagingToken: true,
	httpsOnly: false,
	appUrl: '',
	appFields: [...appField.options],
	rateLimitError: 130429,
	deliverTimes: 1,
	unordered: false,
};
