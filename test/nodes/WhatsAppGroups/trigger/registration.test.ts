import axios from 'axios';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { failureOf } from '../../../support/n8n';
import { byId, stage } from '../../../support/sandbox';
import type { Stage } from '../../../support/sandbox';
import { PublishedTrigger } from '../../../support/trigger';

const running: PublishedTrigger[] = [];
afterEach(async () => {
	await Promise.all(running.splice(0).map(async (trigger) => await trigger.close()));
});

async function published(on: Stage, parameters: INodeParameters): Promise<PublishedTrigger> {
	const trigger = await new PublishedTrigger(on.setup(parameters)).listen();
	running.push(trigger);
	return trigger;
}

describe.each(['WEBJS', 'NOWEB', 'GOWS'])('WAHA %s', (engine) => {
	const on = stage('waha', engine);
	const session = byId('default');

	interface Webhook extends IDataObject {
		url: string;
		events: string[];
	}

	/** The configuration of the session as the server has it. */
	async function config(): Promise<{ webhooks: Webhook[] } & IDataObject> {
		const { baseUrls, credentials } = on.sandbox().accounts.waha;
		const { data } = await axios.get<{ config: { webhooks: Webhook[] } }>(
			`${baseUrls[engine]}/api/sessions/default`,
			{ headers: { 'X-Api-Key': credentials.apiKey } },
		);
		return data.config;
	}

	const writes = async () => (await on.calls()).filter((call) => call.startsWith('PUT')).length;
	const waha = async (more: INodeParameters = {}) =>
		await published(on, {
			session,
			triggerOn: ['message.received', 'participant.joined'],
			...more,
		});

	it('adds its webhook and keeps every other and the rest of the configuration', async () => {
		const before = await config();
		expect(before.webhooks).toHaveLength(1);
		const trigger = await waha();
		await trigger.activate();
		const after = await config();
		expect(after).toEqual({
			...before,
			webhooks: [
				...before.webhooks,
				expect.objectContaining({
					url: trigger.url,
					events: ['message', 'group.v2.participants'],
					hmac: { key: expect.stringMatching(/^[0-9a-f]{64}$/) },
				}),
			],
		});
		await trigger.deactivate();
		expect(await config()).toEqual(before);
	});

	it('writes nothing when nothing differs, since writing restarts the session', async () => {
		const trigger = await waha();
		await trigger.activate();
		await trigger.activate();
		await trigger.hook('create');
		expect(await writes()).toBe(1);
		await trigger.deactivate();
		await trigger.deactivate();
		expect(await writes()).toBe(2);
	});

	it.each([
		['events', { triggerOn: ['group.updated'] }, ['group.v2.update']],
		[
			'own messages',
			{ options: { ignoreOwnMessages: false } },
			['message.any', 'group.v2.participants'],
		],
		[
			'statuses',
			{ options: { includeMessageStatuses: true } },
			['message', 'group.v2.participants', 'message.ack.group'],
		],
	])('registers again when the choice of %s changes', async (_, change, events) => {
		const trigger = await waha();
		await trigger.activate();
		trigger.setup = on.setup({
			session,
			triggerOn: ['message.received', 'participant.joined'],
			...change,
		});
		await trigger.activate();
		const own = (await config()).webhooks.filter(({ url }) => url === trigger.url);
		expect(own.map((webhook) => webhook.events)).toEqual([events]);
	});

	it('replaces its webhook when the address of n8n changes', async () => {
		const trigger = await waha();
		await trigger.activate();
		const { url } = trigger;
		trigger.moveTo('http://127.0.0.1:5999');
		await trigger.activate();
		const urls = (await config()).webhooks.map((webhook) => webhook.url);
		expect(urls).toContain(trigger.url);
		expect(urls).not.toContain(url);
		expect(urls).toHaveLength(2);
	});

	it('recovers from an attempt of which n8n saved nothing', async () => {
		const trigger = await waha();
		await trigger.activate();
		trigger.staticData = {};
		await trigger.activate();
		const own = (await config()).webhooks.filter(({ url }) => url === trigger.url);
		expect(own).toHaveLength(1);
		expect(own[0].hmac).toEqual({ key: trigger.stored.secret });
	});

	it('peer fault 4: a test run never costs production its webhook', async () => {
		const trigger = await waha();
		await trigger.activate();
		await trigger.startTestRun();
		expect((await config()).webhooks.map(({ url }) => url)).toEqual(
			expect.arrayContaining([trigger.url, trigger.testUrl]),
		);
		await trigger.endTestRun();
		const urls = (await config()).webhooks.map(({ url }) => url);
		expect(urls).toContain(trigger.url);
		expect(urls).not.toContain(trigger.testUrl);
	});

	it('loses none when two triggers of a session start at once', async () => {
		const [one, two] = [await waha(), await waha()];
		await Promise.all([one.activate(), two.activate()]);
		expect((await config()).webhooks.map(({ url }) => url)).toEqual(
			expect.arrayContaining([one.url, two.url]),
		);
	});

	it('names the field when the session does not exist, or nothing is chosen', async () => {
		const unknown = await published(on, {
			session: byId('nobody'),
			triggerOn: ['message.received'],
		});
		expect((await failureOf(unknown.activate())).message).toContain("'Session'");
		const nothing = await published(on, { session, triggerOn: [] });
		expect((await failureOf(nothing.activate())).message).toBe("'Trigger On' is empty");
	});
});

