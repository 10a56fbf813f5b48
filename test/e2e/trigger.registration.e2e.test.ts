import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import axios from 'axios';
import { sandboxCredentials } from '../../sandbox/n8n/accounts';
import { N8n, until } from '../../sandbox/n8n/instance';
import { startSandbox } from '../../sandbox/sandbox';
import type { Sandbox } from '../../sandbox/sandbox';
import type { Attempt } from '../../sandbox/webhooks/deliverer';
import { groupMessages, starter } from './stress';
import type { StarterWorkflow } from './stress';
import { control } from './support';

const wrongKey = { id: 'waha-wrong-key', name: 'WAHA with a wrong key' };
const waha = groupMessages('registration-waha', 'waha');
const number = groupMessages('registration-dialog360', 'dialog360');
const sameNumber = groupMessages('registration-dialog360-too', 'dialog360');
const noGroup = groupMessages('registration-no-group', 'waha', {
	groupScope: 'chosen',
	groups: [],
});
const phones = groupMessages('registration-phones', 'waha', {
	triggerOn: ['participant.joined'],
	options: { resolvePhoneNumbers: true },
});
const webhook = starter('registration-webhook', 'n8n-nodes-base.webhook', {}, 'any');
const wrong = groupMessages('registration-wrong-key', 'waha');
Object.assign(wrong.nodes[0], { credentials: { whatsAppGroupsWahaApi: wrongKey } });
const meta = groupMessages('registration-meta', 'meta');
const metaToo = groupMessages('registration-meta-too', 'meta');
const workflows = [waha, number, sameNumber, noGroup, phones, webhook, wrong, meta, metaToo];

const team = '120363400000000001@g.us';
const foreign = { url: 'https://example.com/theirs', headers: { 'X-Their': 'own' } };

let sandbox: Sandbox;
let n8n: N8n;

interface State {
	waha: {
		WEBJS: { sessions: Array<{ name: string; config: { webhooks: Array<{ url: string }> } }> };
	};
	dialog360: { webhook: { url: string; headers: Record<string, string> } };
	meta: { callbacks: { numberOverrides: Record<string, string> } };
}

const state = async () => await control<State>(sandbox, 'get', '/state');

/** What the 360dialog number has. */
const onNumber = async () => (await state()).dialog360.webhook;

/** What WAHA's session has. */
async function onSession(): Promise<string[]> {
	const { sessions } = (await state()).waha.WEBJS;
	return sessions.find(({ name }) => name === 'default')!.config.webhooks.map(({ url }) => url);
}

const urlOf = ({ nodes }: StarterWorkflow, on = n8n) =>
	`${on.url}/webhook/${nodes[0].webhookId}/whatsapp-groups`;

async function setNumber(webhookConfig: typeof foreign): Promise<void> {
	const { baseUrls, credentials } = sandbox.accounts.dialog360;
	await axios.post(`${baseUrls.api}/v1/configs/webhook`, webhookConfig, {
		headers: { 'D360-API-KEY': credentials.apiKey },
	});
}

/** n8n registers and takes back in the background. */
async function untilNumberHas(url: string): Promise<void> {
	await until(`360dialog to have ${url}`, 30_000, async () =>
		(await onNumber()).url === url ? true : undefined,
	);
}

async function untilSession(url: string, isThere: boolean): Promise<void> {
	await until(`WAHA ${isThere ? 'to have' : 'not to have'} ${url}`, 30_000, async () =>
		(await onSession()).includes(url) === isThere ? true : undefined,
	);
}

/** “Execute step” of the first node: whether n8n waits for a delivery now. */
async function startTestRun({ id, nodes }: StarterWorkflow): Promise<boolean> {
	const { name } = nodes[0] as unknown as { name: string };
	const { data } = await n8n.rest.post<{ data: { waitingForWebhook?: boolean } }>(
		`/workflows/${id}/run`,
		{ triggerToStartFrom: { name } },
	);
	return data.data.waitingForWebhook === true;
}

const credentialsOf = (running: Sandbox) => {
	const all = sandboxCredentials(running);
	const account = all.find(({ type }) => type === 'whatsAppGroupsWahaApi')!;
	return [...all, { ...account, ...wrongKey, data: { ...account.data, apiKey: 'wrong' } }];
};

beforeAll(async () => {
	sandbox = await startSandbox();
	n8n = await N8n.start({
		credentials: credentialsOf(sandbox),
		workflows,
		log: (line) => process.stdout.write(`${line}\n`),
	});
});

