import type { Acknowledgement, GroupSettings } from '../../model';
import type { Api } from '../../transport/api';
import type { Answer, OnGroup } from '../../contract/operations';
import { asBoolean, asRecord } from '../../transport/json';
import { readDone } from './answer';
import { groupPath } from './group';

type Setting = 'info-admin-only' | 'messages-admin-only';

export async function getSettings(api: Api, { group }: OnGroup): Promise<Answer<GroupSettings>> {
	const info = await read(api, group, 'info-admin-only');
	const messages = await read(api, group, 'messages-admin-only');
	return {
		model: {
			infoAdminsOnly: asBoolean(info.adminsOnly),
			messagesAdminsOnly: asBoolean(messages.adminsOnly),
		},
	};
}

/** Two calls, since WAHA takes each setting apart. */
export async function updateSettings(
	api: Api,
	{ group, infoAdminsOnly, messagesAdminsOnly }: OnGroup & Partial<GroupSettings>,
): Promise<Acknowledgement> {
	const change = async () =>
		await write(api, group, 'messages-admin-only', messagesAdminsOnly === true);
	if (typeof infoAdminsOnly !== 'boolean') return await change();
	const done = await write(api, group, 'info-admin-only', infoAdminsOnly);
	if (typeof messagesAdminsOnly !== 'boolean') return done;
	return await api.after(
		"'Only Admins Edit Group Info' is changed; this is about 'Only Admins Send Messages'.",
		change,
	);
}

async function read(api: Api, group: string, setting: Setting) {
	const path = `${groupPath(api, group)}/settings/security/${setting}`;
	return asRecord((await api.request({ method: 'GET', path })).body);
}

async function write(api: Api, group: string, setting: Setting, adminsOnly: boolean) {
	const response = await api.request({
		method: 'PUT',
		path: `${groupPath(api, group)}/settings/security/${setting}`,
		body: { adminsOnly },
		acceptText: true,
	});
	return readDone(api, response);
}
