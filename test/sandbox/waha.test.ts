import axios from 'axios';
import type { AxiosInstance } from 'axios';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox';
import { SAMPLE } from '../../sandbox/waha';

const { groups, phones, lids, inviteCodes } = SAMPLE;
const ENGINES = ['WEBJS', 'NOWEB', 'GOWS'] as const;
type Engine = (typeof ENGINES)[number];

const anyStatus = { validateStatus: () => true };

let sandbox: Sandbox;
let waha: Record<Engine, AxiosInstance>;
let control: AxiosInstance;

beforeAll(async () => {
	sandbox = await startSandbox();
	const { baseUrls, credentials } = sandbox.accounts.waha;
	const client = (engine: Engine) =>
		axios.create({
			...anyStatus,
			baseURL: baseUrls[engine],
			headers: { 'X-Api-Key': credentials.apiKey },
		});
	waha = { WEBJS: client('WEBJS'), NOWEB: client('NOWEB'), GOWS: client('GOWS') };
	control = axios.create({ ...anyStatus, baseURL: `${sandbox.url}/control` });
});
afterAll(() => sandbox.close());
beforeEach(async () => {
	await control.post('/reset');
	for (const engine of ENGINES) await arrange(engine, 'timings', { startingMs: 30, waitMs: 60 });
});

const arrange = (engine: Engine, path: string, body: unknown) =>
	control.post(`/waha/${engine.toLowerCase()}/${path}`, body);

const team = `/api/default/groups/${encodeURIComponent(groups.team)}`;
const neighbours = `/api/default/groups/${encodeURIComponent(groups.neighbours)}`;
const bookClub = `/api/default/groups/${encodeURIComponent(groups.bookClub)}`;

describe('who may call', () => {
	it('answers 401 without a key and with a wrong one', async () => {
		const keyless = await axios.get(
			`${sandbox.accounts.waha.baseUrls.NOWEB}/api/sessions`,
			anyStatus,
		);
		const wrong = await waha.NOWEB.get('/api/sessions', { headers: { 'X-Api-Key': 'wrong' } });
		for (const answer of [keyless, wrong]) {
			expect(answer.status).toBe(401);
			expect(answer.data).toEqual({ message: 'Unauthorized', statusCode: 401 });
		}
	});

	it('takes the key from the query as well', async () => {
		const url = `${sandbox.accounts.waha.baseUrls.GOWS}/api/sessions?x-api-key=${SAMPLE.apiKey}`;
		expect((await axios.get(url, anyStatus)).status).toBe(200);
	});

	it('lets everybody in when it was started without a key', async () => {
		await arrange('NOWEB', 'key', { required: false });
		const { NOWEB, GOWS } = sandbox.accounts.waha.baseUrls;
		expect((await axios.get(`${NOWEB}/api/sessions`, anyStatus)).status).toBe(200);
		expect((await axios.get(`${GOWS}/api/sessions`, anyStatus)).status).toBe(401);
	});

	it('answers ping without a key, health and version only with one', async () => {
		const bare = axios.create({ ...anyStatus, baseURL: sandbox.accounts.waha.baseUrls.WEBJS });
		expect((await bare.get('/ping')).data).toEqual({ message: 'pong' });
		expect((await bare.get('/health')).status).toBe(401);
		expect((await waha.WEBJS.get('/health')).data.status).toBe('ok');
		for (const path of ['/api/version', '/api/server/version']) {
			expect((await waha.WEBJS.get(path)).data).toMatchObject({
				version: '2026.8.2',
				engine: 'WEBJS',
				tier: 'CORE',
			});
		}
	});

	it('answers an unknown path with 404 and the path', async () => {
		const answer = await waha.GOWS.get('/api/nothing/here');
		expect(answer.status).toBe(404);
		expect(answer.data).toEqual({
			message: 'Cannot GET /api/nothing/here',
			error: 'Not Found',
			statusCode: 404,
		});
	});
});