afterAll(async () => {
	await n8n?.stop();
	await sandbox?.close();
});

describe('a test run that cannot start', () => {
	it('says why, and n8n can test every other trigger afterwards', async () => {
		const failure = await startTestRun(wrong).catch((error: unknown) => error);
		expect(axios.isAxiosError(failure) && JSON.stringify(failure.response?.data)).toMatch(/key/i);
		// Anything but a second failed start would end in “Maximum call stack size exceeded”.
		await startTestRun(wrong).catch(() => undefined);
		expect(await startTestRun(webhook)).toBe(true);
		const { status } = await axios.post(`${n8n.url}/webhook-test/any`, { hello: 'n8n' });
		expect(status).toBe(200);
		expect(await startTestRun(waha)).toBe(true);
		await n8n.rest.delete(`/test-webhook/${waha.id}`);
		await untilSession(urlOf(waha).replace('/webhook/', '/webhook-test/'), false);
	});

	it('leaves the published workflow its webhook', async () => {
		await n8n.publish(waha.id);
		await untilSession(urlOf(waha), true);
		await control(sandbox, 'post', '/faults', {
			kind: 'serverError',
			provider: 'waha',
			method: 'PUT',
		});
		await startTestRun(waha).catch(() => undefined);
		await control(sandbox, 'delete', '/faults');
		expect(await onSession()).toContain(urlOf(waha));
		await n8n.unpublish(waha.id);
		await untilSession(urlOf(waha), false);
	});
});

it('publishing with groups to be chosen and none chosen is refused before it is published', async () => {
	const failure = await n8n.publish(noGroup.id).catch((error: unknown) => error);
	expect(axios.isAxiosError(failure) && failure.response?.status).toBe(400);
});

describe('two workflows on one 360dialog number', () => {
	it.each([
		['the first one first', [number, sameNumber]],
		['the last one first', [sameNumber, number]],
	] as const)('unpublished %s, they give back what was there', async (_, order) => {
		await setNumber(foreign);
		await n8n.publish(number.id);
		await untilNumberHas(urlOf(number));
		await n8n.publish(sameNumber.id);
		await untilNumberHas(urlOf(sameNumber));
		expect(n8n.logs()).toContain('taken the 360dialog number over');
		for (const { id } of order) await n8n.unpublish(id);
		await untilNumberHas(foreign.url);
		expect(await onNumber()).toEqual(foreign);
	});

	it('a test run gives the number back to the published workflow', async () => {
		await setNumber(foreign);
		await n8n.publish(number.id);
		await untilNumberHas(urlOf(number));
		const published = await onNumber();
		expect(await startTestRun(sameNumber)).toBe(true);
		expect((await onNumber()).url).toContain('/webhook-test/');
		await n8n.rest.delete(`/test-webhook/${sameNumber.id}`);
		await untilNumberHas(published.url);
		expect(await onNumber()).toEqual(published);
		await n8n.unpublish(number.id);
		await untilNumberHas(foreign.url);
	});

	it('a test run that was killed is cleaned up by the next publishing', async () => {
		await setNumber(foreign);
		expect(await startTestRun(number)).toBe(true);
		expect((await onNumber()).url).toContain('/webhook-test/');
		await n8n.kill();
		await n8n.restart();
		await n8n.publish(number.id);
		await untilNumberHas(urlOf(number));
		await n8n.unpublish(number.id);
		await untilNumberHas(foreign.url);
		expect(await onNumber()).toEqual(foreign);
	});
});

