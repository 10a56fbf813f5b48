import { bookClub, engines, team, wahaStage } from '../../../support/waha';

const ivy = { id: '100000000000124@lid', phone: '447700900124' };
const jon = { id: '100000000000125@lid' };
const requests = `/groups/${bookClub}/participants/join-requests`;

describe.each(engines)('WAHA with %s: join requests', (engine) => {
	const { run, fail, on, server, answer, calls, seen, control } = wahaStage(engine);
	const list = async () => await run('joinRequest.getAll', on(bookClub, { returnAll: true }));
	const decide = async (decision: 'approve' | 'reject', joinRequests: unknown, more: object = {}) =>
		await run(
			`joinRequest.${decision}`,
			on(bookClub, { joinRequests: joinRequests as string, ...more }),
		);

	it('lists the open ones with what Approve takes', async () => {
		expect(await list()).toEqual([
			{
				groupId: bookClub,
				joinRequest: ivy.id,
				id: ivy.id,
				// The other engines leave the number out.
				phone: engine === 'NOWEB' ? ivy.phone : null,
				requestedAt: expect.stringMatching(/Z$/),
			},
			expect.objectContaining({ joinRequest: jon.id, phone: null }),
		]);
		expect(await calls()).toEqual([`GET ${requests}`]);
	});

	it('gives no more than Limit, and none where there is none', async () => {
		expect(await run('joinRequest.getAll', on(bookClub, { limit: 1 }))).toHaveLength(1);
		expect(await run('joinRequest.getAll', on(team, { returnAll: true }))).toEqual([]);
	});

	it('gives what the engine wrote with Simplify off', async () => {
		const [raw] = await run(
			'joinRequest.getAll',
			on(bookClub, { returnAll: true, simplify: false }),
		);
		expect(raw).toMatchObject({ groupId: bookClub, requesterId: ivy.id, parentGroupId: null });
	});

	it('lets people in', async () => {
		expect(await decide('approve', ivy.id)).toEqual([
			{ groupId: bookClub, joinRequest: ivy.id, status: 'success', code: 200, reason: null },
		]);
		expect(await seen()).toMatchObject([
			{
				method: 'POST',
				path: expect.stringMatching(/approve$/),
				body: { participants: [{ id: ivy.id }] },
			},
		]);
		expect(await list()).toHaveLength(1);
		const participants = await run('participant.getAll', on(bookClub, { returnAll: true }));
		expect(participants).toHaveLength(2);
	});

	it('turns people down, from the items of Get Many', async () => {
		const items = (await list()).map((json) => ({ json }));
		expect(
			await run('joinRequest.reject', on(bookClub, { joinRequests: '={{ $json }}' }), { items }),
		).toMatchObject([{ status: 'success' }, { status: 'success' }]);
		expect(await list()).toEqual([]);
	});

	it('takes what WAHA itself puts out', async () => {
		const items = [{ json: { requesterId: jon.id, requesterPn: null } }];
		const results = await run(
			'joinRequest.approve',
			on(bookClub, { joinRequests: '={{ $json }}' }),
			{ items },
		);
		expect(results).toMatchObject([{ joinRequest: jon.id, status: 'success' }]);
	});

	it('says of each what became of it', async () => {
		const given = ['100000000000122@lid', ivy.id, 'MTY0NjcwNDM1OTU6MTI', null];
		const results = await decide('approve', `={{ ${JSON.stringify(given)} }}`);
		expect(results.map(({ joinRequest, status, code }) => [joinRequest, status, code])).toEqual([
			['100000000000122@lid', 'failed', 404],
			[ivy.id, 'success', 200],
			['MTY0NjcwNDM1OTU6MTI', 'failed', null],
			['null', 'failed', null],
		]);
		expect(results[0].reason).toContain('no such open request');
		expect(results[2].reason).toContain('no ID of a request at WAHA');
	});

	it('fails on a partial failure when asked to', async () => {
		const error = await fail(
			'joinRequest.approve',
			on(bookClub, {
				joinRequests: `${ivy.id}, 100000000000122@lid`,
				options: { failOnPartialFailure: true },
			}),
		);
		expect(error.message).toBe('Of 2 entries 1 failed, 1 done');
	});

	it.each([
		['no code', { success: false }, null, 'without saying why'],
		['a code as text', { success: false, error: '409' }, 409, 'in the group already'],
		['words', { success: 'false', error: 'Odd' }, null, 'without saying why'],
		['a code of its own', { success: false, error: 499 }, 499, 'the code 499'],
	])('reads a refusal with %s', async (_, result, code, words) => {
		await answer(200, [{ requesterId: ivy.id, ...result }]);
		expect(await decide('approve', ivy.id)).toEqual([
			{
				groupId: bookClub,
				joinRequest: ivy.id,
				status: 'failed',
				code,
				reason: expect.stringContaining(words),
			},
		]);
	});

	it('does not know what became of whom the answer leaves out', async () => {
		for (const body of [[], {}, '', [null], [{ requesterId: null, success: true }, {}]]) {
			await answer(200, body);
			const [first, second] = await decide('reject', `${ivy.id}, ${jon.id}`);
			expect([first.status, second.status]).toEqual(['unknown', 'unknown']);
		}
	});

	it.each([[[null]], [[{ requesterPn: '447700900124@c.us' }]], [{ requests: [] }], ['']])(
		'takes %j for no list',
		async (body) => {
			await answer(200, body);
			const error = await fail('joinRequest.getAll', on(bookClub, { returnAll: true }));
			expect(error.message).toBe('The provider answered in a way that cannot be read');
		},
	);

	it('reads a time of 0 as not known', async () => {
		await answer(200, [{ requesterId: ivy.id, timestamp: 0 }]);
		expect(await list()).toMatchObject([{ requestedAt: null }]);
	});

	it('is refused to who is no admin', async () => {
		await server(`/groups/${bookClub}/arrange`, { roles: { '447700900100': 'participant' } });
		const error = await fail('joinRequest.approve', on(bookClub, { joinRequests: ivy.id }));
		expect(error.context).toMatchObject({ itemIndex: 0 });
		expect((await seen())[0].status).toBe(500);
	});

	it('does not know how it ended when the answer is lost', async () => {
		await control('post', '/faults', { provider: 'waha', kind: 'dropAfter', path: 'reject$' });
		const error = await fail('joinRequest.reject', on(bookClub, { joinRequests: ivy.id }));
		expect(error.description).toMatch(/^They may be rejected all the same: /);
		expect(error.context).toMatchObject({ status: 'unknown' });
	});

	it.each(['joinRequest.getAll', 'joinRequest.approve', 'joinRequest.reject'])(
		'%s names the release that has it',
		async (key) => {
			await server('/release', { release: '2026.7.2' });
			const error = await fail(key, on(bookClub, { returnAll: true, joinRequests: ivy.id }));
			expect(error.message).toBe('Join requests need WAHA 2026.8.2 or newer');
			expect(error.description).toBe('The server is release 2026.7.2: update WAHA.');
			expect(error.context).toMatchObject({ status: 'failed' });
		},
	);

	it('names the engines that have it', async () => {
		const message = `The method is not implemented by 'VENOM' engine.`;
		await answer(501, { message, error: 'Not Implemented', statusCode: 501 });
		const error = await fail('joinRequest.getAll', on(bookClub, { returnAll: true }));
		expect(error.description).toContain('engines WEBJS, WPP, NOWEB and GOWS');
		expect(error.description).toContain("'VENOM'");
	});
});
