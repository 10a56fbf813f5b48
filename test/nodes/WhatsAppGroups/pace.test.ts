import axios from 'axios';
import type { RateLimit } from '../../../sandbox/middleware/rateLimit';
import { startSandbox } from '../../../sandbox/sandbox';
import type { Sandbox } from '../../../sandbox/sandbox';
import { runNode } from '../../support/n8n';
import { byId, credentialNames, stage } from '../../support/sandbox';
import type { SeenRequest } from '../../support/sandbox';

/** Creates groups at a 360dialog of its own that takes no more than the limit allows. */
async function createUnder(rateLimit: RateLimit, concurrency: number, count: number) {
	const sandbox = await startSandbox({ rateLimit });
	try {
		const outputs = await runNode({
			parameters: {
				provider: 'dialog360',
				resource: 'group',
				operation: 'create',
				subject: '={{ $json.subject }}',
				options: { concurrency },
			},
			credentials: { [credentialNames.dialog360]: credentialOf(sandbox) },
			items: Array.from({ length: count }, (_, i) => ({ json: { subject: `Group ${i}` } })),
		});
		const { data: requests } = await axios.get<SeenRequest[]>(
			`${sandbox.url}/control/requests?provider=dialog360`,
		);
		return { outputs, requests, ...judged(requests) };
	} finally {
		await sandbox.close();
	}
}

function credentialOf({ accounts: { dialog360 } }: Sandbox) {
	return { ...dialog360.credentials, baseUrl: dialog360.baseUrls.api };
}

const isTaken = ({ status }: SeenRequest) => status < 300;

/** The pace counts as found once ten requests, or a third of them, were taken after the first refusal. */
function judged(requests: SeenRequest[]) {
	const taken = requests.filter(isTaken);
	const [refused] = requests.filter((request) => !isTaken(request));
	const after = taken.filter(({ startedAt }) => !refused || startedAt > refused.finishedAt);
	const found = after[Math.min(9, Math.floor(after.length / 3))];
	const later = requests.filter(({ startedAt }) => startedAt > found.startedAt);
	return {
		taken: taken.length,
		refusedShare: later.filter((request) => !isTaken(request)).length / later.length,
	};
}

// Where other work takes the processor, timers come late and requests in heaps: that is not the node's pace.
jest.retryTimes(2, { logErrorsBeforeRetry: true });

describe('a limit that the provider keeps to itself', () => {
	const limits: Array<[name: string, limit: RateLimit, count: number]> = [
		['1 in 1 s, told to wait 1 s', { requests: 1, perSeconds: 1, retryAfterSeconds: 1 }, 30],
		['1 in 300 ms, told nothing', { requests: 1, perSeconds: 0.3 }, 50],
		['80 in 1 s, told to wait 1 s', { requests: 80, perSeconds: 1, retryAfterSeconds: 1 }, 200],
	];

	it.each(limits)(
		'%s: no item fails, and few requests are refused once the pace is found',
		async (_, limit, count) => {
			const runs = await Promise.all(
				[1, 5, 20, 50].map(async (concurrency) => await createUnder(limit, concurrency, count)),
			);
			for (const { outputs, refusedShare, taken } of runs) {
				expect(outputs.map(({ json }) => json.subject)).toEqual(
					Array.from({ length: count }, (__, i) => `Group ${i}`),
				);
				expect(taken).toBe(count);
				expect(refusedShare).toBeLessThan(0.05);
			}
		},
		120_000,
	);
});

const group = '5519900000000-1513616971';

