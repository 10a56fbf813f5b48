import { NodeOperationError } from 'n8n-workflow';
import { byId, stage } from '../../support/sandbox';
import type { SeenRequest } from '../../support/sandbox';

const { run, runItems, fail, seen, calls, control } = stage('sinch');

/** Sends one message per entry of `groups`, in that order. */
async function send(groups: string[], options = {}, more = {}) {
	return await runItems(
		'message.send',
		{ group: byId('={{ $json.group }}'), text: '={{ $json.text }}', options },
		{ items: groups.map((group, i) => ({ json: { group, text: `message ${i}` } })), ...more },
	);
}

async function newGroups(count: number): Promise<string[]> {
	const ids: string[] = [];
	for (let i = 0; i < count; i += 1) {
		const [group] = await run('group.create', { subject: `Group ${i}` });
		ids.push(group.id as string);
	}
	await control('delete', '/requests');
	return ids;
}

const groupOf = ({ body }: SeenRequest) =>
	(body as { destinations: Array<{ destination: string }> }).destinations[0].destination;
const textOf = ({ body }: SeenRequest) =>
	(body as { message: { messageText: string } }).message.messageText;

function mostAtOnce(requests: SeenRequest[]): number {
	return Math.max(
		...requests.map(
			(request) =>
				requests.filter(
					(other) => other.startedAt <= request.startedAt && other.finishedAt > request.startedAt,
				).length,
		),
	);
}

