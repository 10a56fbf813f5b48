import type { IDataObject } from 'n8n-workflow';
import type { Acknowledgement, GroupSettings } from '../../model';
import type { Api } from '../../transport/api';
import type { Answer, OnGroup } from '../../contract/operations';
import { asBoolean, asRecord } from '../../transport/json';
import type { ApiResponse } from '../../transport/response';
import { readDone } from './answer';
import { groupPath } from './group';
import { since } from './since';

interface Setting {
	name: keyof GroupSettings;
	/** As the editor calls it. */
	label: string;
	/** Last part of its path, and the one field of its bodies. */
	path: string;
	field: string;
	/** The release that brought it; the others were always there. */
	since?: string;
}

/** Each has an endpoint of its own (providers.md §3.4). */
const settings: readonly Setting[] = [
	{
		name: 'infoAdminsOnly',
		label: "'Only Admins Edit Group Info'",
		path: 'info-admin-only',
		field: 'adminsOnly',
	},
	{
		name: 'messagesAdminsOnly',
		label: "'Only Admins Send Messages'",
		path: 'messages-admin-only',
		field: 'adminsOnly',
	},
	{
		name: 'membersCanAdd',
		label: "'Who Can Add Members'",
		path: 'member-add-mode',
		field: 'membersCanAddNewMember',
		since: '2026.7.2',
	},
	{
		name: 'joinApproval',
		label: "'Approve New Members'",
		path: 'membership-approval',
		field: 'newMembersApprovalRequired',
		since: '2026.8.2',
	},
];

export async function getSettings(api: Api, { group }: OnGroup): Promise<Answer<GroupSettings>> {
	const values = await api.each(settings, async (setting) => {
		const body = asRecord(await read(api, group, setting));
		return [setting.name, asBoolean(body[setting.field])] as const;
	});
	return { model: Object.fromEntries(values) as unknown as GroupSettings };
}

/**
 * One call for each that is to be changed. The one that is given last stands in the error when it fails;
 * what came before it is done.
 */
export async function updateSettings(
	api: Api,
	{ group, ...wanted }: OnGroup & Partial<GroupSettings>,
): Promise<Acknowledgement> {
	const done: string[] = [];
	let result: Acknowledgement = { status: 'success' };
	for (const setting of settings) {
		const value = wanted[setting.name];
		if (typeof value !== 'boolean') continue;
		const change = async () => await write(api, group, setting, value);
		const isAre = done.length === 1 ? 'is' : 'are';
		result =
			done.length === 0
				? await change()
				: await api.after(
						`${done.join(' and ')} ${isAre} changed; this is about ${setting.label}.`,
						change,
					);
		done.push(setting.label);
	}
	return result;
}

/** The answer, or nothing where the server does not have the setting, which is found out once per run. */
async function read(api: Api, group: string, setting: Setting): Promise<unknown> {
	const ask = async () =>
		await api.request({
			method: 'GET',
			path: pathOf(group, setting, api),
			accept: setting.since === undefined ? [] : [404, 501],
		});
	if (setting.since === undefined) return (await ask()).body;
	let first: ApiResponse | undefined;
	const isThere = await api.oncePerRun(`has ${setting.path}`, async () => {
		first = await ask();
		return first.status < 300;
	});
	if (!isThere) return null;
	const { body, status } = first ?? (await ask());
	return status < 300 ? body : null;
}

async function write(
	api: Api,
	group: string,
	setting: Setting,
	value: boolean,
): Promise<Acknowledgement> {
	const change = async () => {
		const response = await api.request({
			method: 'PUT',
			path: pathOf(group, setting, api),
			body: { [setting.field]: value } as IDataObject,
			acceptText: true,
		});
		return readDone(api, response);
	};
	if (setting.since === undefined) return await change();
	const need = { needing: `${setting.label} needs`, since: setting.since, engines };
	return await since(api, need, change);
}

const engines = 'WEBJS, WPP, NOWEB and GOWS';

function pathOf(group: string, setting: Setting, api: Api): string {
	return `${groupPath(api, group)}/settings/security/${setting.path}`;
}