describe('sessions', () => {
	it('lists those that run, and the stopped ones when all are asked for', async () => {
		const names = async (query: string) =>
			(await waha.NOWEB.get(`/api/sessions${query}`)).data.map((one: { name: string }) => one.name);
		expect(await names('')).toEqual(['default', 'sales', 'scan']);
		expect(await names('?all=true')).toEqual(['default', 'sales', 'scan', 'stopped']);
		expect((await waha.NOWEB.get('/api/sessions?all=maybe')).data.message).toEqual([
			'all must be a boolean value',
		]);
	});

	it('shows account and config of a session, 404 for one that is not there', async () => {
		const { data } = await waha.GOWS.get('/api/sessions/default');
		expect(data).toMatchObject({
			name: 'default',
			status: 'WORKING',
			config: { metadata: { 'user.id': '123' } },
			me: { id: `${phones.self}@c.us`, lid: `${lids.self}@lid`, pushName: 'Sandbox' },
			engine: { engine: 'GOWS' },
		});
		const missing = await waha.GOWS.get('/api/sessions/nope');
		expect(missing.status).toBe(404);
		expect(missing.data.message).toBe('Session not found');
	});

	it('replaces the whole config on PUT and restarts the session', async () => {
		const webhooks = [{ url: 'https://n8n.example/hook', events: ['group.v2.join'] }];
		const put = await waha.NOWEB.put('/api/sessions/default', { config: { webhooks } });
		expect(put.status).toBe(200);
		expect(put.data.status).toBe('STARTING');
		expect(put.data.config).toEqual({ webhooks });
		// A request in the meantime waits for the session instead of failing.
		await arrange('NOWEB', 'timings', { waitMs: 2000 });
		expect((await waha.NOWEB.get('/api/default/groups/count')).data).toEqual({ count: 3 });
		expect((await waha.NOWEB.get('/api/sessions/default')).data.status).toBe('WORKING');
	});

	it('keeps a stopped session stopped on PUT and forgets a config that is not sent', async () => {
		const put = await waha.NOWEB.put('/api/sessions/stopped', { config: { debug: true } });
		expect(put.data).toMatchObject({ status: 'STOPPED', config: { debug: true } });
		expect((await waha.NOWEB.put('/api/sessions/stopped', {})).data.config).toBeUndefined();
	});

	it('takes back the config that it gave, nulls included', async () => {
		const { config } = (await waha.WEBJS.get('/api/sessions/default')).data;
		const put = await waha.WEBJS.put('/api/sessions/default', { config });
		expect(put.status).toBe(200);
		expect(put.data.config).toEqual(config);
	});

	it('names every fault of a config and changes nothing', async () => {
		const { status, data } = await waha.NOWEB.put('/api/sessions/default', {
			config: {
				debug: 'yes',
				webhooks: [
					{
						url: 'not a url',
						events: ['group.v2.join', 'no.such.event'],
						hmac: { key: 5 },
						retries: { policy: 'never' },
						customHeaders: {},
					},
				],
			},
		});
		expect(status).toBe(400);
		expect(data.error).toBe('Bad Request');
		expect(data.message).toEqual(
			expect.arrayContaining([
				'config.debug must be a boolean value',
				'config.webhooks.0.url must be a URL address',
				expect.stringContaining('config.webhooks.0.each value in events must be one of'),
				'config.webhooks.0.hmac.key must be a string',
				'config.webhooks.0.retries.policy must be one of the following values: linear, exponential, constant',
				'config.webhooks.0.customHeaders must be an array',
			]),
		);
		expect((await waha.NOWEB.get('/api/sessions/default')).data.status).toBe('WORKING');
	});

	it('knows the join-request event from 2026.8.2 on', async () => {
		const events = ['group.v2.participants.join-request'];
		const put = () =>
			waha.GOWS.put('/api/sessions/sales', {
				config: { webhooks: [{ url: 'http://localhost/x', events }] },
			});
		expect((await put()).status).toBe(200);
		await arrange('GOWS', 'release', { release: '2026.7.1' });
		expect((await put()).status).toBe(400);
	});

	it('stops, starts and restarts with 201', async () => {
		const act = (action: string) => waha.NOWEB.post(`/api/sessions/sales/${action}`);
		const stop = await act('stop');
		expect([stop.status, stop.data.status]).toEqual([201, 'STOPPED']);
		expect((await act('start')).data.status).toBe('STARTING');
		expect((await act('restart')).data.status).toBe('STARTING');
		expect((await waha.NOWEB.post('/api/sessions/nope/start')).status).toBe(404);
	});

	it('answers 422 for a session that is not working, naming its status', async () => {
		for (const [session, status] of [
			['scan', 'SCAN_QR_CODE'],
			['stopped', 'STOPPED'],
		]) {
			const answer = await waha.WEBJS.get(`/api/${session}/groups`);
			expect(answer.status).toBe(422);
			expect(answer.data).toMatchObject({ session, status, expected: ['WORKING'] });
		}
	});

	it('answers 422 for a session that does not exist', async () => {
		const answer = await waha.WEBJS.post('/api/sendText', {
			session: 'nope',
			chatId: groups.team,
			text: 'Hi',
		});
		expect(answer.status).toBe(422);
		expect(answer.data).toEqual({ error: 'Session "nope" does not exist', session: 'nope' });
	});
});

