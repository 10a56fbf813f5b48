import { bookClub, engines, team, wahaStage } from '../../../support/waha';

const all = {
	infoAdminsOnly: true,
	messagesAdminsOnly: true,
	membersCanAdd: true,
	joinApproval: true,
};
const security = `/groups/${team}/settings/security`;

describe.each(engines)('WAHA with %s: group settings', (engine) => {
	const { run, fail, on, server, answer, calls, control, seen } = wahaStage(engine);
	const get = async (group = team) => await run('groupSetting.get', on(group));
	const update = (updateFields: object) => on(team, { updateFields: updateFields as never });

	it('reads who may add members, and whether new ones are approved', async () => {
		expect(await get(bookClub)).toEqual([
			{
				groupId: bookClub,
				infoAdminsOnly: false,
				messagesAdminsOnly: false,
				membersCanAdd: false,
				joinApproval: true,
			},
		]);
		expect(await calls()).toHaveLength(4);
	});

	it.each([
		['2026.7.2', { membersCanAdd: false, joinApproval: null }],
		['2026.7.1', { membersCanAdd: null, joinApproval: null }],
	])('reads what the release %s has, and null for the rest', async (release, newer) => {
		await server('/release', { release });
		expect(await get()).toEqual([
			{ groupId: team, infoAdminsOnly: false, messagesAdminsOnly: false, ...newer },
		]);
	});

	it('finds out once per run what the release does not have', async () => {
		await server('/release', { release: '2026.7.1' });
		const items = Array.from({ length: 6 }, () => ({ json: {} }));
		expect(await run('groupSetting.get', on(team), { items })).toHaveLength(6);
		const asked = await calls();
		expect(asked.filter((call) => call.endsWith('member-add-mode'))).toHaveLength(1);
		expect(asked.filter((call) => call.endsWith('membership-approval'))).toHaveLength(1);
		expect(asked).toHaveLength(6 * 2 + 2);
	});

	it('fails for a group that is unknown alone, whoever waits for what it finds out', async () => {
		const groups = ['120363499999999999@g.us', team, bookClub, '120363488888888888@g.us'];
		const results = await run('groupSetting.get', on('={{ $json.group }}'), {
			items: groups.map((group) => ({ json: { group } })),
			onError: 'continueRegularOutput',
		});
		expect(results).toMatchObject([
			{ group: groups[0], status: 'failed' },
			{ groupId: team, membersCanAdd: false, joinApproval: false },
			{ groupId: bookClub, membersCanAdd: false, joinApproval: true },
			{ group: groups[3], status: 'failed' },
		]);
	});

	it('reads null where the engine cannot tell', async () => {
		const body = { message: `The method is not implemented by 'VENOM' engine.`, statusCode: 501 };
		await answer(501, body, { path: 'membership-approval$' });
		expect(await get()).toMatchObject([{ membersCanAdd: false, joinApproval: null }]);
	});

	it.each([[{}], [{ membersCanAddNewMember: null }], [null], [''], [[]]])(
		'reads null from %j',
		async (body) => {
			await answer(200, body ?? 'null', { path: 'member-add-mode$' });
			expect(await get()).toMatchObject([{ membersCanAdd: null, joinApproval: false }]);
		},
	);

	it('fails when a setting that is there cannot be read', async () => {
		await answer(500, { exception: { message: 'forbidden' } }, { path: 'member-add-mode$' });
		expect((await fail('groupSetting.get', on(team))).message).toBe(
			'WhatsApp does not allow this to the number of the session',
		);
	});

	it.each([
		[{ membersCanAdd: true }, 'member-add-mode', { membersCanAddNewMember: true }],
		[{ membersCanAdd: '={{ "false" }}' }, 'member-add-mode', { membersCanAddNewMember: false }],
		[{ joinApproval: false }, 'membership-approval', { newMembersApprovalRequired: false }],
	])('changes %j alone', async (updateFields, path, body) => {
		expect(await run('groupSetting.update', update(updateFields))).toEqual([
			{ success: true, status: 'success', groupId: team },
		]);
		expect(await seen()).toMatchObject([
			{ method: 'PUT', path: expect.stringMatching(`${path}$`), body },
		]);
	});

	it.each([
		['joinApproval', "'Approve New Members' needs WAHA 2026.8.2 or newer"],
		['membersCanAdd', "'Who Can Add Members' needs WAHA 2026.7.2 or newer"],
	])('says which release can change %s', async (name, message) => {
		await server('/release', { release: '2026.7.1' });
		const error = await fail('groupSetting.update', update({ [name]: true }));
		expect(error.message).toBe(message);
		expect(error.description).toBe('The server is release 2026.7.1: update WAHA.');
		expect(error.context).toMatchObject({ itemIndex: 0, status: 'failed' });
	});

	it('says so too when the server does not tell its release', async () => {
		await server('/release', { release: '2026.7.1' });
		await answer(403, { message: 'Forbidden' }, { path: 'version$' });
		const error = await fail('groupSetting.update', update({ joinApproval: true }));
		expect(error.message).toBe("'Approve New Members' needs WAHA 2026.8.2 or newer");
		expect(error.description).toContain('does not know the address');
	});

	it('names the engines that can when one cannot', async () => {
		const message = `The method is not implemented by 'VENOM' engine.`;
		await answer(501, { message, statusCode: 501 }, { path: 'membership-approval$' });
		const error = await fail('groupSetting.update', update({ joinApproval: true }));
		expect(error.message).toBe('The engine of this WAHA server cannot do this');
		expect(error.description).toContain('WEBJS, WPP, NOWEB and GOWS');
		expect(error.description).toContain("'VENOM'");
		// The engine stands in the answer: nothing more has to be asked.
		expect(await calls()).toHaveLength(1);
	});

	it('says what is changed when a later one is refused', async () => {
		await answer(200, 'false', { path: 'membership-approval$' });
		const error = await fail('groupSetting.update', update(all));
		expect(error.description).toMatch(
			/^'Only Admins Edit Group Info' and 'Only Admins Send Messages' and 'Who Can Add Members' are changed; this is about 'Approve New Members'\./,
		);
		expect(await get()).toMatchObject([{ ...all, joinApproval: false }]);
	});

	it('does not know how it ended when the answer to the second is lost', async () => {
		await control('post', '/faults', { provider: 'waha', kind: 'dropAfter', path: 'add-mode$' });
		const error = await fail(
			'groupSetting.update',
			update({ infoAdminsOnly: true, membersCanAdd: true }),
		);
		expect(error.context).toMatchObject({ itemIndex: 0, status: 'unknown' });
		expect(error.description).toMatch(/^'Only Admins Edit Group Info' is changed; this is about/);
	});

	it.each([
		[{}, "'Update Fields' would change nothing"],
		[{ membersCanAdd: '={{ null }}' }, "'Update Fields' would change nothing"],
		[{ membersCanAdd: 'admins' }, "'Who Can Add Members' is neither true nor false"],
		[{ joinApproval: '={{ {} }}' }, "'Approve New Members' is neither true nor false"],
	])('refuses %j before any request', async (updateFields, message) => {
		expect((await fail('groupSetting.update', update(updateFields))).message).toBe(message);
		expect(await calls()).toEqual([]);
	});

	it('shows them with the group too, however the engine writes them', async () => {
		await run('groupSetting.update', update(all));
		expect(await run('group.get', on(team))).toMatchObject([
			{ settings: all, joinApprovalMode: 'approvalRequired' },
		]);
		const groupMetadata = { membershipApprovalMode: 1, memberAddMode: '' };
		await answer(200, { id: team, groupMetadata });
		expect(await run('group.get', on(team))).toMatchObject([
			{
				settings: { joinApproval: true, membersCanAdd: null },
				joinApprovalMode: 'approvalRequired',
			},
		]);
		expect((await calls()).slice(0, 4)).toEqual(
			['info-admin-only', 'messages-admin-only', 'member-add-mode', 'membership-approval'].map(
				(path) => `PUT ${security}/${path}`,
			),
		);
	});
});