describe('360dialog', () => {
	const on = stage('dialog360');
	const foreign = { url: 'https://example.com/other', headers: { 'X-Their': 'own' } };

	async function configured(change?: IDataObject): Promise<IDataObject> {
		const { baseUrls, credentials } = on.sandbox().accounts.dialog360;
		const { data } = await axios.request<IDataObject>({
			method: change ? 'POST' : 'GET',
			url: `${baseUrls.api}/v1/configs/webhook`,
			data: change,
			headers: { 'D360-API-KEY': credentials.apiKey },
		});
		return data;
	}

	const dialog360 = async () => await published(on, { triggerOn: ['message.received'] });

	it('takes the one URL with a secret header, and puts back what was there', async () => {
		await configured(foreign);
		const trigger = await dialog360();
		await trigger.activate();
		expect(await configured()).toEqual({
			url: trigger.url,
			headers: { 'X-Webhook-Secret': expect.stringMatching(/^[0-9a-f]{64}$/) },
		});
		await trigger.deactivate();
		expect(await configured()).toMatchObject(foreign);
	});

	it('tries to leave the number without URL when it had none, and does not mind a refusal', async () => {
		const trigger = await dialog360();
		await trigger.activate();
		await trigger.deactivate();
		expect((await on.seen()).at(-1)).toMatchObject({
			method: 'POST',
			body: { url: '', headers: {} },
		});
	});

	it('writes once however often it is published', async () => {
		const trigger = await dialog360();
		await trigger.activate();
		await trigger.activate();
		await trigger.hook('create');
		expect((await on.calls()).filter((call) => call.startsWith('POST'))).toHaveLength(1);
	});

	it('leaves the URL alone when somebody else has taken it meanwhile', async () => {
		const trigger = await dialog360();
		await trigger.activate();
		await configured(foreign);
		await trigger.deactivate();
		expect(await configured()).toMatchObject(foreign);
	});

	it('peer fault 4: a test run gives production its URL and secret back', async () => {
		await configured(foreign);
		const trigger = await dialog360();
		await trigger.activate();
		const production = await configured();
		await trigger.startTestRun();
		expect((await configured()).url).toBe(trigger.testUrl);
		await trigger.endTestRun();
		expect(await configured()).toEqual(production);
		await trigger.deactivate();
		expect(await configured()).toMatchObject(foreign);
	});

	it('survives a test run that ended without putting things back', async () => {
		await configured(foreign);
		const trigger = await dialog360();
		await trigger.activate();
		await trigger.startTestRun();
		await trigger.activate();
		expect((await configured()).url).toBe(trigger.url);
		await trigger.deactivate();
		expect(await configured()).toMatchObject(foreign);
	});

	it('peer fault 3: registers again when only the URL differs', async () => {
		const trigger = await dialog360();
		await trigger.activate();
		trigger.moveTo('http://127.0.0.1:5999');
		await trigger.activate();
		expect((await configured()).url).toBe(trigger.url);
	});
});

describe('Sinch', () => {
	const on = stage('sinch');

	it('asks for the secret in the credential, and calls nobody', async () => {
		const trigger = await published(on, { triggerOn: ['message.received'] });
		const error = await failureOf(trigger.activate());
		expect(error.message).toBe("'Webhook Secret' in the credential is empty");
		expect(error.description).toContain('?secret=');
		trigger.setup.credentials.whatsAppGroupsSinchApi.webhookSecret = 'a long random text';
		await trigger.activate();
		await trigger.deactivate();
		expect(await on.calls()).toEqual([]);
	});
});

describe('an address that the provider cannot reach', () => {
	it.each([
		['http://localhost:5678'],
		['https://localhost'],
		['http://n8n.example.com'],
		['https://n8n.example.com:8443'],
		['https://n8n_1.example.com'],
	])('is refused before it is registered: %s', async (origin) => {
		const trigger = await new PublishedTrigger({
			parameters: { provider: 'dialog360', triggerOn: ['message.received'] },
			credentials: {
				whatsAppGroups360DialogApi: { apiKey: 'k', baseUrl: 'https://waba-v2.360dialog.io' },
			},
		}).listen();
		running.push(trigger);
		trigger.moveTo(origin);
		const error = await failureOf(trigger.hook('create'));
		expect(error.message).toBe('360dialog cannot reach the webhook URL of this n8n');
		expect(error.description).toContain('WEBHOOK_URL');
	});
});
