import { engines, team, wahaStage } from '../../../support/waha';

const salesFloor = '120363400000000004@g.us';
const invites = {
	/** The account is in it. */
	team: 'SandboxTeamInvite00001',
	salesFloor: 'SandboxSalesInvite0004',
};
const link = (code: string) => `https://chat.whatsapp.com/${code}`;

describe.each(engines)('WAHA with %s: groups by link and all together', (engine) => {
	const { run, fail, on, server, answer, calls, seen, control } = wahaStage(engine);
	const join = async (inviteLink: unknown = link(invites.salesFloor)) =>
		await run('group.join', { inviteLink: inviteLink as string });
	const failToJoin = async (inviteLink: unknown = link(invites.salesFloor)) =>
		await fail('group.join', { inviteLink: inviteLink as string });
	const lists = async () =>
		(await run('group.getAll', { returnAll: true })).map(({ id }) => id as string);

	describe('count', () => {
		it('is told without the groups themselves', async () => {
			expect(await run('group.getCount')).toEqual([{ count: 3 }]);
			expect(await calls()).toEqual(['GET /groups/count']);
		});

		it('is taken as a text too, and never made up', async () => {
			await answer(200, { count: '12' });
			expect(await run('group.getCount')).toEqual([{ count: 12 }]);
			for (const body of [{}, '', [], { count: null }]) {
				await answer(200, body);
				const error = await fail('group.getCount');
				expect(error.message).toBe('The provider answered in a way that cannot be read');
			}
		});

		it('needs a server that has it, which is named', async () => {
			// An older one takes “count” for the ID of a group.
			await server('/release', { release: '2025.2.8' });
			const error = await fail('group.getCount');
			expect(error.message).toBe('Counting groups needs WAHA 2025.3.1 or newer');
			expect(error.description).toBe('The server is release 2025.2.8: update WAHA.');
			expect(error.context).toMatchObject({ itemIndex: 0, status: 'failed' });
		});

		it('keeps the error as it is when the server is new enough or does not tell', async () => {
			await answer(500, { exception: { message: 'item-not-found' } }, { times: 2 });
			expect((await fail('group.getCount')).message).toBe(
				'WhatsApp does not know this group or person',
			);
			await answer(500, {}, { path: 'version$', times: 'always' });
			await answer(500, { exception: { message: 'item-not-found' } }, { path: 'count$' });
			expect((await fail('group.getCount')).message).toBe(
				'WhatsApp does not know this group or person',
			);
		});
	});

	describe('refresh', () => {
		it('is asked for once', async () => {
			expect(await run('group.refresh')).toEqual([{ success: true, status: 'success' }]);
			expect(await calls()).toEqual(['POST /groups/refresh']);
		});

		it('needs a server that has it, which is named', async () => {
			await server('/release', { release: '2024.12.2' });
			const error = await fail('group.refresh');
			expect(error.message).toBe('Refreshing the groups needs WAHA 2024.12.3 or newer');
			expect(error.context).toMatchObject({ status: 'failed' });
		});

		it('takes an answer that says no, or nothing, for what it is', async () => {
			await answer(200, { success: false });
			expect((await fail('group.refresh')).context).toMatchObject({ status: 'failed' });
			await answer(200, '');
			expect((await fail('group.refresh')).context).toMatchObject({ status: 'unknown' });
		});
	});

	describe('preview', () => {
		it.each([
			['a link', link(invites.salesFloor)],
			['a link as it is shared', `Join my group: ${link(invites.salesFloor)}?mode=wwt`],
			['an older link', `chat.whatsapp.com/invite/${invites.salesFloor}`],
			['a link for the app', `whatsapp://chat/?code=${invites.salesFloor}`],
			['a bare code', ` ${invites.salesFloor}\n`],
		])('shows the group behind %s in one model', async (_, inviteLink) => {
			expect(await run('group.getInvitePreview', { inviteLink })).toEqual([
				{
					id: salesFloor,
					subject: 'Sales Floor',
					description: 'Leads and lunches',
					createdAt: expect.stringMatching(/Z$/),
					owner: { id: expect.any(String), phone: '447700900101' },
					participantCount: 2,
					// Some of them at most would be there before one is in it.
					participants: null,
					joinApprovalMode: 'autoApprove',
					suspended: engine === 'GOWS' ? false : null,
					settings: {
						infoAdminsOnly: false,
						messagesAdminsOnly: false,
						membersCanAdd: false,
						joinApproval: false,
					},
				},
			]);
			expect((await seen())[0].query).toEqual({ code: invites.salesFloor });
		});

		it('gives what the engine wrote with Simplify off', async () => {
			const [raw] = await run('group.getInvitePreview', {
				inviteLink: invites.salesFloor,
				simplify: false,
			});
			expect(raw).toHaveProperty(
				{ WEBJS: 'creation', NOWEB: 'addressingMode', GOWS: 'JID' }[engine],
			);
		});

		it.each([
			['nothing', '', "'Invite Link' is empty"],
			['null', '={{ null }}', "The expression in 'Invite Link' gives nothing"],
			['an object', '={{ { code: "x" } }}', "'Invite Link' is not a text"],
			['a number', '={{ 120363400000000 }}', "'Invite Link' is not an invite link to a group"],
			['the ID of a group', team, "'Invite Link' is not an invite link to a group"],
			[
				'a channel',
				'https://whatsapp.com/channel/0029Va',
				"'Invite Link' is not an invite link to a group",
			],
		])('refuses %s before any request', async (_, inviteLink, message) => {
			const error = await fail('group.getInvitePreview', { inviteLink });
			expect(error.message).toBe(message);
			expect(await calls()).toEqual([]);
		});

		it('names a link that is not valid, or not any more', async () => {
			const unknown = await fail('group.getInvitePreview', { inviteLink: 'NoSuchInviteCode00001' });
			expect(unknown.message).toBe('WhatsApp does not know the invite link');
			expect(unknown.description).toContain("'Invite Link'");
			await run('inviteLink.reset', on(team));
			const revoked = await fail('group.getInvitePreview', { inviteLink: invites.team });
			expect(revoked.message).toBe('The invite link is not valid any more');
		});

		it('needs a server that has it, which is named', async () => {
			await server('/release', { release: '2024.12.1' });
			const error = await fail('group.getInvitePreview', { inviteLink: invites.team });
			expect(error.message).toBe('Looking at an invite link needs WAHA 2024.12.4 or newer');
		});

		it('takes an empty answer for none', async () => {
			await answer(200, '');
			const error = await fail('group.getInvitePreview', { inviteLink: invites.team });
			expect(error.message).toBe('The provider answered in a way that cannot be read');
		});
	});

	describe('join', () => {
		it('joins a group by its link and says which it is', async () => {
			expect(await join()).toEqual([
				{
					success: true,
					status: 'success',
					groupId: salesFloor,
					subject: 'Sales Floor',
					wasMember: false,
				},
			]);
			expect(await calls()).toEqual(['GET /groups/join-info', 'POST /groups/join']);
			expect((await seen())[1].body).toEqual({ code: invites.salesFloor });
			expect(await lists()).toContain(salesFloor);
		});

		it('is pending where an admin has to approve, whatever the engine answers', async () => {
			await server(`/groups/${salesFloor}/arrange`, { approvalRequired: true });
			expect(await join()).toEqual([
				{ status: 'pending', groupId: salesFloor, subject: 'Sales Floor' },
			]);
			expect((await seen()).map(({ status }) => status)).toEqual([
				200,
				engine === 'WEBJS' ? 500 : 200,
			]);
			expect(await lists()).not.toContain(salesFloor);
		});

		it('says that the account was in the group already', async () => {
			expect(await join(invites.team)).toMatchObject([
				{ success: true, status: 'success', groupId: team, wasMember: true },
			]);
			expect((await seen())[1].status).toBe(500);
		});

		it('does nothing with a link that is not valid', async () => {
			const error = await failToJoin('NoSuchInviteCode00001');
			expect(error.message).toBe('WhatsApp does not know the invite link');
			// The release is looked at, since an older server would not know the address either.
			expect(await calls()).toEqual(['GET /groups/join-info', 'GET /api/version']);
		});

		it('names a group that is full', async () => {
			await server(`/groups/${salesFloor}/arrange`, { maxMembers: 2 });
			expect((await failToJoin()).message).toBe('The group is full');
		});

		it('names an account that may not join', async () => {
			const exception = { message: 'not-authorized' };
			await answer(500, { exception }, { path: 'join$' });
			const error = await failToJoin();
			expect(error.message).toBe('WhatsApp does not let the number of the session join this group');
			expect(error.context).toMatchObject({ status: 'failed' });
		});

		it('names the fault of WEBJS that lets nobody join', async () => {
			await server('/failures', {
				on: 'join',
				message: "Cannot read properties of undefined (reading 'joinGroupViaInvite')",
			});
			const error = await failToJoin();
			expect(error.message).toBe('This WAHA server cannot join groups with its engine WEBJS');
			expect(error.context).toMatchObject({ status: 'failed' });
		});

		it('does not know how it ended when the answer to the second request is lost', async () => {
			await control('post', '/faults', { provider: 'waha', kind: 'dropAfter', path: 'join$' });
			const error = await failToJoin();
			expect(error.message).toBe(
				'The connection to the provider broke off: the outcome is unknown',
			);
			expect(error.description).toMatch(/^The account may have joined the group, or asked to, all/);
			expect(error.context).toMatchObject({ itemIndex: 0, status: 'unknown' });
			// Once more does no harm, as it says.
			expect(await join()).toMatchObject([{ wasMember: true }]);
		});

		it.each([
			['a page of a proxy', '<html></html>', 'unknown'],
			['nothing', '', 'unknown'],
			['false', 'false', 'failed'],
		])('takes %s for what it is', async (_, body, status) => {
			await answer(200, body, { path: 'join$' });
			expect((await failToJoin()).context).toMatchObject({ status });
		});

		it('asks for the release once for all items of a run', async () => {
			await server('/release', { release: '2024.12.1' });
			const items = Array.from({ length: 4 }, (_, i) => ({ json: { i } }));
			const results = await run(
				'group.join',
				{ inviteLink: invites.salesFloor },
				{ items, onError: 'continueRegularOutput' },
			);
			expect(results.map(({ error }) => error)).toEqual(
				items.map(() => 'Looking at an invite link needs WAHA 2024.12.4 or newer'),
			);
			const asked = (await calls()).filter((call) => call === 'GET /api/version');
			expect(asked).toHaveLength(1);
		});
	});

	describe('lists', () => {
		it('sorts by subject, backwards, and leaves the participants out', async () => {
			const groups = await run('group.getAll', {
				returnAll: true,
				options: { sortBy: 'subject', sortOrder: 'desc', excludeParticipants: true },
			});
			expect(groups.map(({ subject }) => subject)).toEqual([
				'Support Team',
				'Neighbourhood Watch',
				'Book Club',
			]);
			expect(groups.map(({ participants }) => participants)).toEqual([null, null, null]);
			expect(groups[0].participantCount).toBe(5);
			expect((await seen())[0].query).toEqual({
				limit: '100',
				offset: '0',
				sortBy: 'subject',
				sortOrder: 'desc',
				exclude: 'participants',
			});
		});

		it.each([
			[{ sortBy: 'size' }, "'Sort By' is none of the values that there are"],
			[{ sortOrder: 'down' }, "'Sort Order' is none of the values that there are"],
			[{ excludeParticipants: 'yes' }, "'Exclude Participants' is neither true nor false"],
		])('refuses %j before any request', async (options, message) => {
			const error = await fail('group.getAll', { returnAll: true, options });
			expect(error.message).toBe(message);
			expect(await calls()).toEqual([]);
		});
	});
});
