import { accounts, sandboxCredentials } from '../../sandbox/n8n/accounts';
import { N8n } from '../../sandbox/n8n/instance';
import { startSandbox } from '../../sandbox/sandbox';
import type { Sandbox } from '../../sandbox/sandbox';
import { control, seenBy } from './support';

const group = '5519900000000-1513616971';
let sandbox: Sandbox;
let n8n: N8n;

/** `Rows → WhatsApp Groups`, with a node behind the regular and one behind the error output. */
function workflow(
	id: string,
	rows: object[],
	parameters: object,
	onError: 'continueErrorOutput' | 'stopWorkflow',
) {
	const node = (name: string, type: string, more: object = {}) => ({
		id: `${id}-${name}`,
		name,
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		...more,
	});
	const to = (name: string) => [{ node: name, type: 'main', index: 0 }];
	const value = JSON.stringify(rows);
	const assignment = { id: 'rows', name: 'rows', type: 'array', value };
	return {
		id,
		name: id,
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger'),
			node('Rows', 'n8n-nodes-base.set', {
				typeVersion: 3.4,
				parameters: { assignments: { assignments: [assignment] }, options: {} },
			}),
			node('Split', 'n8n-nodes-base.splitOut', {
				parameters: { fieldToSplitOut: 'rows', options: {} },
			}),
			node('Groups', 'n8n-nodes-whatsapp-groups.whatsAppGroups', {
				parameters: { provider: 'sinch', ...parameters },
				credentials: {
					[accounts.sinch.type]: { id: accounts.sinch.id, name: accounts.sinch.name },
				},
				onError,
			}),
			node('Done', 'n8n-nodes-base.noOp'),
			node('Failed', 'n8n-nodes-base.noOp'),
		],
		connections: {
			Start: { main: [to('Rows')] },
			Rows: { main: [to('Split')] },
			Split: { main: [to('Groups')] },
			Groups: { main: [to('Done'), to('Failed')] },
		},
	};
}

const rows = [
	{ group, text: 'one', row: 1 },
	{ group: 'nonsense', text: 'two', row: 2 },
	{ group, text: 'three', row: 3 },
];
const send = {
	resource: 'message',
	operation: 'send',
	group: { __rl: true, mode: 'id', value: '={{ $json.group }}' },
	text: '={{ $json.text }}',
	options: { concurrency: 1 },
};
const subjects = Array.from({ length: 8 }, (_, i) => ({ subject: `Group ${i}` }));
const create = { resource: 'group', operation: 'create', subject: '={{ $json.subject }}' };

beforeAll(async () => {
	sandbox = await startSandbox();
	n8n = await N8n.start({
		credentials: sandboxCredentials(sandbox),
		workflows: [
			workflow('error-output', rows, send, 'continueErrorOutput'),
			workflow('failing-run', rows, send, 'stopWorkflow'),
			workflow('rate-limit', subjects, create, 'stopWorkflow'),
			workflow('long-wait', subjects, create, 'continueErrorOutput'),
		],
		log: (line) => process.stdout.write(`${line}\n`),
	});
});

afterAll(async () => {
	await n8n?.stop();
	await sandbox?.close();
});

beforeEach(async () => await control(sandbox, 'post', '/reset'));

const json = (items: Array<{ json: object }> = []) => items.map((item) => item.json);

describe('in a real n8n', () => {
	it('a failed item comes out of the error output with the fields of its input', async () => {
		const { status, output } = await n8n.execute('error-output');
		expect(status).toBe('success');
		expect(json(output.Failed)).toEqual([
			{
				...rows[1],
				status: 'failed',
				error: "'Group' is not the ID of a group at Sinch",
				description: expect.stringContaining('Choose the group from the list'),
			},
		]);
		expect(json(output.Done)).toMatchObject([{ groupId: group }, { groupId: group }]);
	});

	it('an outcome that is unknown says so there', async () => {
		await control(sandbox, 'post', '/faults', { provider: 'sinch', kind: 'dropAfter' });
		const { output } = await n8n.execute('error-output');
		expect(json(output.Failed)).toMatchObject([
			{ row: 1, status: 'unknown', error: expect.stringContaining('the outcome is unknown') },
			{ row: 2, status: 'failed' },
		]);
	});

	it('a failing run says which items are done', async () => {
		const { status, error } = await n8n.execute('failing-run');
		expect(status).toBe('error');
		expect(error?.description).toContain('Item 1 of 0 to 2 failed. Done: item 0.');
	});

	it('a run under a limit of 1 in 1 s only takes its time', async () => {
		await control(sandbox, 'put', '/rate-limit', {
			requests: 1,
			perSeconds: 1,
			retryAfterSeconds: 1,
		});
		const { status, output } = await n8n.execute('rate-limit');
		expect(status).toBe('success');
		expect(json(output.Done)).toMatchObject(subjects);
		const created = (await seenBy(sandbox, 'sinch')).filter((request) => request.status === 200);
		expect(created).toHaveLength(subjects.length);
	});

	it('a provider that asks for an hour ends the run at once, and every item says so', async () => {
		await control(sandbox, 'put', '/rate-limit', {
			requests: 1,
			perSeconds: 3600,
			retryAfterSeconds: 3600,
		});
		const { output } = await n8n.execute('long-wait');
		expect(output.Done).toHaveLength(1);
		expect(output.Failed).toHaveLength(subjects.length - 1);
		for (const item of json(output.Failed)) {
			expect(item).toMatchObject({
				description: expect.stringContaining('It asks to wait 60 minutes'),
			});
		}
		expect((await seenBy(sandbox, 'sinch')).length).toBeLessThanOrEqual(6);
	});
});
