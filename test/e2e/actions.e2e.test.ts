import type { ProviderId } from '../../nodes/WhatsAppGroups/contract/provider';
import { providers } from '../../nodes/WhatsAppGroups/providers';
import { accounts, sandboxCredentials } from '../../sandbox/n8n/accounts';
import { N8n } from '../../sandbox/n8n/instance';
import type { Item } from '../../sandbox/n8n/instance';
import { startSandbox } from '../../sandbox/sandbox';
import type { Sandbox } from '../../sandbox/sandbox';
import { places, withProvider } from './anyProvider';
import { control, examplesWith, seenBy } from './support';

const examples = examplesWith('n8n-nodes-base.manualTrigger');
const anyProvider = providers.map(({ id }) =>
	withProvider(
		examples.find((example) => example.id === 'any-provider')!,
		id,
	),
);

let sandbox: Sandbox;
let n8n: N8n;

beforeAll(async () => {
	sandbox = await startSandbox();
	n8n = await N8n.start({
		credentials: sandboxCredentials(sandbox),
		workflows: [...examples, ...anyProvider],
		log: (line) => process.stdout.write(`${line}\n`),
	});
});

afterAll(async () => {
	await n8n?.stop();
	await sandbox?.close();
});

const seen = async (provider: string) => await seenBy(sandbox, provider);

type Output = Record<string, Item[]>;

/** What the sandbox must have been asked, and what the nodes must have put out, by example. */
const expectations: Record<string, (output: Output) => Promise<void>> = {
	'create-group-sinch': async (output) => await expectGroup(output, 'sinch', /\/icon$/),
	'create-group-dialog360': async (output) =>
		await expectGroup(output, 'dialog360', /^\/groups\/[^/]+$/),
	'create-group-meta': async (output) => await expectGroup(output, 'meta', /^\/v26\.0\/[^/]+$/),
	'create-group-waha': async (output) => {
		await expectGroup(output, 'waha', /\/picture$/);
		expect(output['Create Group'][0].json.participants).toMatchObject([
			{ phone: '447700900101', status: 'success' },
		]);
	},
	'any-provider': async (output) => await expectInvited(output, 'waha'),
	'weekly-report': async (output) => {
		expect(output['Send Report']).toHaveLength(2);
		const sent = (await seen('waha')).filter(({ path }) => path.endsWith('/sendFile'));
		const reports = sent.map(({ body }) => body as unknown as { file: Record<string, string> });
		expect(reports.map(({ file }) => file.filename)).toEqual(Array(2).fill('Weekly report.pdf'));
		for (const { file } of reports) {
			expect(Buffer.from(file.data, 'base64').subarray(0, 5).toString()).toBe('%PDF-');
		}
	},
	'send-200-messages': async (output) => {
		expect(output['Send Messages']).toHaveLength(200);
		expect(output['Send Messages'].map(({ pairedItem }) => pairedItem)).toEqual(
			Array.from({ length: 200 }, (_, item) => ({ item })),
		);
		const sent = (await seen('waha')).filter(({ path }) => path.endsWith('/sendText'));
		expect(sent).toHaveLength(200);
		for (const chat of new Set(sent.map(({ body }) => body.chatId))) {
			const numbers = sent
				.filter(({ body }) => body.chatId === chat)
				.map(({ body }) => Number(/\d+/.exec(body.text ?? '')?.[0]));
			expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
		}
	},
};

/** What one workflow does, whichever the provider. */
async function expectInvited(output: Output, id: ProviderId): Promise<void> {
	const [group] = output['Get Group'];
	expect(group.json).toMatchObject({ id: places[id].group, subject: expect.any(String) });
	const [{ json: link }] = output['Get Invite Link'];
	expect(link.link).toMatch(/^https:\/\/chat\.whatsapp\.com\/\w+$/);
	expect(output['Send Message']).toMatchObject([{ json: { id: expect.any(String) } }]);
	expect(output['Get Participants'].map(({ json }) => json)).toContainEqual(
		expect.objectContaining({ phone: expect.stringMatching(/^\d+$/) }),
	);
	const requests = await seen(id);
	expect(requests.filter(({ status }) => status >= 400)).toEqual([]);
	const sent = requests.filter(({ body }) => JSON.stringify(body).includes(String(link.link)));
	expect(sent).toHaveLength(1);
}

