import type { INodeParameters } from 'n8n-workflow';
import { engines, neighbours, team, wahaStage } from '../../../support/waha';

const people = {
	ada: { phone: '447700900111', id: '447700900111@c.us', lid: '100000000000111@lid' },
	ben: { phone: '447700900112', id: '447700900112@c.us' },
	cleo: { phone: '447700900113', lid: '100000000000113@lid' },
	dan: { phone: '447700900114', id: '447700900114@c.us', lid: '100000000000114@lid' },
};
const list = [`GET /groups/${team}/participants/v2`];

describe.each(engines)('WAHA with %s: groups that hide numbers', (engine) => {
	const { run, fail, on, server, answer, calls, seen, control } = wahaStage(engine);
	/** Whether the list of participants itself tells the number behind a lid. */
	const tells = engine !== 'WEBJS';
	const bodies = async () =>
		(await seen()).filter(({ method }) => method === 'POST').map(({ body }) => body);
	const rolesIn = async () => {
		const state = (await control('get', `/waha/${engine.toLowerCase()}/state`)) as {
			groups: Array<{ id: string; members: Array<{ phone: string; role: string }> }>;
		};
		const { members } = state.groups.find(({ id }) => id === team)!;
		return Object.fromEntries(members.map(({ phone, role }) => [phone, role]));
	};
	/** Members whose numbers only WAHA's own list of pairs tells. */
	const addMembers = async (count: number, group = team) => {
		const roles: Record<string, string> = {};
		for (let i = 0; i < count; i += 1) {
			const phone = `4477009010${String(i).padStart(2, '0')}`;
			await server('/people', { phone, lid: `2000000000000${String(i).padStart(2, '0')}` });
			roles[phone] = 'participant';
		}
		await server(`/groups/${group}/arrange`, { roles });
		return Object.keys(roles);
	};

	describe('changes by phone number', () => {
		it.each([
			['participant.promote', 'dan', 'admin'],
			['participant.demote', 'ada', 'participant'],
			['participant.remove', 'dan', undefined],
		] as const)('%s reaches %s', async (key, name, role) => {
			const { phone, id, lid } = people[name];
			expect(await run(key, on(team, { participants: `+${phone}` }))).toEqual([
				{
					groupId: team,
					participant: id,
					phone,
					status: 'success',
					code: 200,
					reason: null,
				},
			]);
			expect(await bodies()).toEqual([{ participants: [{ id: lid }] }]);
			expect((await rolesIn())[phone]).toBe(role);
			const lookUps = tells ? [] : [`GET /lids/pn/${id}`];
			expect((await calls()).slice(0, -1)).toEqual([...list, ...lookUps]);
		});

		it('sends a person once who is given by number and by ID', async () => {
			const { dan } = people;
			const results = await run(
				'participant.promote',
				on(team, { participants: `${dan.phone}, ${dan.lid}` }),
			);
			expect(results).toMatchObject([
				{ participant: dan.id, phone: dan.phone, status: 'success' },
				{ participant: dan.lid, status: 'success' },
			]);
			expect(await bodies()).toEqual([{ participants: [{ id: dan.lid }] }]);
		});

		it('names who is not among the participants, and does the others', async () => {
			const { dan } = people;
			const results = await run(
				'participant.remove',
				on(team, { participants: `447700900122, ${dan.phone}, 447700900404` }),
			);
			const stranger = {
				status: 'failed',
				code: null,
				reason: expect.stringMatching(
					/^The number is not among the participants.+Get Many gives\.$/,
				),
			};
			expect(results).toMatchObject([
				{ participant: '447700900122@c.us', phone: '447700900122', ...stranger },
				{ participant: dan.id, phone: dan.phone, status: 'success' },
				{ participant: '447700900404@c.us', phone: '447700900404', ...stranger },
			]);
			expect(await bodies()).toEqual([{ participants: [{ id: dan.lid }] }]);
		});

		it('finds everybody, also where a number has an ID of earlier beside its own', async () => {
			const phones = await addMembers(6);
			const pair = (phone: string, lid: string) => ({ lid: `${lid}@lid`, pn: `${phone}@c.us` });
			const own = phones.map((phone, i) => pair(phone, `20000000000000${i}`));
			const others = Array.from({ length: 994 }, (_, i) => pair(`4470000${i + 1000}`, `9${i}`));
			const earlier = pair(phones[0], '999999999');
			await answer(200, [...own.slice(0, 5), ...others, earlier], { path: 'lids$' });
			await answer(200, own.slice(5), { path: 'lids$' });
			const results = await run('participant.promote', on(team, { participants: phones.join() }));
			expect(results.map(({ status }) => status)).toEqual(phones.map(() => 'success'));
		});

		it('does nothing when nobody is left', async () => {
			const [result] = await run(
				'participant.remove',
				on(team, { participants: people.cleo.phone }),
			);
			// Her number is hidden from the account, and so from WAHA.
			expect(result).toMatchObject({ status: 'failed', phone: people.cleo.phone });
			expect(await bodies()).toEqual([]);
		});

		it('reads nothing for IDs, and nothing more in a group that hides no numbers', async () => {
			await run('participant.promote', on(team, { participants: people.cleo.lid }));
			expect(await calls()).toEqual([`POST /groups/${team}/admin/promote`]);
			await server(`/groups/${neighbours}/arrange`, { roles: { '447700900100': 'admin' } });
			await run('participant.promote', on(neighbours, { participants: people.ben.phone }));
			expect((await calls()).slice(1)).toEqual([
				`GET /groups/${neighbours}/participants/v2`,
				`POST /groups/${neighbours}/admin/promote`,
			]);
		});

		it('reads the participants of a group once per run', async () => {
			const phones = await addMembers(8);
			const items = phones.map((phone) => ({ json: { phone } }));
			const results = await run(
				'participant.remove',
				on(team, { participants: '={{ $json.phone }}' }),
				{ items },
			);
			expect(results.map(({ phone, status }) => [phone, status])).toEqual(
				phones.map((phone) => [phone, 'success']),
			);
			const asked = await calls();
			expect(asked.filter((call) => call === list[0])).toHaveLength(1);
			expect(asked.filter((call) => call.startsWith('POST'))).toHaveLength(8);
			expect(Object.keys(await rolesIn())).toHaveLength(5);
		});

		it('reads them again for the next item when that failed', async () => {
			await answer(500, { exception: { message: 'forbidden' } }, { path: 'v2$' });
			const items = ['dan', 'ada'].map((name) => ({ json: { name } }));
			const results = await run(
				'participant.remove',
				on(team, { participants: "={{ $json.name === 'dan' ? '447700900114' : '447700900111' }}" }),
				{ items, onError: 'continueRegularOutput' },
			);
			expect(results.map(({ status }) => status)).toEqual(['failed', 'success']);
			expect((await calls()).filter((call) => call === list[0])).toHaveLength(2);
		});

		it('looks many numbers up in one request', async () => {
			const phones = await addMembers(12);
			const results = await run('participant.remove', on(team, { participants: phones.join() }));
			expect(results.every(({ status }) => status === 'success')).toBe(true);
			const lookUps = tells ? [] : ['GET /lids'];
			expect((await calls()).slice(0, -1)).toEqual([...list, ...lookUps]);
			expect(Object.keys(await rolesIn())).toHaveLength(5);
		});

		it.each(['2025.10.1', '2025.5.3'])('works with the release %s', async (release) => {
			await server('/release', { release });
			const [result] = await run(
				'participant.remove',
				on(team, { participants: people.dan.phone }),
			);
			// Without the newer list and a way to look numbers up, WEBJS has none for a lid.
			const isKnown = tells || release === '2025.10.1';
			expect(result.status).toBe(isKnown ? 'success' : 'failed');
			if (!isKnown) expect(result.reason).toContain('enter the ID');
		});

		it('changes nothing when the participants cannot be read', async () => {
			await answer(500, { exception: { message: 'forbidden' } }, { path: 'v2$' });
			const error = await fail('participant.remove', on(team, { participants: people.dan.phone }));
			expect(error.message).toBe('WhatsApp does not allow this to the number of the session');
			expect(error.context).toMatchObject({ itemIndex: 0, status: 'failed' });
			expect(await bodies()).toEqual([]);
		});

		it('says what may be done when the answer to the change is lost', async () => {
			await control('post', '/faults', { provider: 'waha', kind: 'dropAfter', path: 'remove$' });
			const error = await fail('participant.remove', on(team, { participants: people.dan.phone }));
			expect(error.description).toMatch(/^They may be removed all the same: /);
			expect(error.context).toMatchObject({ status: 'unknown' });
			expect(await bodies()).toHaveLength(1);
		});

		it.each([
			['null among them', [null, { id: people.dan.lid, pn: people.dan.id, role: 'participant' }]],
			[
				'numbers of other types',
				[{ id: people.dan.lid, pn: people.dan.id, role: null }, { id: 7, pn: 447700900112 }, 'x'],
			],
		])('copes with a list that has %s', async (_, body) => {
			await answer(200, body, { path: 'v2$' });
			const [result] = await run(
				'participant.remove',
				on(team, { participants: people.dan.phone }),
			);
			expect(result).toMatchObject({ phone: people.dan.phone, status: 'success' });
		});
	});

	describe('Resolve Phone Numbers', () => {
		const resolve = async (options: INodeParameters = { resolvePhones: true }) =>
			await run('participant.getAll', on(team, { returnAll: true, options }));

		it('fills in the numbers that WAHA knows, and no others', async () => {
			expect((await resolve()).map(({ phone }) => phone)).toEqual([
				'447700900100',
				people.ada.phone,
				people.ben.phone,
				null,
				people.dan.phone,
			]);
			const hidden = tells ? [people.cleo] : [people.ada, people.cleo, people.dan];
			expect(await calls()).toEqual([...list, ...hidden.map(({ lid }) => `GET /lids/${lid}`)]);
		});

		it('looks many up in one request', async () => {
			const phones = await addMembers(12);
			const found = (await resolve()).map(({ phone }) => phone);
			expect(found).toEqual(expect.arrayContaining(phones));
			expect(await calls()).toHaveLength(2);
			expect((await calls())[1]).toBe(tells ? `GET /lids/${people.cleo.lid}` : 'GET /lids');
		});

		it('asks nothing when every number is there', async () => {
			await run(
				'participant.getAll',
				on(neighbours, { returnAll: true, options: { resolvePhones: true } }),
			);
			expect(await calls()).toHaveLength(1);
		});

		it('follows the pages of the list, and ends with a server that has only one', async () => {
			const members = Array.from({ length: 6 }, (_, i) => ({ id: `${300 + i}@lid` }));
			const page = (first: number) =>
				Array.from({ length: 1000 }, (_, i) => ({
					lid: `${first + i}@lid`,
					pn: `44770${1000000 + first + i}@c.us`,
				}));
			await answer(200, members, { path: 'v2$' });
			await answer(200, page(100_000), { path: 'lids$' });
			await answer(200, [...page(300).slice(0, 3), null, { lid: '303@lid', pn: null }], {
				path: 'lids$',
			});
			expect((await resolve()).map(({ phone }) => phone)).toEqual([
				'447701000300',
				'447701000301',
				'447701000302',
				null,
				null,
				null,
			]);
			expect((await seen()).slice(1).map(({ query }) => query)).toEqual([
				{ limit: '1000', offset: '0' },
				{ limit: '1000', offset: '1000' },
			]);
			await answer(200, members, { path: 'v2$' });
			await answer(200, page(100_000), { path: 'lids$', times: 2 });
			expect(await resolve()).toHaveLength(6);
		});

		it('needs a server that has it, which is named', async () => {
			await server('/release', { release: '2025.5.3' });
			const error = await fail(
				'participant.getAll',
				on(team, { returnAll: true, options: { resolvePhones: true } }),
			);
			expect(error.message).toBe('Looking up phone numbers needs WAHA 2025.5.4 or newer');
			expect(error.description).toContain("'Resolve Phone Numbers'");
		});

		it('names the field when the second request fails', async () => {
			await answer(500, { exception: { message: 'x' } }, { path: 'lids/', times: 'always' });
			const error = await fail(
				'participant.getAll',
				on(team, { returnAll: true, options: { resolvePhones: true } }),
			);
			expect(error.description).toMatch(
				/^The participants were read; this is about 'Resolve Phone Numbers', which you can turn off\./,
			);
		});

		it('refuses anything but a flag before any request', async () => {
			const error = await fail(
				'participant.getAll',
				on(team, { returnAll: true, options: { resolvePhones: 'maybe' } }),
			);
			expect(error.message).toBe("'Resolve Phone Numbers' is neither true nor false");
			expect(await calls()).toEqual([]);
		});

		if (engine === 'NOWEB') {
			it('says that the store has to be on', async () => {
				await server('/store', { enabled: false });
				const error = await fail(
					'participant.getAll',
					on(team, { returnAll: true, options: { resolvePhones: true } }),
				);
				expect(error.message).toBe('The session keeps nothing that could be looked up');
				expect(error.description).toContain('config.noweb.store.enabled');
				// A change does without: its list tells the numbers that there are.
				const participants = `${people.dan.phone}, 447700900404`;
				expect(await run('participant.remove', on(team, { participants }))).toMatchObject([
					{ status: 'success' },
					{ status: 'failed' },
				]);
			});
		}
	});
});