describe('running many items', () => {
	it('gives results in the order of the input, each linked to its item', async () => {
		const groups = await newGroups(3);
		await control('put', '/latency', { minMs: 5, maxMs: 40 });
		const order = Array.from({ length: 12 }, (_, i) => groups[i % 3]);
		const outputs = await send(order);
		expect(outputs.map(({ json }) => json.groupId)).toEqual(order);
		expect(outputs.map(({ pairedItem }) => pairedItem)).toEqual(order.map((_, item) => ({ item })));
	});

	it('never overlaps two items of one group, and keeps their order', async () => {
		const groups = await newGroups(2);
		await control('put', '/latency', { minMs: 5, maxMs: 30 });
		// The same group in different spellings is the same group.
		const order = Array.from({ length: 10 }, (_, i) => (i % 2 ? groups[1] : ` ${groups[0]} `));
		await send(order);
		const requests = await seen();
		for (const group of groups) {
			const own = requests.filter((request) => groupOf(request) === group);
			expect(mostAtOnce(own)).toBe(1);
			const numbers = own.map((request) => Number(textOf(request).split(' ')[1]));
			expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
		}
		expect(mostAtOnce(requests)).toBe(2);
	});

	it('has as many requests under way as Concurrency says, and no more', async () => {
		const groups = await newGroups(8);
		await control('put', '/latency', { minMs: 60, maxMs: 60 });
		await send(groups, { concurrency: 3 });
		expect(mostAtOnce(await seen())).toBe(3);
	});

	it('spaces requests by Delay Between Requests', async () => {
		const groups = await newGroups(4);
		await send(groups, { delayBetweenRequests: 100 });
		const starts = (await seen()).map(({ startedAt }) => startedAt);
		for (let i = 1; i < starts.length; i += 1) {
			expect(starts[i] - starts[i - 1]).toBeGreaterThanOrEqual(80);
		}
	});

	it('pauses every item while the provider asks for patience, and then sends each once', async () => {
		const groups = await newGroups(6);
		await control('put', '/latency', { minMs: 30, maxMs: 30 });
		await control('post', '/faults', {
			provider: 'sinch',
			kind: 'rateLimited',
			after: 2,
			retryAfterSeconds: 1,
		});
		await send(groups, { concurrency: 2 });
		const requests = await seen();
		const refused = requests.find(({ status }) => status !== 200)!;
		const startedInPause = requests.filter(
			({ startedAt }) =>
				startedAt > refused.finishedAt + 50 && startedAt < refused.finishedAt + 950,
		);
		expect(startedInPause).toEqual([]);
		const taken = requests.filter(({ status }) => status === 200).map(textOf);
		expect(taken.sort()).toEqual(groups.map((_, i) => `message ${i}`));
	});

	it('gives up with the reason when the provider asks for more patience than a run should have', async () => {
		const [group] = await newGroups(1);
		await control('post', '/faults', {
			provider: 'sinch',
			kind: 'rateLimited',
			retryAfterSeconds: 86_400,
		});
		const error = await fail('group.leave', { group: byId(group) });
		expect(error.message).toMatch(/limiting the rate/);
		expect(error.description).toMatch(/^It asks to wait 1440 minutes, until \d{4}-\d\d-\d\dT/);
		expect(error.context).toMatchObject({ itemIndex: 0, status: 'failed' });
		expect(await calls()).toHaveLength(1);
	});

	it.each(['drop', 'dropAfter', 'serverError', 'unavailable', 'truncate'])(
		'never sends a change twice when the answer is lost (%s)',
		async (kind) => {
			const [group] = await newGroups(1);
			await control('post', '/faults', { provider: 'sinch', kind });
			const error = await fail('message.send', { group: byId(group), text: 'Hi' });
			expect(error.message).toMatch(/^The [^:]+: the outcome is unknown$/);
			expect(error.description).toMatch(
				/^The message may have been sent all the same: look into the group before running this again\./,
			);
			expect(error.context).toMatchObject({ itemIndex: 0, status: 'unknown' });
			expect(await calls()).toHaveLength(1);
		},
	);

	it.each(['drop', 'serverError', 'unavailable', 'truncate'])(
		'reads again when the answer is lost (%s)',
		async (kind) => {
			const [group] = await newGroups(1);
			await control('post', '/faults', { provider: 'sinch', kind });
			expect(await run('group.get', { group: byId(group) })).toHaveLength(1);
			expect(await calls()).toHaveLength(2);
		},
	);

	it('says what answered when it is not the provider', async () => {
		const [group] = await newGroups(1);
		await control('post', '/faults', { provider: 'sinch', kind: 'notJson' });
		const error = await fail('group.get', { group: byId(group) });
		expect(error.message).toBe('The provider answered in a way that cannot be read');
		expect(error.description).toContain("'Base URL'");
	});

	it('stops between requests when the execution is stopped', async () => {
		const groups = await newGroups(6);
		await control('put', '/latency', { minMs: 100, maxMs: 100 });
		const stop = new AbortController();
		setTimeout(() => stop.abort(), 150);
		await expect(
			send(groups, { concurrency: 1 }, { signal: stop.signal, onError: 'continueRegularOutput' }),
		).rejects.toThrow('The execution was stopped');
		const sent = (await calls()).length;
		expect(sent).toBeLessThan(4);
		await new Promise((resolve) => setTimeout(resolve, 300));
		expect(await calls()).toHaveLength(sent);
	});

	it('starts nothing more after an item fails', async () => {
		const [group] = await newGroups(1);
		const error = await fail(
			'message.send',
			{ group: byId('={{ $json.group }}'), text: 'Hi', options: { concurrency: 1 } },
			{ items: [{ json: { group } }, { json: { group: '' } }, { json: { group } }] },
		);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error.message).toBe("'Group' is empty");
		expect(error.description).toContain(
			'Item 1 of 0 to 2 failed. Done: item 0. Nothing more was sent for the others.',
		);
		expect(error.context).toMatchObject({ itemIndex: 1 });
		expect(await calls()).toHaveLength(1);
	});

	it('goes on with the others when the node is set to continue, and links the failed item', async () => {
		const [group] = await newGroups(1);
		const outputs = await runItems(
			'message.send',
			{ group: byId('={{ $json.group }}'), text: 'Hi' },
			{
				items: [{ json: { group } }, { json: { group: 'nonsense' } }, { json: { group } }],
				onError: 'continueRegularOutput',
			},
		);
		expect(outputs.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
		expect(outputs[1].json).toEqual({
			group: 'nonsense',
			status: 'failed',
			error: "'Group' is not the ID of a group at Sinch",
			description: expect.stringContaining('Choose the group from the list'),
		});
		// n8n replaces the JSON of an item that has an error beside it.
		expect(outputs[1]).not.toHaveProperty('error');
		expect(await calls()).toHaveLength(2);
	});

	it('has the error beside the item for the error output, out of sight of a copy', async () => {
		const [group] = await newGroups(1);
		const outputs = await runItems(
			'message.send',
			{ group: byId('={{ $json.group }}'), text: 'Hi' },
			{
				items: [{ json: { group: 'nonsense' } }, { json: { group } }],
				onError: 'continueErrorOutput',
			},
		);
		expect(outputs[0].json).toMatchObject({ group: 'nonsense', status: 'failed' });
		expect(outputs[0].error).toBeInstanceOf(NodeOperationError);
		expect(Object.keys(outputs[0])).not.toContain('error');
		expect(outputs[1]).not.toHaveProperty('error');
	});
});