describe('two workflows on one number of Meta', () => {
	const metaNumber = '106540352242922';
	const onMeta = async () => (await state()).meta.callbacks.numberOverrides[metaNumber];
	const untilMetaHas = async (url: string | undefined) =>
		await until(`Meta to have ${url}`, 30_000, async () =>
			(await onMeta()) === url ? true : undefined,
		);
	const write = async () =>
		await control(
			sandbox,
			'post',
			'/meta/groups/Y2FwaV9ncm91cDoxNTU1MDc4Mzg4MToxMjAzNjM0MDQ2OTQyMzM4MjAZD/message',
			{ phone: '16505551234', text: 'Hi' },
		);

	it('Meta asks each URL, a test run hears the next message, and gives the number back', async () => {
		await n8n.publish(meta.id);
		await untilMetaHas(urlOf(meta));
		expect(await startTestRun(metaToo)).toBe(true);
		expect(await onMeta()).toBe(urlOf(metaToo).replace('/webhook/', '/webhook-test/'));
		await write();
		await until('the test run', 30_000, async () =>
			(await n8n.executions(metaToo.id)).length > 0 ? true : undefined,
		);
		await untilMetaHas(urlOf(meta));
		await write();
		await until('the published workflow', 30_000, async () =>
			(await n8n.executions(meta.id)).length > 0 ? true : undefined,
		);
		expect(await n8n.executions(metaToo.id)).toHaveLength(1);
		await n8n.unpublish(meta.id);
		await untilMetaHas(undefined);
	});

	it('a test run that was killed is cleaned up by the next one, and by the next publishing', async () => {
		await n8n.publish(meta.id);
		await untilMetaHas(urlOf(meta));
		expect(await startTestRun(meta)).toBe(true);
		expect(await onMeta()).toContain('/webhook-test/');
		await n8n.kill();
		// n8n does not ask a published trigger anything when it starts.
		await n8n.restart();
		expect(await startTestRun(meta)).toBe(true);
		await write();
		await untilMetaHas(urlOf(meta));
		expect(await startTestRun(meta)).toBe(true);
		await n8n.kill();
		await n8n.restart();
		await n8n.unpublish(meta.id);
		await untilMetaHas(undefined);
		await n8n.publish(meta.id);
		await untilMetaHas(urlOf(meta));
		await n8n.publish(metaToo.id);
		await untilMetaHas(urlOf(metaToo));
		await until('n8n to log it', 30_000, async () =>
			n8n.logs().includes('taken the phone number over from another workflow') ? true : undefined,
		);
		await n8n.unpublish(meta.id);
		await n8n.unpublish(metaToo.id);
		await untilMetaHas(undefined);
	});
});

it('a phone look-up that hangs costs the number, not the event', async () => {
	await n8n.publish(phones.id);
	await untilSession(urlOf(phones), true);
	const fault = { kind: 'hang', provider: 'waha', path: 'lids', times: 'always' };
	await control(sandbox, 'post', '/faults', fault);
	const [{ status }] = await control<Attempt[]>(sandbox, 'post', '/webhooks/send', {
		provider: 'waha',
		body: {
			id: 'evt_hanging_lookup',
			event: 'group.v2.participants',
			session: 'default',
			timestamp: Date.now(),
			payload: { group: { id: team }, type: 'join', participants: [{ id: '100000000000111@lid' }] },
		},
	});
	await control(sandbox, 'delete', '/faults');
	expect(status).toBe(200);
	const [{ id }] = await until('the execution', 30_000, async () => {
		const executions = await n8n.executions(phones.id);
		return executions.length > 0 ? executions : undefined;
	});
	expect((await n8n.ended(id)).output.Start[0].json).toMatchObject({
		participants: [{ id: '100000000000111@lid', phone: null }],
	});
	await n8n.unpublish(phones.id);
	await untilSession(urlOf(phones), false);
});

describe('a workflow that was exported into another n8n', () => {
	it('takes nothing of the original away, whatever is done with it', async () => {
		await setNumber(foreign);
		for (const { id } of [waha, number]) await n8n.publish(id);
		await untilSession(urlOf(waha), true);
		await untilNumberHas(urlOf(number));
		// n8n saves what was registered a moment later.
		await new Promise((resolve) => setTimeout(resolve, 1000));
		const held = await onNumber();
		const file = join(n8n.userFolder, 'exported.json');
		n8n.cli('export:workflow', '--all', `--output=${file}`);
		const exported = JSON.parse(readFileSync(file, 'utf8')) as Array<{ staticData: unknown }>;
		expect(JSON.stringify(exported)).toContain('"secret"');

		const other = await N8n.start({ credentials: credentialsOf(sandbox), workflows: exported });
		try {
			for (const { id } of [waha, number]) await other.publish(id);
			await untilSession(urlOf(waha, other), true);
			await untilNumberHas(urlOf(number, other));
			expect(await onSession()).toContain(urlOf(waha));
			for (const { id } of [waha, number]) await other.unpublish(id);
			await untilSession(urlOf(waha, other), false);
			await untilNumberHas(urlOf(number));
		} finally {
			await other.stop();
		}
		expect(await onSession()).toContain(urlOf(waha));
		expect(await onNumber()).toEqual(held);
		for (const { id } of [waha, number]) await n8n.unpublish(id);
		await untilNumberHas(foreign.url);
	});
});
