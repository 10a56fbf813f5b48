import { defineProvider } from '../../contract/provider';
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
import { metaCredentialTest } from './credentialTest';
import { metaErrors } from './errors';
import { metaTrigger } from './events';
import { fileOrigins } from './files';
import { revokeInviteLink } from './inviteLink';
import { phoneNumber } from './phoneNumber';
import { name, surface } from './surface';
import { versionPath } from './version';

/** WhatsApp's Cloud API at Meta itself (providers.md §4). */
export const meta = defineProvider({
	id: 'meta',
	name,
	credentialName: 'whatsAppGroupsMetaApi',
	credentialTest: metaCredentialTest,
	basePath: versionPath,
	fileOrigins,
	account: phoneNumber,
	limits: cloudApiLimits,
	operations: {
		...cloudApiOperations(surface),
		'inviteLink.revoke': {
			run: revokeInviteLink,
			endpoints: [`DELETE ${surface.documented.group}/invite_link`],
			unproven:
				"Meta's documents do not have this: only its OpenAPI description does, and nobody has shown yet that it works. Where Meta refuses it, use Reset and keep the new link to yourself.",
		},
	},
	messages: cloudApiMessages(surface.documented),
	unsupportedMessages: cloudApiLacksMessages(name),
	templates: async (api) => await listTemplates(surface, api),
	features: cloudApiFeatures,
	unsupported: cloudApiLacks(name),
	groupIdExample: cloudApiGroupIdExample,
	...cloudApiIds(name),
	emptyListHint: 'The number has no active group: create one first.',
	errors: metaErrors,
	trigger: metaTrigger,
});
