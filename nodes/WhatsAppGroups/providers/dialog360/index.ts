import { defineProvider } from '../../contract/provider';
import { dialog360CredentialTest } from './credentialTest';
import { path } from '../../transport/connection';
import {
	cloudApiFeatures,
	cloudApiGroupIdExample,
	cloudApiLacks,
	cloudApiLimits,
} from '../cloudApi/common';
import { cloudApiIds } from '../cloudApi/ids';
import { cloudApiLacksMessages, cloudApiMessages } from '../cloudApi/messages';
import { cloudApiOperations } from '../cloudApi/operations';
import { listTemplates } from '../cloudApi/templates';
import type { Surface } from '../cloudApi/surface';
import { dialog360Errors } from './errors';
import { dialog360Trigger } from './events';
import { templatePage } from './templatePage';

const name = '360dialog';

/** The key stands for the number, so that no path names one (providers.md §2.1). */
const surface: Surface = {
	name,
	number: () => '',
	group: (id) => path`/groups/${id}`,
	templates: () => '/v1/configs/templates',
	// Meta's address at 360dialog's host (providers.md §2.4).
	file: ({ baseUrl }, url) => {
		if (!URL.canParse(url) || url.startsWith(`${baseUrl}/`)) return url;
		const { pathname, search } = new URL(url);
		return `${baseUrl}${pathname}${search}`;
	},
	templatePage,
	documented: { number: '', group: '/groups/{group_id}', templates: '/v1/configs/templates' },
};

/** 360dialog, which passes Meta's groups API through (providers.md §2). */
export const dialog360 = defineProvider({
	id: 'dialog360',
	name,
	credentialName: 'whatsAppGroups360DialogApi',
	credentialTest: dialog360CredentialTest,
	limits: cloudApiLimits,
	operations: cloudApiOperations(surface),
	messages: cloudApiMessages(surface.documented),
	unsupportedMessages: cloudApiLacksMessages(name),
	templates: async (api) => await listTemplates(surface, api),
	features: cloudApiFeatures,
	unsupported: {
		...cloudApiLacks(name),
		'inviteLink.revoke': `${name} cannot revoke a link without a new one: use Reset, and keep the new link to yourself.`,
	},
	groupIdExample: cloudApiGroupIdExample,
	...cloudApiIds(name),
	emptyListHint: 'The number has no active group: create one first.',
	errors: dialog360Errors,
	trigger: dialog360Trigger,
});
