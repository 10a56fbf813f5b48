import axios from 'axios';
import { startSandbox } from '../../sandbox/sandbox';
import { runningSinch } from './client';

const stage = runningSinch();
const groups = '/v1/whatsapp/groups';
const groupCount = async () => (await stage.api().get(groups)).data.groups.length as number;
const create = (subject = 'Tea') => stage.api().post(groups, { subject });

describe('the sandbox', () => {
	it('offers every provider with its credentials below one URL', () => {
		const { accounts, url } = stage.sandbox();
		expect(Object.keys(accounts)).toEqual(['dialog360', 'meta', 'sinch', 'waha']);
		for (const { baseUrls, credentials } of Object.values(accounts)) {
			expect(Object.values(baseUrls).every((baseUrl) => baseUrl.startsWith(url))).toBe(true);
			expect(Object.values(credentials).every((value) => value.length > 0)).toBe(true);
		}
	});

	it('listens on this machine only, unless told otherwise', () => {
		expect(stage.sandbox().url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
	});

	it('cuts open connections when it closes', async () => {
		const sandbox = await startSandbox({ faults: [{ kind: 'hang' }] });
		const { baseUrls, credentials } = sandbox.accounts.sinch;
		const hanging = axios.get(baseUrls.api + groups, { headers: credentials });
		const failure = expect(hanging).rejects.toThrow();
		await new Promise((resolve) => setTimeout(resolve, 50));
		await sandbox.close();
		await failure;
		await expect(axios.get(sandbox.url)).rejects.toThrow('ECONNREFUSED');
	});

	it('refuses a port that is taken', async () => {
		const port = Number(new URL(stage.sandbox().url).port);
		await expect(startSandbox({ port })).rejects.toThrow('EADDRINUSE');
	});
});

describe('control', () => {
	it('lists what there is, the providers included', async () => {
		const index = await stage.control<{
			control: string[];
			providers: Record<string, { control: string[] }>;
		}>('get', '');
		expect(index.control).toContain('POST /control/reset');
		expect(index.providers.sinch.control).toContain('POST /control/sinch/groups/:groupId/join');
		expect(index.providers.dialog360.control).toContain(
			'POST /control/dialog360/groups/:groupId/suspend',
		);
	});

	it('answers 404 for what there is not', async () => {
		expect(await stage.tryControl('get', '/nonsense')).toMatchObject({
			status: 404,
			data: { error: expect.stringContaining('/control/nonsense') },
		});
	});

	it.each([
		['post', '/faults', { kind: 'explode' }, /^kind: /],
		['post', '/faults', { kind: 'drop', times: 0 }, /^times: /],
		['post', '/faults', { kind: 'drop', path: '(' }, /^path: must start with \//],
		['post', '/faults', { kind: 'answer' }, /^status: Required/],
		['post', '/faults', { kind: 'drop', wehn: 1 }, /wehn/],
		['post', '/faults', [{ kind: 'drop' }, {}], /^kind: Required/],
		['put', '/latency', { minMs: 5, maxMs: 1 }, /maxMs/],
		['put', '/rate-limit', { requests: 1 }, /^perSeconds: Required/],
		['get', '/requests?since=soon', undefined, /^since: /],
		['put', '/sinch/settings', { rateLimitStatus: 503 }, /^rateLimitStatus: /],
	])('refuses %s %s %j, naming the field', async (method, path, body, problem) => {
		const { status, data } = await stage.tryControl(method, path, body);
		expect({ status, error: data.error }).toEqual({
			status: 400,
			error: expect.stringMatching(problem),
		});
	});

	it('says so when a body is not JSON', async () => {
		const { status, data } = await stage
			.anonymous()
			.post(`${stage.sandbox().url}/control/faults`, '{"kind":', {
				headers: { 'Content-Type': 'application/json' },
				transformRequest: (text) => text,
			});
		expect({ status, data }).toEqual({
			status: 400,
			data: { error: expect.stringMatching(/not JSON/) },
		});
	});

	it('puts everything back on reset', async () => {
		const before = await groupCount();
		await create();
		await stage.control('post', '/faults', { kind: 'drop' });
		await stage.control('put', '/latency', { ms: 5 });
		await stage.control('put', '/rate-limit', { requests: 1, perSeconds: 60 });
		await stage.control('put', '/sinch/settings', { rateLimitStatus: 420 });
		await stage.control('post', '/reset');
		expect(await stage.journal()).toEqual([]);
		expect(await stage.control('get', '/faults')).toEqual([]);
		expect(await stage.control('get', '/latency')).toEqual({ minMs: 0, maxMs: 0 });
		expect(await stage.control('get', '/rate-limit')).toEqual({ rateLimit: null });
		expect(await stage.control('get', '/sinch/settings')).toMatchObject({ rateLimitStatus: 429 });
		expect(await groupCount()).toBe(before);
	});

	it('shows all state by provider', async () => {
		const state = await stage.control<Record<string, { groups: unknown[] }>>('get', '/state');
		expect(state.sinch.groups).toHaveLength(3);
		expect(state.dialog360.groups).toHaveLength(3);
	});
});

describe('the journal', () => {
	it('has what was sent and what was answered', async () => {
		await stage.api().post(`${groups}?a=1&b=2&b=3`, { subject: 'Tea' });
		expect(await stage.journal()).toEqual([
			expect.objectContaining({
				provider: 'sinch',
				method: 'POST',
				path: groups,
				query: { a: '1', b: ['2', '3'] },
				headers: expect.objectContaining({
					username: 'user@example.com',
					authenticationtoken: 'sandbox-sinch-token',
				}),
				body: { subject: 'Tea' },
				status: 200,
				answer: { groups: [{ id: expect.any(String), creation_time: expect.any(Number) }] },
				fault: null,
				dropped: false,
				aborted: false,
			}),
		]);
		const [{ startedAt, finishedAt }] = await stage.journal();
		expect(finishedAt).toBeGreaterThanOrEqual(startedAt);
		expect(Math.abs(Date.now() - startedAt)).toBeLessThan(5000);
	});

	it('has the body of requests that were refused before anybody read it', async () => {
		await stage.anonymous().post(stage.sandbox().accounts.sinch.baseUrls.api + groups, { a: 1 });
		expect(await stage.journal()).toMatchObject([{ status: 401, body: { a: 1 } }]);
	});

	it('has size and type of a body that is not JSON', async () => {
		await stage.api().post(groups, Buffer.alloc(70_000), {
			headers: { 'Content-Type': 'application/octet-stream' },
		});
		expect(await stage.journal()).toMatchObject([
			{ body: { bytes: 70_000, contentType: 'application/octet-stream' } },
		]);
	});

	it('can be asked for one provider, and for what came after a number', async () => {
		await stage.api().get(groups);
		await stage.api().get('/one');
		const [first, second] = await stage.journal('?provider=sinch');
		expect(await stage.journal('?provider=waha')).toEqual([]);
		expect(await stage.journal(`?since=${first.sequence}`)).toEqual([second]);
	});

	it('numbers on after it was cleared', async () => {
		await stage.api().get(groups);
		const [{ sequence }] = await stage.journal();
		await stage.control('delete', '/requests');
		await stage.api().get(groups);
		expect(await stage.journal()).toMatchObject([{ sequence: sequence + 1 }]);
	});

	it('tells a client that gave up from a connection that was cut', async () => {
		await stage.control('post', '/faults', [{ kind: 'hang' }, { kind: 'drop' }]);
		await expect(stage.api().get(groups, { timeout: 60 })).rejects.toThrow('timeout');
		await expect(stage.api().get(groups)).rejects.toThrow('socket hang up');
		expect(await stage.journal()).toMatchObject([
			{ fault: 'hang', status: null, aborted: true, dropped: false },
			{ fault: 'drop', status: null, aborted: false, dropped: true },
		]);
	});

	it('shows a request that is still being worked on', async () => {
		await stage.control('put', '/latency', { ms: 150 });
		const slow = stage.api().get(groups);
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect(await stage.journal()).toMatchObject([{ status: null, finishedAt: null }]);
		await slow;
		expect(await stage.journal()).toMatchObject([{ status: 200, finishedAt: expect.any(Number) }]);
	});
});

describe('latency', () => {
	it('delays requests to providers, but not control', async () => {
		await stage.control('put', '/latency', { ms: 120 });
		const started = Date.now();
		await stage.control('get', '/state');
		expect(Date.now() - started).toBeLessThan(100);
		await stage.api().get(groups);
		expect(Date.now() - started).toBeGreaterThanOrEqual(118);
	});
});

describe('the rate limit', () => {
	it('refuses what exceeds it, provider by provider, without doing it', async () => {
		const before = await groupCount();
		await stage.control('put', '/rate-limit', { requests: 2, perSeconds: 60 });
		const answers = [await create(), await create(), await create()];
		expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
		expect(answers[2].headers).not.toHaveProperty('retry-after');
		const { baseUrls, credentials } = stage.sandbox().accounts.dialog360;
		const other = await axios.get(`${baseUrls.api}/groups`, {
			headers: { 'D360-API-KEY': credentials.apiKey },
		});
		expect(other.status).toBe(200);
		await stage.control('delete', '/rate-limit');
		expect(await groupCount()).toBe(before + 2);
	});

	it('says when to come back, if it is to', async () => {
		await stage.control('put', '/rate-limit', {
			requests: 1,
			perSeconds: 60,
			retryAfterSeconds: 7,
		});
		await create();
		expect((await create()).headers['retry-after']).toBe('7');
	});

	it('slides: what is long enough ago does not count, nor does what was refused', async () => {
		await stage.control('put', '/rate-limit', { requests: 1, perSeconds: 0.2 });
		expect((await create()).status).toBe(200);
		expect((await create()).status).toBe(429);
		await new Promise((resolve) => setTimeout(resolve, 210));
		expect((await create()).status).toBe(200);
	});
});

describe('faults', () => {
	const order = (...rules: unknown[]) => stage.control('post', '/faults', rules);

	it.each([
		['rateLimited', 429],
		['serverError', 500],
		['unavailable', 504],
	])('%s refuses in the provider’s own words and does nothing', async (kind, status) => {
		const before = await groupCount();
		await order({ kind, retryAfterSeconds: 3 });
		expect(await create()).toMatchObject({
			status,
			data: { errorCode: status, errorMessage: expect.any(String) },
			headers: { 'retry-after': '3' },
		});
		expect(await groupCount()).toBe(before);
	});

	it('drop cuts the connection before the provider acts', async () => {
		const before = await groupCount();
		await order({ kind: 'drop' });
		await expect(create()).rejects.toThrow('socket hang up');
		expect(await groupCount()).toBe(before);
	});

	it('dropAfter cuts it after the provider acted', async () => {
		const before = await groupCount();
		await order({ kind: 'dropAfter' });
		await expect(create()).rejects.toThrow('socket hang up');
		expect(await groupCount()).toBe(before + 1);
	});

	it('truncate acts and cuts the answer in the middle', async () => {
		const before = await groupCount();
		await order({ kind: 'truncate' });
		await expect(create()).rejects.toThrow('aborted');
		expect(await groupCount()).toBe(before + 1);
	});

	it('notJson answers with a web page and does nothing', async () => {
		const before = await groupCount();
		await order({ kind: 'notJson', status: 503 });
		expect(await create()).toMatchObject({
			status: 503,
			headers: { 'content-type': expect.stringContaining('text/html') },
			data: expect.stringContaining('<html>'),
		});
		expect(await groupCount()).toBe(before);
	});

	it('empty answers with no body, after acting if it is to', async () => {
		const before = await groupCount();
		await order({ kind: 'empty' });
		expect(await create()).toMatchObject({ status: 200, data: '' });
		expect(await groupCount()).toBe(before);
		await order({ kind: 'empty', acts: true });
		expect(await create()).toMatchObject({ status: 200, data: '' });
		expect(await groupCount()).toBe(before + 1);
	});

	it('answer says whatever it is told to', async () => {
		await order({ kind: 'answer', status: 418, headers: { 'X-Tea': 'green' }, body: ['no'] });
		expect(await create()).toMatchObject({
			status: 418,
			headers: { 'x-tea': 'green' },
			data: ['no'],
		});
	});

	it('go to the requests they name, after as many as they let through, as often as they say', async () => {
		await order({
			kind: 'serverError',
			provider: 'sinch',
			method: 'post',
			path: '/v1/whatsapp/groups',
			after: 1,
			times: 2,
		});
		const statuses: number[] = [];
		for (let turn = 0; turn < 4; turn += 1) {
			statuses.push((await stage.api().get(groups)).status, (await create()).status);
		}
		expect(statuses).toEqual([200, 200, 200, 500, 200, 500, 200, 200]);
		expect(await stage.control('get', '/faults')).toMatchObject([{ matched: 4, used: 2 }]);
	});

	it('find paths by regular expression too, written with or without percent signs', async () => {
		await order({ kind: 'serverError', path: 'a@b$', times: 'always' });
		expect((await stage.api().get('/x/a%40b')).status).toBe(500);
		expect((await stage.api().get('/x/a@b')).status).toBe(500);
		expect((await stage.api().get('/x/a@b/c')).status).toBe(404);
	});

	it('stay away from other providers, and go when they are cleared', async () => {
		await order({ kind: 'serverError', provider: 'waha', times: 'always' });
		expect((await create()).status).toBe(200);
		await order({ kind: 'serverError', times: 'always' });
		expect((await create()).status).toBe(500);
		await stage.control('delete', '/faults');
		expect((await create()).status).toBe(200);
	});
});

describe('the media host', () => {
	const icon = `${groups}/5519900000000-1513616971/icon`;

	it('is another origin than the API and shows who sends credentials there', async () => {
		const { data: url } = (await stage.api().get(icon)).data as { data: string };
		expect(new URL(url).origin).toBe(stage.sandbox().cdnUrl);
		expect(new URL(url).origin).not.toBe(stage.sandbox().url);
		await stage.api().get(url);
		await stage.anonymous().get(url);
		const [careless, careful] = await stage.journal('?provider=cdn');
		expect(careless).toMatchObject({ headers: { authenticationtoken: expect.any(String) } });
		expect(careful.headers).not.toHaveProperty('authenticationtoken');
		expect(careful).toMatchObject({ status: 200, answer: { contentType: 'image/jpeg' } });
	});

	it('answers 404 for what nobody uploaded', async () => {
		const { status } = await stage.anonymous().get(`${stage.sandbox().cdnUrl}/nothing.jpeg`);
		expect(status).toBe(404);
	});

	it('misbehaves as ordered, too', async () => {
		await stage.control('post', '/faults', { kind: 'serverError', provider: 'cdn' });
		const { status } = await stage.anonymous().get(`${stage.sandbox().cdnUrl}/nothing.jpeg`);
		expect(status).toBe(500);
	});
});
