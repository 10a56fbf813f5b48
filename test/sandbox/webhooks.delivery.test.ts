import { pause, receiving } from './receiver';

const group = '/sinch/groups/5519900000000-1513616971';
const message = { phone: '5519911112222', text: 'Hi' };

describe('deliveries', () => {
	const on = receiving();
	const hook = async (path = '') =>
		await on.control('put', '/sinch/webhooks', { messagesUrl: `${on.url()}${path}` });

	it('are tried again with each provider’s own idea of success', async () => {
		await hook();
		await on.control('put', '/webhooks', { retryDelayMs: 10, patienceMs: 5000 });
		on.answers.push({ status: 204 }, { status: 302, headers: { Location: '/elsewhere' } });
		await on.control('post', `${group}/message`, message);
		await on.arrived(3);
		expect((await on.attempts()).map(({ status, problem }) => [status, problem])).toEqual([
			[204, 'Answered 204'],
			[302, 'Answered 302'],
			[200, null],
		]);
	});

	it('count as failed when the answer is late, and are tried again', async () => {
		await hook();
		await on.control('put', '/webhooks', { retryDelayMs: 10 });
		on.answers.push({ status: 200, afterMs: 300 });
		await on.control('post', `${group}/message`, message);
		await on.arrived(2);
		const [late, second] = await on.attempts();
		expect(late).toMatchObject({
			attempt: 1,
			status: 200,
			problem: expect.stringMatching(/^Answered after \d+ ms, which is later than 200 ms$/),
		});
		expect(second).toMatchObject({ attempt: 2, id: late.id });
	});

	it('end with the last attempt', async () => {
		await hook();
		await on.control('put', '/webhooks', { retryDelayMs: 5, maxAttempts: 3, patienceMs: 5000 });
		on.answers.push(...Array.from({ length: 9 }, () => ({ status: 500 })));
		await on.control('post', `${group}/message`, message);
		await on.arrived(3);
	});

	it('are held back while paused', async () => {
		await hook();
		await on.control('put', '/webhooks', { paused: true });
		await on.control('post', `${group}/message`, message);
		await pause(80);
		expect(on.received).toHaveLength(0);
		expect(await on.control('get', '/webhooks')).toMatchObject({ paused: true, waiting: 1 });
		await on.control('put', '/webhooks', { paused: false });
		await on.arrived(1);
	});

	it('are forgotten with a reset, also those still to be tried again', async () => {
		await hook();
		await on.control('put', '/webhooks', { retryDelayMs: 300 });
		on.answers.push({ status: 500 });
		await on.control('post', `${group}/message`, message);
		await on.arrived(1);
		await on.control('post', '/reset');
		await pause(400);
		expect(on.received).toHaveLength(1);
		expect(await on.attempts()).toEqual([]);
	});

	it('can be replayed: some or all, repeated, in another order', async () => {
		await hook();
		for (const text of ['1', '2', '3']) {
			await on.control('post', `${group}/message`, { ...message, text });
			await on.arrived(Number(text));
		}
		const text = ({ body }: { body: any }) => body.data[0].message.messageText; // eslint-disable-line @typescript-eslint/no-explicit-any -- parsed JSON
		const [, { id }] = await on.attempts();
		on.received.length = 0;
		await on.control('post', '/webhooks/replay', { ids: [id], times: 2 });
		expect((await on.arrived(2)).map(text)).toEqual(['2', '2']);
		on.received.length = 0;
		await on.control('post', '/webhooks/replay', { order: 'reversed' });
		expect((await on.arrived(3)).map(text)).toEqual(['3', '2', '1']);
		on.received.length = 0;
		await on.control('post', '/webhooks/replay', { order: 'shuffled', times: 2, connections: 3 });
		expect((await on.arrived(6)).map(text).sort()).toEqual(['1', '1', '2', '2', '3', '3']);
		await on.control('delete', '/webhooks/deliveries');
		expect(await on.control('post', '/webhooks/replay', {})).toEqual([]);
		await expect(on.control('post', '/webhooks/replay', { ids: [id] })).rejects.toThrow('404');
	});

	it('can be any bytes with any headers', async () => {
		await hook();
		const order = { provider: 'sinch', headers: { 'Content-Type': 'text/plain' } };
		await on.control('post', '/webhooks/send', { ...order, raw: '{"__proto__":1e999' });
		await on.control('post', '/webhooks/send', { ...order, rawBase64: '//79' });
		const [text, bytes] = await on.arrived(2);
		expect(text.raw.toString()).toBe('{"__proto__":1e999');
		expect(text.headers['content-type']).toBe('text/plain');
		expect([...bytes.raw]).toEqual([0xff, 0xfe, 0xfd]);
		await expect(on.control('post', '/webhooks/send', order)).rejects.toThrow('400');
		await expect(on.control('post', '/webhooks/send', { provider: 'nobody' })).rejects.toThrow(
			'404',
		);
	});

	it('are listed by provider and by id', async () => {
		await hook();
		await on.control('post', `${group}/message`, message);
		await on.arrived(1);
		const [{ id }] = await on.attempts('?provider=sinch');
		expect(await on.attempts(`?id=${id}`)).toHaveLength(1);
		expect(await on.attempts('?provider=waha')).toEqual([]);
		const { control } = await on.control<{ control: string[] }>('get', '');
		expect(control).toContain('POST /control/webhooks/replay');
	});
});

describe('targets', () => {
	const on = receiving({ webhookHosts: ['hooks.invalid'] });
	const deliver = async (url: string) => {
		const [attempt] = await on.control('post', '/webhooks/send', {
			provider: 'sinch',
			url,
			body: {},
		});
		return attempt.problem as string;
	};

	it.each([
		'http://example.com/',
		'http://192.168.0.1/',
		'http://localhost.example.com/',
		'http://127.0.0.1.example.com/',
		'http://user:127.0.0.1@example.com/',
		'http://[2001:db8::1]/',
		'http://0.0.0.0/',
	])('outside this machine are refused and written down: %s', async (url) => {
		expect(await deliver(url)).toContain('to this machine only');
	});

	it('are refused without http', async () => {
		expect(await deliver('ftp://127.0.0.1/')).toContain('http and https only');
	});

	it('are allowed on this machine, and where the start named the host', async () => {
		const { port } = new URL(on.url());
		expect(await deliver(`http://127.1:${port}/`)).toBeNull();
		expect(await deliver('http://hooks.invalid/')).toMatch(/ENOTFOUND|EAI_AGAIN/);
	});

	it('that are refused are tried once only', async () => {
		await on.control('put', '/sinch/webhooks', { messagesUrl: 'https://example.com/' });
		await on.control('put', '/webhooks', { retryDelayMs: 0 });
		await on.control('post', `${group}/message`, message);
		await pause(80);
		expect(await on.attempts()).toHaveLength(1);
	});
});