async function expectGroup(output: Output, provider: string, picturePath: RegExp): Promise<void> {
	const [group] = output['Create Group'];
	expect(group.json).toMatchObject({
		status: 'created',
		subject: 'Customers in London',
		id: expect.any(String),
	});
	// The Cloud API takes the picture, and says later by webhook what became of it.
	const taken =
		provider === 'dialog360' || provider === 'meta'
			? { status: 'pending' }
			: { success: true, status: 'success' };
	expect(output['Set Group Picture'].map(({ json }) => json)).toEqual([
		{ ...taken, groupId: group.json.id },
	]);
	expect(output['Get Invite Link'][0].json.link).toMatch(/^https:\/\/chat\.whatsapp\.com\/\w+$/);
	expect(output['List Groups'].map(({ json }) => json.id)).toContain(group.json.id);
	const requests = await seen(provider);
	expect(requests.filter(({ status }) => status >= 400)).toEqual([]);
	expect(requests.some(({ method, path }) => method !== 'GET' && picturePath.test(path))).toBe(
		true,
	);
}

describe('the examples in a real n8n', () => {
	beforeEach(async () => {
		await control(sandbox, 'post', '/reset');
	});

	it('each has an expectation', () => {
		expect(examples.map(({ id }) => id).sort()).toEqual(Object.keys(expectations).sort());
	});

	it.each(examples.map(({ name, id }) => [name, id]))('%s', async (_, id) => {
		const { status, output, error } = await n8n.execute(id);
		expect({ status, error: error?.message }).toEqual({ status: 'success', error: undefined });
		await expectations[id](output);
	});
});

describe('one workflow with any provider in a real n8n', () => {
	beforeEach(async () => {
		await control(sandbox, 'post', '/reset');
	});

	it.each(providers.map(({ name, id }, i) => [name, id, anyProvider[i].id] as const))(
		'%s: only provider, credential, account and group differ',
		async (_, id, workflow) => {
			const { status, output, error } = await n8n.execute(workflow);
			expect({ status, error: error?.message }).toEqual({ status: 'success', error: undefined });
			await expectInvited(output, id);
		},
	);
});

describe('in the editor', () => {
	it('both nodes are offered under the name of the package', async () => {
		const names = (await n8n.nodeTypes()).map(({ name }) => name);
		expect(names).toEqual(
			expect.arrayContaining([
				'n8n-nodes-whatsapp-groups.whatsAppGroups',
				'n8n-nodes-whatsapp-groups.whatsAppGroupsTrigger',
				'n8n-nodes-whatsapp-groups.whatsAppGroupsTool',
			]),
		);
	});

	it.each([
		['searchGroups', 'Support', 'Support Team'],
		['searchAccounts', 'default', 'default (WORKING)'],
	])('the list %s finds what is there', async (methodName, filter, name) => {
		const { data } = await n8n.rest.post<{ data: { results: Array<{ name: string }> } }>(
			'/dynamic-node-parameters/resource-locator-results',
			{
				path: 'parameters.group',
				methodName,
				filter,
				nodeTypeAndVersion: { name: 'n8n-nodes-whatsapp-groups.whatsAppGroups', version: 1 },
				currentNodeParameters: {
					provider: 'waha',
					session: { __rl: true, mode: 'id', value: 'default' },
				},
				credentials: { [accounts.waha.type]: { id: accounts.waha.id, name: accounts.waha.name } },
			},
		);
		expect(data.data.results.map((result) => result.name)).toContain(name);
	});
});
