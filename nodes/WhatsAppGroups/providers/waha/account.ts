import type { Api } from '../../transport/api';
import type { Account } from '../../contract/provider';
import { asText } from '../../transport/json';
import { readList } from './answer';

export const noSession = {
	message: 'The WAHA server has no session',
	description: 'Start one in the WAHA dashboard and scan its QR code with WhatsApp.',
};

/** A WAHA server runs several WhatsApp numbers, each as a session with a name (providers.md §3.2). */
export const session: Account = {
	parameter: 'session',
	field: {
		displayName: 'Session',
		name: 'session',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: 'default', cachedResultName: 'default' },
		description: 'The session of the WAHA server, and so the WhatsApp number, that acts',
		typeOptions: { loadOptionsDependsOn: ['provider'] },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Select a session…',
				typeOptions: { searchListMethod: 'searchAccounts', searchable: true },
			},
			{ displayName: 'By Name', name: 'id', type: 'string', placeholder: 'e.g. default' },
		],
	},

	async list(api: Api) {
		const response = await api.request({
			method: 'GET',
			path: '/api/sessions',
			qs: { all: 'true' },
		});
		const sessions = readList(api, response).flatMap(({ name, status }) => {
			const value = asText(name);
			return value === null ? [] : [{ name: `${value} (${asText(status) ?? 'UNKNOWN'})`, value }];
		});
		if (sessions.length === 0) {
			throw api.failure(noSession.message, noSession.description);
		}
		return sessions;
	},
};