describe('the list of groups', () => {
	it('is paged and sorted', async () => {
		const subjects = async (query: string) =>
			(await waha.GOWS.get(`/api/default/groups?${query}`)).data.map(
				(group: { Name: string }) => group.Name,
			);
		expect(await subjects('sortBy=subject')).toEqual([
			'Book Club',
			'Neighbourhood Watch',
			'Support Team',
		]);
		expect(await subjects('sortBy=subject&sortOrder=desc&limit=1&offset=1')).toEqual([
			'Neighbourhood Watch',
		]);
	});

	it('refuses a query that makes no sense', async () => {
		const { status, data } = await waha.NOWEB.get(
			'/api/default/groups?limit=many&sortBy=size&sortOrder=up&exclude=subject',
		);
		expect(status).toBe(400);
		expect(data.message).toEqual([
			'limit must be a number conforming to the specified constraints',
			'sortBy must be one of the following values: id, subject',
			'sortOrder must be one of the following values: desc, asc',
			'each value in exclude must be one of the following values: , participants',
		]);
	});

	it('holds only the groups of the session', async () => {
		expect(Object.keys((await waha.NOWEB.get('/api/default/groups')).data).sort()).toEqual(
			[groups.team, groups.neighbours, groups.bookClub].sort(),
		);
		expect(Object.keys((await waha.NOWEB.get('/api/sales/groups')).data).sort()).toEqual(
			[groups.neighbours, groups.salesFloor].sort(),
		);
	});
});

