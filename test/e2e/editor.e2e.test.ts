import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { accounts, sandboxCredentials, webhookSecret } from '../../sandbox/n8n/accounts';
import { N8n, owner, until } from '../../sandbox/n8n/instance';
import { startSandbox } from '../../sandbox/sandbox';
import type { Sandbox } from '../../sandbox/sandbox';
import { places } from './anyProvider';
import { control, examplesWith } from './support';

let sandbox: Sandbox;
let n8n: N8n;
let browser: Browser;
let page: Page;

const { type: credentialType, ...credential } = accounts.dialog360;
/** A node that sends a template, as it is before its gaps are filled. */
const withTemplate = {
	id: 'with-template',
	name: 'with-template',
	connections: {},
	nodes: [
		{
			id: 'with-template-1',
			name: 'Send Template',
			type: 'n8n-nodes-whatsapp-groups.whatsAppGroups',
			typeVersion: 1,
			position: [0, 0],
			parameters: {
				provider: 'dialog360',
				resource: 'message',
				operation: 'send',
				messageType: 'template',
				group: { __rl: true, mode: 'id', value: places.dialog360.group },
				template: { __rl: true, mode: 'list', value: 'order_update|en_US' },
			},
			credentials: { [credentialType]: credential },
		},
	],
};

beforeAll(async () => {
	sandbox = await startSandbox();
	n8n = await N8n.start({
		credentials: sandboxCredentials(sandbox),
		workflows: [
			...examplesWith('n8n-nodes-base.manualTrigger'),
			...examplesWith('n8n-nodes-whatsapp-groups.whatsAppGroupsTrigger'),
			withTemplate,
		],
	});
	browser = await chromium.launch({
		executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
		// The tests run as root, and without a way to the internet.
		args: [
			'--no-sandbox',
			'--disable-gpu',
			'--disable-quic',
			'--no-first-run',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
		],
	});
	page = await browser.newPage({ viewport: { width: 1500, height: 1000 } });
	// Leaving a changed workflow asks whether to stay.
	page.on('dialog', (dialog) => void dialog.accept());
	page.setDefaultTimeout(20_000);
	await page.goto(`${n8n.url}/signin`);
	await page.fill('input[type=email]', owner.email);
	await page.fill('input[type=password]', owner.password);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.waitForURL((url) => !url.pathname.startsWith('/signin'));
});

afterAll(async () => {
	await browser?.close();
	await n8n?.stop();
	await sandbox?.close();
});

/** Opens a node of a workflow, as by a double click. */
async function open(workflow: string, node: string): Promise<void> {
	await page.goto(`${n8n.url}/workflow/${workflow}`);
	await page.locator(`[data-node-name="${node}"]`).first().dblclick();
	await field('provider').waitFor();
}

const field = (name: string) => page.locator(`[data-test-id="parameter-input-${name}"]`);

const entries = '[data-test-id="parameter-input-item"]:visible .option-headline';

/** Opens a list and gives its entries. */
async function options(name: string): Promise<string[]> {
	await field(name).locator('input').first().click();
	await page.locator(entries).first().waitFor();
	const names = await page.locator(entries).allTextContents();
	// n8n adds this one to every node with credentials.
	return names.map((text) => text.trim()).filter((text) => text !== 'Custom API Call');
}

async function choose(name: string, option: string): Promise<void> {
	await options(name);
	await page.locator(entries).getByText(option, { exact: true }).click();
	await page.locator(entries).first().waitFor({ state: 'hidden' });
}

describe('the editor', () => {
	it('asks for provider, resource and operation, and offers what the provider can do', async () => {
		await open('create-group-waha', 'Create Group');
		expect(await options('provider')).toEqual([
			'360dialog',
			'Meta Cloud API',
			'Sinch (Wavy)',
			'WAHA',
		]);
		await page.keyboard.press('Escape');
		await open('create-group-waha', 'Create Group');
		expect(await options('operation')).toEqual([
			'Create',
			'Delete',
			'Get',
			'Get Count',
			'Get Invite Preview',
			'Get Many',
			'Join',
			'Leave',
			'Refresh',
			'Update',
		]);
		await open('create-group-waha', 'Create Group');
		await choose('provider', 'Sinch (Wavy)');
		expect(await options('operation')).toEqual(['Create', 'Get', 'Get Many', 'Leave', 'Update']);
	});

	it('shows the fields of the provider only', async () => {
		await open('create-group-waha', 'Create Group');
		await page.getByText('Session', { exact: true }).waitFor();
		await choose('provider', '360dialog');
		await page.getByText('Wait for Result', { exact: true }).waitFor();
		expect(await page.getByText('Session', { exact: true }).count()).toBe(0);
	});

	it('shows a field for each gap of a template, and those of another when it is chosen', async () => {
		const about = { language: 'en_US', category: 'UTILITY' };
		for (const [name, text] of [
			['order_update', 'Hi {{1}}, {{2}}'],
			['reminder', 'See you on {{1}}'],
		]) {
			const components = [{ type: 'BODY', text }];
			await control(sandbox, 'post', '/dialog360/templates', { ...about, name, components });
		}
		await open('with-template', 'Send Template');
		await page.getByText('Body: 1', { exact: true }).waitFor();
		await page.getByText('Body: 2', { exact: true }).waitFor();
		await page
			.locator('[data-test-id="resource-locator-template"] [data-test-id="rlc-input-container"]')
			.click();
		await page.locator('[data-test-id="rlc-item"]').getByText('reminder (en_US)').click();
		await page.getByText('Body: 2', { exact: true }).waitFor({ state: 'hidden' });
		await page.getByText('Body: 1', { exact: true }).waitFor();
	});

	it('says in the trigger what the provider cannot report', async () => {
		await open('log-group-messages', 'WhatsApp Groups Trigger');
		await page.getByText('Sinch reports messages only').waitFor();
		await field('triggerOn').getByText('Message Received', { exact: true }).waitFor();
	});

	it('shows in the trigger how the URL for Sinch support ends, secret included', async () => {
		await open('log-group-messages', 'WhatsApp Groups Trigger');
		const shown = field('urlEnding').locator('input').first();
		const ending = await until('the list to be loaded', 20_000, async () =>
			(await shown.inputValue()).startsWith('?') ? await shown.inputValue() : undefined,
		);
		expect(ending).toBe(`?secret=${encodeURIComponent(webhookSecret)}`);
	});
});
