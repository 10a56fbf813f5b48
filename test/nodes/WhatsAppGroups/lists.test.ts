import axios from 'axios';
import type { IDataObject } from 'n8n-workflow';
import { failureOf, searchList } from '../../support/n8n';
import { byId, stage } from '../../support/sandbox';

describe('the list of groups in the editor', () => {
	const dialog360 = stage('dialog360');
	const page = (subjects: string[], after?: string) => ({
		data: { groups: subjects.map((subject, i) => ({ id: `${subject}-${i}`, subject })) },
		paging: after ? { cursors: { after }, next: 'https://graph.facebook.com/' } : {},
	});
	const answer = (...bodies: object[]) =>
		dialog360.control(
			'post',
			'/faults',
			bodies.map((body) => ({ provider: 'dialog360', kind: 'answer', status: 200, body })),
		);

	it('is searched to its end until something fits', async () => {
		const pages = Array.from({ length: 30 }, (_, i) => page(['Other'], `c${i}`));
		await answer(...pages, page(['Needle']));
		const { results } = await searchList(dialog360.setup({}), 'searchGroups', 'needle');
		expect(results).toMatchObject([{ name: 'Needle' }]);
		expect(await dialog360.calls()).toHaveLength(31);
	});

	it('is not searched beyond the first page with something that fits', async () => {
		await answer(page(['Needle'], 'c1'), page(['Needle']));
		const found = await searchList(dialog360.setup({}), 'searchGroups', 'needle');
		expect(found).toMatchObject({ results: [{ name: 'Needle' }], paginationToken: 'c1' });
		expect(await dialog360.calls()).toHaveLength(1);
	});

	it('tells a rate limit at once', async () => {
		await dialog360.control('post', '/faults', {
			provider: 'dialog360',
			kind: 'rateLimited',
			retryAfterSeconds: 30,
			times: 'always',
		});
		const error = await failureOf(searchList(dialog360.setup({}), 'searchGroups'));
		expect(error.message).toMatch(/too often/);
		expect(error.description).toContain('It asks to wait 30 seconds');
		expect(await dialog360.calls()).toHaveLength(1);
	});
});

describe('groups at Sinch', () => {
	const { calls, control, run, sandbox, setup } = stage('sinch');
	const details = async () => (await calls()).filter((call) => /groups\/./.test(call));
	const create = async (count: number) => {
		const { userName, authenticationToken } = sandbox().accounts.sinch.credentials;
		const ids: string[] = [];
		for (let i = 0; i < count; i += 1) {
			const { data } = await axios.post<{ groups: Array<{ id: string }> }>(
				`${sandbox().accounts.sinch.baseUrls.api}/v1/whatsapp/groups`,
				{ subject: `Group ${i}` },
				{ headers: { userName, authenticationToken } },
			);
			ids.push(data.groups[0].id);
		}
		await control('delete', '/requests');
		return ids;
	};
	const gone = (id: string) =>
		control('post', '/faults', {
			provider: 'sinch',
			kind: 'answer',
			status: 404,
			body: { errorCode: 404, errorMessage: 'Group not found.' },
			path: `/v1/whatsapp/groups/${id}`,
			times: 'always',
		});

	it('are listed although one of them is gone, with a note', async () => {
		const [id] = await create(1);
		await gone(id);
		const note = 'Sinch lists this group, but does not know it any more.';
		const many = await run('group.getAll', { returnAll: true, options: { loadDetails: true } });
		expect(many).toHaveLength(4);
		expect(many.find((group) => group.id === id)).toMatchObject({ id, subject: null, note });
		expect(many.filter((group) => 'note' in group)).toHaveLength(1);
		const { results } = await searchList(setup({}), 'searchGroups');
		expect(results.map(({ name }) => name)).toContain(`${id} (not known any more)`);
	});

	it('are searched by ID without asking for details', async () => {
		const ids = await create(60);
		const { results } = await searchList(setup({}), 'searchGroups', ids[59]);
		expect(results.map(({ value }) => value)).toEqual([ids[59]]);
		expect(await details()).toEqual([]);
	});

	it('are searched by subject without asking for the details of every group', async () => {
		await create(90);
		const { results } = await searchList(setup({}), 'searchGroups', 'support team');
		expect(results).toMatchObject([{ name: 'Support team' }]);
		expect((await details()).length).toBeLessThanOrEqual(25);

		await control('delete', '/requests');
		const error = await failureOf(searchList(setup({}), 'searchGroups', 'zebra'));
		expect(error.message).toBe('None of the first 50 groups has this in its name');
		expect(error.description).toContain("'By ID'");
		expect((await details()).length).toBe(50);
	}, 30_000);

	it('are read from one look at the list, so that none is missed when it changes', async () => {
		const ids = await create(90);
		const reading = run('group.getAll', {
			returnAll: true,
			options: { loadDetails: true, concurrency: 2 },
		});
		// The first groups go while the pages are read: later ones move up in the list.
		const { userName, authenticationToken } = sandbox().accounts.sinch.credentials;
		await new Promise((resolve) => setTimeout(resolve, 100));
		for (const id of ids.slice(0, 10)) {
			await axios.post(
				`${sandbox().accounts.sinch.baseUrls.api}/v1/whatsapp/groups/${id}/leave`,
				undefined,
				{ headers: { userName, authenticationToken } },
			);
		}
		const groups: IDataObject[] = await reading;
		expect(groups.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
		const looks = (await calls()).filter((call) => call === 'GET /v1/whatsapp/groups');
		expect(looks).toHaveLength(1);
	}, 30_000);
});

describe('the list of groups at WAHA', () => {
	const waha = stage('waha', 'WEBJS');

	it('is not read by pages of details', async () => {
		await searchList(waha.setup({ session: byId('default') }), 'searchGroups', 'support');
		expect(await waha.calls()).toHaveLength(1);
	});
});