describe.each(ENGINES)('a group on %s', (engine) => {
	const api = () => waha[engine];

	it('does not exist under any other id: HTTP 500 with exception, request and version', async () => {
		const { status, data } = await api().get('/api/default/groups/120363999999999999%40g.us');
		expect(status).toBe(500);
		expect(data).toMatchObject({
			statusCode: 500,
			exception: { message: expect.any(String), name: 'Error', stack: expect.any(String) },
			request: { method: 'GET', body: {}, query: {} },
			version: { version: '2026.8.2', engine, tier: 'CORE' },
		});
	});

	it('refuses a create request with the wrong types', async () => {
		const { status, data } = await api().post('/api/default/groups', { participants: 'all' });
		expect(status).toBe(400);
		expect(data).toEqual({
			message: ['name must be a string', 'participants must be an array'],
			error: 'Bad Request',
			statusCode: 400,
		});
	});

	it('answers what is no JSON with 400', async () => {
		const { status } = await api().post('/api/default/groups', '{"name":', {
			headers: { 'Content-Type': 'application/json' },
		});
		expect(status).toBe(400);
	});

	it('changes subject and description', async () => {
		await api().put(`${team}/subject`, { subject: 'New name' });
		const removed = await api().put(`${team}/description`, { description: '' });
		if (engine === 'GOWS') {
			expect(removed.status).toBe(400);
			await control.post('/waha/gows/release', { release: '2026.7.1' });
			await api().put(`${team}/description`, { description: '' });
		} else expect(removed.status).toBe(200);
		const { data } = await control.get(`/waha/${engine.toLowerCase()}/state`);
		const found = data.groups.find(({ id }: { id: string }) => id === groups.team);
		expect(found).toMatchObject({ subject: 'New name', description: '' });
		expect((await api().put(`${team}/subject`, { subject: 7 })).data.message).toEqual([
			'subject must be a string',
		]);
	});

	it('reads back each setting that was changed', async () => {
		for (const [path, field] of [
			['info-admin-only', 'adminsOnly'],
			['messages-admin-only', 'adminsOnly'],
			['member-add-mode', 'membersCanAddNewMember'],
			['membership-approval', 'newMembersApprovalRequired'],
		]) {
			const url = `${team}/settings/security/${path}`;
			expect((await api().get(url)).data).toEqual({ [field]: false });
			const changed = await api().put(url, { [field]: true });
			const saysTrue = engine === 'WEBJS' || path === 'membership-approval';
			expect([changed.status, changed.data]).toEqual([200, saysTrue ? true : '']);
			expect((await api().get(url)).data).toEqual({ [field]: true });
			const wrong = await api().put(url, { [field]: 'true' });
			expect(wrong.data.message).toEqual([`${field} must be a boolean value`]);
		}
	});

	it('has the endpoints of its release only', async () => {
		const status = async (path: string) => (await api().get(`${team}/${path}`)).status;
		await arrange(engine, 'release', { release: '2026.7.1' });
		expect(await status('settings/security/member-add-mode')).toBe(404);
		expect(await status('participants/join-requests')).toBe(404);
		await arrange(engine, 'release', { release: '2026.7.2' });
		expect(await status('settings/security/member-add-mode')).toBe(200);
		expect(await status('settings/security/membership-approval')).toBe(404);
		expect(await status('participants/v2')).toBe(200);
		await arrange(engine, 'release', { release: '2025.10.1' });
		expect(await status('participants/v2')).toBe(404);
		const below = async (path: string) => (await api().get(`/api/default/${path}`)).status;
		expect(await below('lids/count')).toBe(200);
		await arrange(engine, 'release', { release: '2025.5.3' });
		expect(await below('lids/count')).toBe(404);
		// What it does not know it takes for the ID of a group.
		await arrange(engine, 'release', { release: '2025.2.8' });
		expect(await below('groups/count')).toBe(500);
		await arrange(engine, 'release', { release: '2024.12.2' });
		expect(await below(`groups/join-info?code=${inviteCodes.team}`)).toBe(500);
		for (const action of ['join', 'refresh']) {
			const { status: answered } = await api().post(`/api/default/groups/${action}`, {});
			expect(answered).toBe(404);
		}
		const { data } = await api().get('/api/default/groups?exclude=participants');
		expect(JSON.stringify(data)).toMatch(/"participants":\[|"Participants":\[/);
	});

	it('answers 200 to POSTs that create nothing, 201 to every POST before 2026.7.1', async () => {
		const refresh = async () => (await api().post('/api/default/groups/refresh')).status;
		const create = async () =>
			(await api().post('/api/default/groups', { name: 'X', participants: [] })).status;
		expect([await create(), await refresh()]).toEqual([201, 200]);
		await arrange(engine, 'release', { release: 'older' });
		expect([await create(), await refresh()]).toEqual([201, 201]);
	});

	it('can be left, after which it is neither listed nor written to', async () => {
		const left = await api().post(`${team}/leave`);
		expect([left.status, left.data]).toEqual([200, '']);
		expect((await api().get('/api/default/groups/count')).data).toEqual({ count: 2 });
		expect((await api().get(team)).status).toBe(500);
		const sent = await api().post('/api/sendText', {
			session: 'default',
			chatId: groups.team,
			text: 'Still there?',
		});
		expect(sent.status).toBe(500);
	});

	it('gives a new invite code on revoking; the old one no longer works', async () => {
		const code = (text: string) => text.split('/').pop();
		const before = (await api().get(`${team}/invite-code`)).data;
		expect(code(before)).toBe(inviteCodes.team);
		const after = (await api().post(`${team}/invite-code/revoke`)).data;
		expect(code(after)).not.toBe(inviteCodes.team);
		const info = (text: string) =>
			api().get('/api/sales/groups/join-info', { params: { code: text } });
		expect((await info(before)).status).toBe(500);
		expect((await info(after)).status).toBe(200);
	});

	it('can be joined by code and by link, and waits for approval where that is set', async () => {
		const join = (code: string) => api().post('/api/sales/groups/join', { code });
		expect((await join(inviteCodes.team)).data).toEqual({ id: groups.team });
		expect((await api().get(`${team.replace('default', 'sales')}/participants/v2`)).status).toBe(
			200,
		);
		const asked = await join(`https://chat.whatsapp.com/${inviteCodes.bookClub}`);
		// The request is made, whatever the engine makes of WhatsApp's answer (providers.md §3.12).
		expect([asked.status, asked.data.exception?.name ?? asked.data]).toEqual(
			{
				WEBJS: [500, 'UnexpectedJoinGroupViaInviteResponse'],
				NOWEB: [200, {}],
				GOWS: [200, { id: groups.bookClub }],
			}[engine],
		);
		const requests = (await api().get(`${bookClub}/participants/join-requests`)).data;
		expect(requests.at(-1)).toMatchObject({ requesterId: `${lids.sales}@lid` });
		const again = await join(inviteCodes.team);
		expect([again.status, again.data.exception.message.split('\n')[0]]).toEqual([
			500,
			expect.stringMatching(/conflict$/),
		]);
		expect((await join('NoSuchCode')).status).toBe(500);
		expect((await api().post('/api/sales/groups/join', {})).data.message).toEqual([
			'code must be a string',
		]);
	});

	it('lists members by lid or phone with the number where it is known', async () => {
		const { data } = await api().get(`${team}/participants/v2`);
		const byId = new Map(data.map((member: { id: string }) => [member.id, member]));
		const known = `${phones.ada}@c.us`;
		expect(byId.get(`${lids.ada}@lid`)).toEqual({
			id: `${lids.ada}@lid`,
			pn: engine === 'WEBJS' ? null : known,
			role: 'admin',
		});
		expect(byId.get(`${lids.cleo}@lid`)).toEqual({
			id: `${lids.cleo}@lid`,
			...{ WEBJS: { pn: null }, NOWEB: {}, GOWS: { pn: '' } }[engine],
			role: 'participant',
		});
		expect(byId.get(`${phones.ben}@c.us`)).toEqual({
			id: `${phones.ben}@c.us`,
			...(engine !== 'NOWEB' && { pn: `${phones.ben}@c.us` }),
			role: 'participant',
		});
	});

	it('finds members by the ID under which it lists them, and by no other', async () => {
		const act = async (path: string, id: string) =>
			(await api().post(`${team}/${path}`, { participants: [{ id }] })).data;
		const byNumber = await act('participants/remove', `${phones.dan}@c.us`);
		// WEBJS passes over whom it does not find without a word.
		expect(JSON.stringify(byNumber)).toContain(engine === 'WEBJS' ? '200' : '404');
		const members = async () => (await api().get(`${team}/participants/v2`)).data.length;
		expect(await members()).toBe(5);
		await act('participants/remove', `${lids.dan}@lid`);
		await act('participants/remove', `${phones.ben}@c.us`);
		expect(await members()).toBe(3);
	});

	it('never lets a malformed participant through', async () => {
		for (const id of [phones.grace, `+${phones.grace}@c.us`, 'Grace', undefined]) {
			const add = await api().post(`${team}/participants/add`, { participants: [{ id }] });
			expect(add.status).toBe(500);
		}
		const plain = await api().post(`${team}/participants/add`, { participants: [phones.grace] });
		expect(plain.status).toBe(500);
		expect((await api().post(`${team}/participants/add`, {})).data.message).toEqual([
			'participants must be an array',
		]);
	});

	it('approves and rejects join requests one by one', async () => {
		const url = `${bookClub}/participants/join-requests`;
		expect((await api().get(url)).data).toEqual([
			{
				requesterId: `${lids.ivy}@lid`,
				...(engine === 'NOWEB' && { requesterPn: `${phones.ivy}@c.us` }),
				addedById: null,
				parentGroupId: null,
				requestMethod: engine === 'GOWS' ? null : 'invite_link',
				timestamp: expect.any(Number),
			},
			expect.objectContaining({ requesterId: `${lids.jon}@lid` }),
		]);
		const approved = await api().post(`${url}/approve`, {
			participants: [{ id: `${lids.ivy}@lid` }, { id: `${phones.grace}@c.us` }],
		});
		expect(approved.data).toEqual([
			{ requesterId: `${lids.ivy}@lid`, success: true },
			{ requesterId: `${phones.grace}@c.us`, success: false, error: 404 },
		]);
		await api().post(`${url}/reject`, { participants: [{ id: `${lids.jon}@lid` }] });
		expect((await api().get(url)).data).toEqual([]);
		expect((await api().get(`${bookClub}/participants/v2`)).data).toHaveLength(2);
	});
});

describe('a picture', () => {
	const url = async (refresh = '') =>
		(await waha.NOWEB.get(`${team}/picture${refresh}`)).data.url as string | null;

	it('is a link on another host, which wants no key', async () => {
		const link = await url();
		expect(link).toContain(sandbox.cdnUrl);
		const file = await axios.get<ArrayBuffer>(link ?? '', { responseType: 'arraybuffer' });
		expect(file.headers['content-type']).toContain('image/jpeg');
		expect((await waha.NOWEB.get(`${bookClub}/picture`)).data).toEqual({ url: null });
	});

	it('is set from base64 and from a URL, and taken away', async () => {
		const link = await url();
		const image = await axios.get<ArrayBuffer>(link ?? '', { responseType: 'arraybuffer' });
		const data = Buffer.from(image.data).toString('base64');
		const set = (file: unknown) => waha.NOWEB.put(`${bookClub}/picture`, { file });
		expect((await set({ data, mimetype: 'image/jpeg' })).data).toEqual({ success: true });
		expect((await set({ url: link, mimetype: 'image/jpeg' })).data).toEqual({ success: true });
		expect((await waha.NOWEB.delete(`${bookClub}/picture`)).data).toEqual({ success: true });
		expect((await waha.NOWEB.get(`${bookClub}/picture`)).data).toEqual({ url: null });
	});

	it('must be an image of the type it says, in a file with a type', async () => {
		const set = (file: unknown) => waha.NOWEB.put(`${team}/picture`, { file });
		const text = Buffer.from('not an image').toString('base64');
		const link = await url();
		expect((await set({ data: text, mimetype: 'image/jpeg' })).status).toBe(500);
		expect((await set({ data: '***', mimetype: 'image/jpeg' })).status).toBe(500);
		expect((await set({ url: link, mimetype: 'image/png' })).status).toBe(500);
		expect((await set({ url: 'http://127.0.0.1:1/x', mimetype: 'image/png' })).status).toBe(500);
		expect((await set({ url: link })).data.message).toEqual(['file.mimetype must be a string']);
		expect((await set({ mimetype: 'image/png' })).status).toBe(400);
		expect((await waha.NOWEB.put(`${team}/picture`, {})).data.message).toEqual([
			'nested property file must be either object or array',
		]);
	});

	it('is remembered for a day unless a refresh is asked for', async () => {
		const street = '/api/sales/groups/' + encodeURIComponent(groups.neighbours);
		expect((await waha.NOWEB.get(`${neighbours}/picture`)).data.url).toBeNull();
		const file = { url: await url(), mimetype: 'image/jpeg' };
		expect((await waha.NOWEB.put(`${street}/picture`, { file })).data).toEqual({ success: true });
		expect((await waha.NOWEB.get(`${neighbours}/picture`)).data.url).toBeNull();
		expect((await waha.NOWEB.get(`${neighbours}/picture?refresh=true`)).data.url).toContain('http');
	});
});

describe('contacts', () => {
	it('pairs lids with phones where both are known', async () => {
		const all = (await waha.GOWS.get('/api/default/lids')).data;
		expect(all).toContainEqual({ lid: `${lids.ada}@lid`, pn: `${phones.ada}@c.us` });
		expect(JSON.stringify(all)).not.toContain(lids.cleo);
		expect((await waha.GOWS.get('/api/default/lids?limit=2&offset=1')).data).toEqual(
			all.slice(1, 3),
		);
		expect((await waha.GOWS.get('/api/default/lids/count')).data).toEqual({ count: all.length });
	});

	it('gives null for what it does not know', async () => {
		const get = async (path: string) => (await waha.GOWS.get(`/api/default/lids/${path}`)).data;
		expect(await get(`${lids.ada}%40lid`)).toEqual({
			lid: `${lids.ada}@lid`,
			pn: `${phones.ada}@c.us`,
		});
		expect(await get(`${lids.cleo}@lid`)).toEqual({ lid: `${lids.cleo}@lid`, pn: null });
		expect(await get(`pn/${phones.ada}`)).toEqual({
			lid: `${lids.ada}@lid`,
			pn: `${phones.ada}@c.us`,
		});
		expect(await get(`pn/${phones.ben}@c.us`)).toEqual({ lid: null, pn: `${phones.ben}@c.us` });
	});

	it('looks nothing up on NOWEB without its store', async () => {
		await control.post('/waha/noweb/store', { enabled: false });
		for (const path of ['', '/count', '/pn/1', '/1@lid']) {
			const { status, data } = await waha.NOWEB.get(`/api/default/lids${path}`);
			expect([status, data.message]).toEqual([400, expect.stringMatching(/^Enable NOWEB store/)]);
		}
		const other = await control.post('/waha/gows/store', { enabled: false }, anyStatus);
		expect(other.status).toBe(409);
	});

	it('says whether a number is on WhatsApp', async () => {
		const check = async (phone: string) =>
			(
				await waha.NOWEB.get('/api/contacts/check-exists', {
					params: { phone, session: 'default' },
				})
			).data;
		expect(await check(`+${phones.grace}`)).toEqual({
			numberExists: true,
			chatId: `${phones.grace}@c.us`,
		});
		expect(await check(phones.nobody)).toEqual({ numberExists: false });
		const bare = await waha.NOWEB.get('/api/contacts/check-exists');
		expect(bare.data.message).toEqual(['phone must be a string', 'session must be a string']);
	});
});

describe('when WhatsApp has had enough', () => {
	it('says rate-overlimit with HTTP 500, as WAHA has no 429', async () => {
		await control.post('/faults', { kind: 'rateLimited', provider: 'waha' });
		const { status, data } = await waha.NOWEB.get('/api/default/groups');
		expect(status).toBe(500);
		expect(data.exception.message).toBe('rate-overlimit');
		expect((await waha.NOWEB.get('/api/default/groups')).status).toBe(200);
	});

	it('can sit behind a proxy that does answer 429', async () => {
		const headers = { 'Retry-After': '1' };
		await control.post('/faults', { kind: 'answer', provider: 'waha', status: 429, headers });
		expect((await waha.NOWEB.get('/api/default/groups')).status).toBe(429);
	});
});
