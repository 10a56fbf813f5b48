import type { RequestHandler, Router } from 'express';
import { z } from 'zod';
import type { Group, GroupSettings } from '../model';
import type { ReleaseFeatures } from '../releases';
import type { WahaServer } from '../server';
import { flag, validated } from '../validate';
import { sessionRoute } from './call';
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
				return call.dialect.changed;
			}),
		);
	}
}

/** Lets a request through if the release has the endpoint; it is unknown otherwise. */
export function onlyWith(server: WahaServer, feature?: keyof ReleaseFeatures): RequestHandler {
	return (_req, _res, next) => next(!feature || server.features[feature] ? undefined : 'route');
}
