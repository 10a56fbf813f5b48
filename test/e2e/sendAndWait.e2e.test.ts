import axios from 'axios';
import { NodeHelpers } from 'n8n-workflow';
import type { INode, INodeTypeDescription } from 'n8n-workflow';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import type { ProviderId } from '../../nodes/WhatsAppGroups/contract/provider';
import { providers } from '../../nodes/WhatsAppGroups/providers';
import { accounts, sandboxCredentials } from '../../sandbox/n8n/accounts';
import { N8n, until } from '../../sandbox/n8n/instance';
import { startSandbox } from '../../sandbox/sandbox';
import type { Sandbox } from '../../sandbox/sandbox';
import { accountOf, places } from './anyProvider';
import { control, seenBy } from './support';

/** `Start → Order → Ask → After`: an order that the group is asked about. */
function workflow(id: string, provider: ProviderId, parameters: object) {
	const { type, id: credentialId, name: credentialName } = accounts[provider];
	const steps = [
		{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
		{
			name: 'Order',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: {
				assignments: { assignments: [{ id: '1', name: 'order', value: 7, type: 'number' }] },
			},
		},
		{
			name: 'Ask',
			type: 'n8n-nodes-whatsapp-groups.whatsAppGroups',
			parameters: {
				provider,
				...accountOf(provider),
				resource: 'message',
				operation: 'sendAndWait',
				group: { __rl: true, mode: 'id', value: places[provider].group },
				message: '=Shall order {{ $json.order }} be placed?',
				...parameters,
			},
			credentials: { [type]: { id: credentialId, name: credentialName } },
		},
		{
			name: 'After',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: {
				includeOtherFields: true,
				assignments: {
					assignments: [
						{ id: '1', name: 'about', value: "={{ $('Order').item.json.order }}", type: 'number' },
					],
				},
			},
		},
	];
	const nodes = steps.map((step, i) => ({
		id: `${id}-${i}`,
		typeVersion: 1,
		position: [i * 200, 0],
		parameters: {},
		...step,
	}));
	const links = steps.slice(0, -1).map(({ name }, i) => {
		const to = { node: steps[i + 1].name, type: 'main', index: 0 };
		return [name, { main: [[to]] }];
	});
	return { id, name: id, nodes, connections: Object.fromEntries(links) as object };
}

const approval = { approvalOptions: { values: { approvalType: 'double' } } };
const limited = {
	options: {
		limitWaitTime: {
			values: { limitType: 'afterTimeInterval', resumeAmount: 0.05, resumeUnit: 'minutes' },
		},
	},
};

let sandbox: Sandbox;
let n8n: N8n;
let browser: Browser;

beforeAll(async () => {
	sandbox = await startSandbox();
	n8n = await N8n.start({
		credentials: sandboxCredentials(sandbox),
		workflows: [
			...providers.map(({ id }) => workflow(`ask-${id}`, id, approval)),
			workflow('ask-text', 'waha', { responseType: 'freeText' }),
			workflow('ask-limited', 'waha', limited),
		],
		log: (line) => process.stdout.write(`${line}\n`),
	});
	browser = await chromium.launch({
		executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
		args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
	});
});

afterAll(async () => {
	await browser?.close();
	await n8n?.stop();
	await sandbox?.close();
});

beforeEach(async () => {
	await control(sandbox, 'post', '/reset');
	await control(sandbox, 'delete', '/requests');
});

const http = axios.create({ validateStatus: () => true });
const answer = (link: string, form: Record<string, string>) =>
	http.post<string>(link, new URLSearchParams(form));

async function statusOf(executionId: string): Promise<string> {
	const { data } = await n8n.rest.get<{ data: { status: string } }>(`/executions/${executionId}`);
	return data.data.status;
}

/** Runs the workflow until it waits, and takes the link out of the message that arrived in the group. */
async function ask(workflowId: string, provider: ProviderId = 'waha') {
	const { data } = await n8n.rest.post<{ data: { executionId: string } }>(
		`/workflows/${workflowId}/run`,
		{ triggerToStartFrom: { name: 'Start' } },
	);
	const { executionId } = data.data;
	await until('the execution to wait', 60_000, async () =>
		(await statusOf(executionId)) === 'waiting' ? true : undefined,
	);
	const [message, ...others] = (await seenBy(sandbox, provider)).filter(
		({ method }) => method === 'POST',
	);
	expect(others).toEqual([]);
	expect(message.status).toBeLessThan(300);
	const text = JSON.stringify(message.body);
	expect(text).toContain('Shall order 7 be placed?');
	return { executionId, link: /http[^"\\]+signature=[0-9a-f]+/.exec(text)![0] };
}

describe('Send and Wait for Response in a real n8n', () => {
	it.each(providers.map(({ name, id }) => [name, id] as const))(
		'%s: sends the link to the group, and goes on with the first answer',
		async (_, provider) => {
			const { executionId, link } = await ask(`ask-${provider}`, provider);

			// Whoever shows a preview fetches it, as do scanners, more than once.
			for (const agent of ['WhatsApp/2.23.20.0', 'facebookexternalhit/1.1', '', 'Mozilla/5.0']) {
				const { status, data } = await http.get<string>(`${link}`, {
					headers: { 'user-agent': agent },
				});
				expect([status, data]).toEqual([200, expect.stringContaining('Shall order 7 be placed?')]);
			}
			await http.head(link);
			expect(await statusOf(executionId)).toBe('waiting');

			const forged = link.replace(/.{6}$/, (end) => (end === '000000' ? '111111' : '000000'));
			const unsigned = link.replace(/\?.*/, '');
			const extended = link.replace('?', '?approved=true&');
			for (const bad of [forged, unsigned, extended]) {
				expect((await answer(bad, { approved: 'true' })).status).toBe(401);
			}
			expect(await statusOf(executionId)).toBe('waiting');

			const first = await answer(link, { approved: 'false' });
			expect([first.status, first.data]).toEqual([200, expect.stringContaining('Thank you')]);
			const { status, output } = await n8n.ended(executionId);
			expect(status).toBe('success');
			expect(output.After.map(({ json }) => json)).toEqual([
				{ about: 7, data: { approved: false, respondedAt: expect.any(String) as string } },
			]);

			for (const late of [await answer(link, { approved: 'true' }), await http.get<string>(link)]) {
				expect([late.status, late.data]).toEqual([
					200,
					expect.stringContaining('No action required'),
				]);
			}
			expect((await n8n.ended(executionId)).output.After[0].json).toMatchObject({
				data: { approved: false },
			});
		},
	);

	it('takes one of several answers at once', async () => {
		const { executionId, link } = await ask('ask-waha');
		const answers = await Promise.all(
			['true', 'false', 'true', 'false'].map((approved) => answer(link, { approved })),
		);
		const thanked = answers.filter(({ data }) => String(data).includes('Thank you'));
		expect(thanked).toHaveLength(1);
		const { output } = await n8n.ended(executionId);
		expect(output.After).toHaveLength(1);
		expect((output.After[0].json.data as { approved: boolean }).approved).toBe(
			answers.indexOf(thanked[0]) % 2 === 0,
		);
	});

	it('waits on over a restart, and is answered in a browser by keyboard', async () => {
		const { executionId, link } = await ask('ask-text');
		await n8n.restart();
		const page = await browser.newPage({ viewport: { width: 360, height: 640 } });
		const refused: string[] = [];
		page.on('console', (message) => {
			if (message.type() === 'error') refused.push(message.text());
		});
		await page.goto(link);
		await page.getByText('Shall order 7 be placed?').waitFor();
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme });
			expect(await lowContrasts(page)).toEqual([]);
		}
		expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
		await page.keyboard.press('Tab');
		const label = await page.locator('label:has-text("Response")').getAttribute('for');
		expect(await page.evaluate('document.activeElement.id')).toBe(label);
		await page.keyboard.type('Yes, ten & <more>');
		await page.keyboard.press('Tab');
		await page.keyboard.press('Enter');
		await page.getByRole('heading', { name: 'Thank you' }).waitFor();
		expect(refused.filter((text) => !text.includes('favicon'))).toEqual([]);
		const { output } = await n8n.ended(executionId);
		expect(output.After[0].json).toMatchObject({ about: 7, data: { text: 'Yes, ten & <more>' } });
	});

	it('takes a double click for one answer, and tells others in words that they are late', async () => {
		const { executionId, link } = await ask('ask-waha');
		const [first, second, plain] = await Promise.all([
			browser.newPage(),
			browser.newPage(),
			browser.newPage({ javaScriptEnabled: false }),
		]);
		for (const page of [first, second, plain]) await page.goto(link);
		const posts: string[] = [];
		first.on('request', (request) => posts.push(request.method()));
		await first.getByRole('button', { name: 'Decline' }).dblclick();
		await first.getByRole('heading', { name: 'Thank you' }).waitFor();
		expect(posts).toEqual(['POST']);
		expect((await n8n.ended(executionId)).output.After[0].json).toMatchObject({
			data: { approved: false },
		});
		await second.getByRole('button', { name: 'Approve' }).click();
		await second.getByRole('heading', { name: 'Your response was not taken' }).waitFor();
		await plain.getByRole('button', { name: 'Approve' }).click();
		await plain.getByRole('heading', { name: 'No action required' }).waitFor();
	});

	it('goes on with its input when the time is over, and takes no answer afterwards', async () => {
		const { executionId, link } = await ask('ask-limited');
		const { status, output } = await n8n.ended(executionId);
		expect(status).toBe('success');
		expect(output.After.map(({ json }) => json)).toEqual([{ order: 7, about: 7 }]);
		expect((await answer(link, { approved: 'true' })).data).toContain('No action required');
	});

	it('gives AI agents their human review, which n8n makes from the operation', async () => {
		const types = (await n8n.nodeTypes()) as INodeTypeDescription[];
		const review = types.find(({ name }) => name.endsWith('.whatsAppGroupsHitlTool'))!;
		const parameters = { provider: 'waha', resource: 'message', operation: 'sendAndWait' };
		const node = { typeVersion: 1, parameters } as unknown as INode;
		const shown = review.properties.filter(
			(property) =>
				property.type !== 'hidden' &&
				NodeHelpers.displayParameter(parameters, property, node, review, parameters),
		);
		expect(shown.map(({ name }) => name)).toEqual(
			expect.arrayContaining(['message', 'provider', 'session', 'group', 'options']),
		);
	});
});

/** Texts of the page that stand out from what is behind them by less than 4.5 to 1 (WCAG AA). */
async function lowContrasts(page: Page): Promise<string[]> {
	return await page.evaluate<string[]>(`(() => {
		const parts = (color) => color.match(/[\\d.]+/g).map(Number);
		const light = (color) => {
			const [r, g, b] = parts(color).map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
			return 0.2126 * r + 0.7152 * g + 0.0722 * b;
		};
		const behind = (node) => {
			const color = getComputedStyle(node).backgroundColor;
			return parts(color)[3] === 0 ? behind(node.parentElement) : color;
		};
		return [...document.querySelectorAll('h1, p, label, button, textarea')].flatMap((node) => {
			const [low, high] = [light(getComputedStyle(node).color), light(behind(node))].sort((a, b) => a - b);
			const ratio = (high + 0.05) / (low + 0.05);
			return ratio >= 4.5 ? [] : [node.outerHTML + ' ' + ratio];
		});
	})()`);
}