describe('a refusal for the rate', () => {
	const { control, fail, run, runItems, seen } = stage('sinch');
	const refuse = (headers: Record<string, string>, times: number | 'always' = 1) =>
		control('post', '/faults', {
			provider: 'sinch',
			kind: 'answer',
			status: 429,
			headers,
			body: { errorCode: 429, errorMessage: 'Slow down.' },
			times,
		});
	const inOneHour = () => new Date(Date.now() + 3_600_000).toUTCString();
	const gaps = (requests: SeenRequest[]) =>
		requests.slice(1).map(({ startedAt }, i) => startedAt - requests[i].finishedAt);

	it.each([
		['0', '0'],
		['negative', '-5'],
		['empty', ''],
		['a word', 'soon'],
		['a date that is past', 'Wed, 21 Oct 2015 07:28:00 GMT'],
		['zero, doubled by a proxy', '0, 0'],
	])(
		'that asks for no time (%s) never leads to a busy loop',
		async (_, header) => {
			await refuse({ 'Retry-After': header }, 3);
			expect(await run('group.get', { group: byId(group) })).toHaveLength(1);
			const waits = gaps(await seen());
			expect(waits).toHaveLength(3);
			// Each wait is at least a quarter of a second and longer than the one before.
			expect(waits[0]).toBeGreaterThanOrEqual(240);
			expect(waits[1]).toBeGreaterThan(waits[0]);
			expect(waits[2]).toBeGreaterThan(waits[1]);
		},
		30_000,
	);

	it.each([
		['seconds', () => '1'],
		['seconds, doubled by a proxy', () => '1, 2'],
		['a date', () => new Date(Date.now() + 2000).toUTCString()],
	])('is waited out as it asks: %s', async (_, header) => {
		await refuse({ 'Retry-After': header() });
		await run('group.get', { group: byId(group) });
		const [wait] = gaps(await seen());
		expect(wait).toBeGreaterThanOrEqual(900);
	});

	it.each(['stopWorkflow', 'continueRegularOutput'] as const)(
		'that asks for more than a run waits ends it at once, and names the time (%s)',
		async (onError) => {
			await refuse({ 'Retry-After': inOneHour() }, 'always');
			const parameters = { subject: '={{ $json.subject }}', options: { concurrency: 5 } };
			const items = Array.from({ length: 200 }, (_, i) => ({ json: { subject: `Group ${i}` } }));
			const asked = /It asks to wait (59|60) minutes, until 20\d\d-\d\d-\d\dT/;
			if (onError === 'stopWorkflow') {
				const error = await fail('group.create', parameters, { items });
				expect(error.message).toBe('Sinch is limiting the rate of requests');
				expect(error.description).toMatch(asked);
			} else {
				const outputs = await runItems('group.create', parameters, { items, onError });
				expect(outputs).toHaveLength(200);
				for (const { json } of outputs) {
					expect(json).toMatchObject({
						status: 'failed',
						error: 'Sinch is limiting the rate of requests',
					});
					expect(json.description).toMatch(asked);
				}
			}
			expect((await seen()).length).toBeLessThanOrEqual(5);
		},
	);

	it('goes first when the pause is over, and the others after it', async () => {
		await refuse({ 'Retry-After': '1' });
		const subjects = Array.from({ length: 6 }, (_, i) => `Group ${i}`);
		await run(
			'group.create',
			{ subject: '={{ $json.subject }}', options: { concurrency: 1 } },
			{ items: subjects.map((subject) => ({ json: { subject } })) },
		);
		const asked = (await seen()).map(({ body }) => (body as { subject: string }).subject);
		expect(asked).toEqual([subjects[0], ...subjects]);
	});

	it('opens the gate for one request at first', async () => {
		await control('put', '/latency', { ms: 100 });
		await control('post', '/faults', {
			provider: 'sinch',
			kind: 'rateLimited',
			after: 10,
			times: 5,
			retryAfterSeconds: 1,
		});
		const items = Array.from({ length: 40 }, (_, i) => ({ json: { subject: `Group ${i}` } }));
		await run(
			'group.create',
			{ subject: '={{ $json.subject }}', options: { concurrency: 10 } },
			{ items },
		);
		const requests = await seen();
		const refusals = requests.filter(({ status }) => status !== 200);
		const reopened = requests.filter(({ startedAt }) => startedAt > refusals[0].finishedAt + 900);
		const [first, second] = reopened;
		expect(second.startedAt).toBeGreaterThanOrEqual(first.finishedAt);
	}, 60_000);

	it('sends nothing more when another item fails meanwhile', async () => {
		await control('post', '/faults', {
			provider: 'sinch',
			kind: 'rateLimited',
			retryAfterSeconds: 2,
		});
		const error = await fail(
			'message.send',
			{ group: byId('={{ $json.group }}'), text: 'Hi' },
			{ items: [{ json: { group } }, { json: { group: 'nonsense' } }, { json: { group } }] },
		);
		expect(error.message).toBe("'Group' is not the ID of a group at Sinch");
		const before = (await seen()).length;
		await new Promise((resolve) => setTimeout(resolve, 2500));
		expect((await seen()).length).toBe(before);
		expect(before).toBeLessThanOrEqual(1);
	});
});

describe('ten thousand items', () => {
	const { runItems } = stage('sinch');

	it('let n8n do other things meanwhile', async () => {
		const items = Array.from({ length: 10_000 }, (_, i) => ({ json: { group: `nonsense ${i}` } }));
		const blocks = watchBlocks();
		const outputs = await runItems(
			'message.send',
			{ group: byId('={{ $json.group }}'), text: '={{ $json.group }}' },
			{ items, onError: 'continueRegularOutput' },
		);
		const { longest, total } = blocks.stop();
		expect(outputs).toHaveLength(10_000);
		// The work is cut into pieces: the longest is a small part of the whole.
		expect(longest / total).toBeLessThan(0.05);
	}, 120_000);
});

/** Measures for how long the event loop is not reached. */
function watchBlocks() {
	const startedAt = performance.now();
	let last = startedAt;
	let longest = 0;
	const look = () => {
		const now = performance.now();
		longest = Math.max(longest, now - last);
		last = now;
	};
	const timer = setInterval(look, 1);
	return {
		stop() {
			clearInterval(timer);
			look();
			return { longest, total: performance.now() - startedAt };
		},
	};
}
