import { path } from '../../transport/connection';
import type { Surface } from '../cloudApi/surface';
import { fileAddress } from './files';
import { businessAccountPath } from './businessAccount';
import { templatePage } from './templatePage';

export const name = 'Meta Cloud API';

/** A group is a node of the graph; what belongs to a number or an account stands below that (providers.md §4.2). */
export const surface: Surface = {
	name,
	number: ({ account }) => path`/${account}`,
	group: (id) => path`/${id}`,
	templates: (api) => `${businessAccountPath(api)}/message_templates`,
	file: fileAddress,
	templatePage,
	documented: {
		number: '/{PHONE_NUMBER_ID}',
		group: '/{GROUP_ID}',
		templates: '/{WABA_ID}/message_templates',
	},
};
