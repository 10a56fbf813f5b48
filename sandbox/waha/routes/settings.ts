import type { Router } from 'express';
import { z } from 'zod';
import type { Group, GroupSettings } from '../model';
import type { ReleaseFeatures } from '../releases';
import type { WahaServer } from '../server';
import { flag, validated } from '../validate';
import { onlyWith, sessionRoute } from './call';
import { groupOf } from './groups';

/** The settings by the last part of their path and the one field of their bodies (providers.md §3.4). */
const SETTINGS: ReadonlyArray<{
	path: string;
	field: string;
	setting: keyof GroupSettings;
	feature?: keyof ReleaseFeatures;
}> = [
	{ path: 'info-admin-only', field: 'adminsOnly', setting: 'infoAdminsOnly' },
	{ path: 'messages-admin-only', field: 'adminsOnly', setting: 'messagesAdminsOnly' },
	{
		path: 'member-add-mode',
		field: 'membersCanAddNewMember',
		setting: 'membersCanAdd',
		feature: 'memberAddMode',
	},
	{
		path: 'membership-approval',
		field: 'newMembersApprovalRequired',
		setting: 'approvalRequired',
		feature: 'membershipApproval',
	},
];

/** `settings/security/…`: reading gives the field, changing what the engine says to any change. */
export function settingRoutes(router: Router, server: WahaServer): void {
	for (const { path, field, setting, feature } of SETTINGS) {
		const url = `/api/:session/groups/:id/settings/security/${path}`;
		// Assumed: the field must be there; WAHA may take a missing one for true (providers.md §3.4).
		const body = z.object({ [field]: flag() });
		const valueOf = (group: Group) => ({ [field]: group[setting] });

		router.get(
			url,
			onlyWith(server, feature),
			sessionRoute(server, { doing: 'read' }, (call) => valueOf(groupOf(call))),
		);

		router.put(
			url,
			onlyWith(server, feature),
			sessionRoute(server, { doing: 'change' }, (call) => {
				const value = validated(body, call.req.body)[field];
				server.groups.set(groupOf(call), call.me, { [setting]: value });
				// The approval of new members came later than the others, and every engine says true to it.
				return feature === 'membershipApproval' ? true : call.dialect.changed;
			}),
		);
	}
}
