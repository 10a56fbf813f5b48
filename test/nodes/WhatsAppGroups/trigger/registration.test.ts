import { createHmac } from 'node:crypto';
import axios from 'axios';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { failureOf, loadOptions } from '../../../support/n8n';
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

/** What a trigger has stored, as an export carries it into another n8n. */
function ownedBy(instance: string, trigger: PublishedTrigger): IDataObject {
	return {
		'node:WhatsApp Groups Trigger': {
			...trigger.stored,
			owner: `${instance} ${trigger.workflowId}`,
		},
	};
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
			[
				'message',
				'group.v2.participants',
				'message.ack.group',
				// What the server itself acknowledges (waha-in-the-wild, Statuses).
				...(engine === 'NOWEB' ? ['message.ack'] : []),
			],
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

	it('a test run that cannot start leaves production alone, and throws nothing when it ends', async () => {
		const trigger = await waha();
		await trigger.activate();
		const before = await config();
		const { credentials } = trigger.setup;
		trigger.setup = {
			...trigger.setup,
			credentials: {
				whatsAppGroupsWahaApi: { ...credentials.whatsAppGroupsWahaApi, apiKey: 'no' },
			},
		};
		const error = await failureOf(trigger.startTestRun());
		expect(error.message).not.toContain('could not take back');
		expect(trigger.warnings).toContainEqual(expect.stringContaining('could not take back'));
		trigger.setup = { ...trigger.setup, credentials };
		await failureOf(
			(async () => {
				trigger.setup = on.setup({ session: byId('nobody'), triggerOn: ['message.received'] });
				await trigger.startTestRun();
			})(),
		);
		expect(await config()).toEqual(before);
	});

	it('a test run with whatever an expression gives ends without an error', async () => {
		for (const parameters of [
			{ session: byId(''), triggerOn: ['message.received'] },
			{ session, triggerOn: null as unknown as string[] },
			{ session, triggerOn: ['message.received'], options: null as unknown as INodeParameters },
			{ provider: 'nobody', triggerOn: ['message.received'] },
		]) {
			const trigger = await published(on, parameters as INodeParameters);
			await trigger.startTestRun().catch(() => undefined);
			await trigger.endTestRun();
		}
	});

	it('a killed test run is cleaned up by the next publish or unpublish', async () => {
		const trigger = await waha();
		await trigger.startTestRun();
		await trigger.activate();
		expect((await config()).webhooks.map(({ url }) => url)).not.toContain(trigger.testUrl);
		await trigger.startTestRun();
		await trigger.deactivate();
		expect((await config()).webhooks).toHaveLength(1);
	});

	it('a copy in another n8n takes nothing of the original away', async () => {
		const original = await waha();
		await original.activate();
		const copy = await waha();
		copy.staticData = ownedBy('another n8n', original);
		await copy.activate();
		expect((await config()).webhooks.map(({ url }) => url)).toEqual(
			expect.arrayContaining([original.url, copy.url]),
		);
		expect(copy.stored.secret).not.toBe(original.stored.secret);
		await copy.deactivate();
		const unpublished = await waha();
		unpublished.staticData = ownedBy('another n8n', original);
		await unpublished.deactivate();
		const urls = (await config()).webhooks.map(({ url }) => url);
		expect(urls).toContain(original.url);
		expect(urls).toHaveLength(2);
	});

	it('a copy of the workflow in the same n8n takes nothing of the original away either', async () => {
		const original = await waha();
		await original.activate();
		const copy = (await waha()).standBeside(original);
		copy.staticData = JSON.parse(JSON.stringify(original.staticData)) as IDataObject;
		await copy.activate();
		await copy.deactivate();
		expect((await config()).webhooks.map(({ url }) => url)).toContain(original.url);
	});

	describe('on an older server', () => {
		const release = async (version: string) =>
			await on.control('post', `/waha/${engine.toLowerCase()}/release`, { release: version });
		const ownEvents = async ({ url }: PublishedTrigger) =>
			(await config()).webhooks.find((webhook) => webhook.url === url)?.events;

		it('registers what the server knows, and says which events need which release', async () => {
			await release('2026.7.1');
			const trigger = await waha({ triggerOn: ['message.received', 'joinRequest.created'] });
			await trigger.activate();
			expect(await ownEvents(trigger)).toEqual(['message']);
			expect(trigger.warnings).toEqual([
				expect.stringMatching(/2026\.7\.1 .*joinRequest\.created \(from 2026\.8\.2 on\)/),
			]);
			await trigger.activate();
			expect(await writes()).toBe(1);
		});

		it('registers the rest once the server is newer and the workflow is published again', async () => {
			await release('2026.7.1');
			const trigger = await waha({ triggerOn: ['message.received', 'joinRequest.created'] });
			await trigger.activate();
			await release('2026.8.2');
			await trigger.activate();
			expect(await ownEvents(trigger)).toEqual(['message', 'group.v2.participants.join-request']);
		});

		it('takes message.ack for statuses before message.ack.group came', async () => {
			await release('2025.11.1');
			const trigger = await waha({ options: { includeMessageStatuses: true } });
			await trigger.activate();
			expect(await ownEvents(trigger)).toEqual(['message', 'group.v2.participants', 'message.ack']);
		});

		it('refuses when it knows none of the events', async () => {
			await release('2026.7.1');
			const trigger = await waha({ triggerOn: ['joinRequest.created'] });
			const error = await failureOf(trigger.activate());
			expect(error.message).toContain("'Trigger On'");
			expect(error.description).toContain('2026.8.2');
		});
	});

	if (engine === 'WEBJS') {
		it('turns tagsEventsOn on while statuses are wanted, and puts it back with the last trigger', async () => {
			const before = await config();
			const options = { includeMessageStatuses: true };
			const [one, two] = [await waha({ options }), await waha({ options })];
			await one.activate();
			expect((await config()).webjs).toEqual({ tagsEventsOn: true });
			await one.activate();
			expect(await writes()).toBe(1);
			await two.activate();
			await one.deactivate();
			expect((await config()).webjs).toEqual({ tagsEventsOn: true });
			await two.deactivate();
			expect(await config()).toEqual(before);
		});

		it('puts it back when statuses are no longer wanted, and leaves it on where it was on', async () => {
			const trigger = await waha({ options: { includeMessageStatuses: true } });
			await trigger.activate();
			trigger.setup = (await waha()).setup;
			await trigger.activate();
			expect(await config()).not.toHaveProperty('webjs');
		});
	} else {
		it('leaves the settings of WEBJS alone', async () => {
			const trigger = await waha({ options: { includeMessageStatuses: true } });
			await trigger.activate();
			expect(await config()).not.toHaveProperty('webjs');
		});
	}

	it('names the field when the groups are to be chosen and none is', async () => {
		const trigger = await waha({ groupScope: 'chosen', groups: [] });
		expect((await failureOf(trigger.activate())).message).toBe("'Group Names or IDs' is empty");
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
			headers: {
				'X-Webhook-Secret': expect.stringMatching(/^[0-9a-f]{64}$/),
				'X-Webhook-State': expect.any(String),
			},
		});
		await trigger.deactivate();
		expect(await configured()).toEqual(foreign);
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

	describe.each([
		['the first one last', ['two', 'one']],
		['the first one first', ['one', 'two']],
	] as const)('two workflows on one number, unpublished %s', (_, order) => {
		it.each([
			['a URL of the user', foreign],
			['another n8n', { url: 'https://n8n.example.com/webhook/x/whatsapp-groups', headers: {} }],
		])('give back %s', async (__, before) => {
			await configured(before);
			const one = await dialog360();
			const two = (await dialog360()).standBeside(one);
			const byName = { one, two };
			await one.activate();
			await two.activate();
			expect(two.warnings).toEqual([expect.stringContaining('taken the 360dialog number over')]);
			expect((await configured()).url).toBe(two.url);
			expect(one.stored.previous).toEqual(before);
			expect(two.stored.previous).toEqual(before);
			await byName[order[0]].deactivate();
			await byName[order[1]].deactivate();
			expect(await configured()).toEqual(before);
			expect([one.stored.previous, two.stored.previous]).toEqual([undefined, undefined]);
		});

		it('give it back when they have taken it from each other again and again', async () => {
			await configured(foreign);
			const one = await dialog360();
			const two = (await dialog360()).standBeside(one);
			const byName = { one, two };
			for (const trigger of [one, two, one, two, one]) await trigger.activate();
			await two.startTestRun();
			await two.endTestRun();
			expect((await configured()).url).toBe(one.url);
			await byName[order[0]].deactivate();
			await byName[order[1]].deactivate();
			expect(await configured()).toEqual(foreign);
		});
	});

	it('a copy in another n8n takes nothing of the original away', async () => {
		await configured(foreign);
		const original = await dialog360();
		await original.activate();
		const held = await configured();
		const copy = await dialog360();
		copy.staticData = ownedBy('another n8n', original);
		await copy.deactivate();
		expect(await configured()).toEqual(held);
		copy.staticData = ownedBy('another n8n', original);
		await copy.activate();
		await copy.deactivate();
		expect(await configured()).toEqual(held);
	});

	it.each([
		['published again', async (trigger: PublishedTrigger) => await trigger.activate()],
		['unpublished', async () => undefined],
	])('a killed test run leaves nothing behind once the workflow is %s', async (_, next) => {
		await configured(foreign);
		const trigger = await dialog360();
		await trigger.activate();
		await trigger.startTestRun();
		await next(trigger);
		await trigger.deactivate();
		expect(await configured()).toEqual(foreign);
	});

	it('a killed test run of one workflow is cleaned up by another one', async () => {
		await configured(foreign);
		const killed = await dialog360();
		const other = (await dialog360()).standBeside(killed);
		await killed.startTestRun();
		await other.activate();
		await other.deactivate();
		expect(await configured()).toEqual(foreign);
		await other.activate();
		await killed.startTestRun();
		await other.deactivate();
		expect(await configured()).toEqual(foreign);
	});

	it('a test run that cannot start leaves production alone', async () => {
		await configured(foreign);
		const trigger = await dialog360();
		await trigger.activate();
		const production = await configured();
		const { setup } = trigger;
		trigger.setup = on.setup({ triggerOn: [] });
		await failureOf(trigger.startTestRun());
		trigger.setup = { ...setup, credentials: {} };
		await failureOf(trigger.startTestRun());
		expect(trigger.warnings).toContainEqual(expect.stringContaining('could not take back'));
		expect(await configured()).toEqual(production);
	});

	it('what was there before is kept until it has been put back', async () => {
		await configured(foreign);
		const trigger = await dialog360();
		await trigger.activate();
		await on.control('post', '/faults', {
			kind: 'serverError',
			provider: 'dialog360',
			method: 'POST',
		});
		await failureOf(trigger.deactivate());
		expect(trigger.stored.previous).toEqual(foreign);
		await trigger.deactivate();
		expect(await configured()).toEqual(foreign);
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

	const sinch = async (credential: IDataObject = {}, parameters: INodeParameters = {}) => {
		const trigger = await published(on, { triggerOn: ['message.received'], ...parameters });
		Object.assign(trigger.setup.credentials.whatsAppGroupsSinchApi, credential);
		return trigger;
	};
	const body = {
		total: 1,
		data: [{ id: '1', source: '5519911112222', message: { waGroupId: '55-1', messageText: 'Hi' } }],
	};

	it.each([
		[
			'that was entered',
			{ webhookSecret: 'a long & random text' },
			'?secret=a%20long%20%26%20random%20text',
		],
		[
			'that is made from the token',
			{ webhookSecret: '' },
			expect.stringMatching(/^\?secret=[\w-]{32}$/),
		],
	])(
		'shows the ending of the URL with the secret %s, and takes nothing else',
		async (_, credential, ending) => {
			const trigger = await sinch(credential);
			await trigger.activate();
			const [shown, ...others] = await loadOptions(trigger.setup, 'getUrlEnding');
			expect([shown.name, others]).toEqual([ending, []]);
			expect((await axios.post(`${trigger.url}${shown.name}`, body)).status).toBe(200);
			expect(trigger.executions).toHaveLength(1);
			for (const wrong of ['', '?secret=', '?secret=guessed', `${shown.name}x`]) {
				const { status } = await axios.post(`${trigger.url}${wrong}`, body, {
					validateStatus: () => true,
				});
				expect(status).toBe(401);
			}
			await trigger.deactivate();
			expect(await on.calls()).toEqual([]);
		},
	);

	it('makes another secret from another token', async () => {
		const endings = await Promise.all(
			['one', 'two'].map(async (authenticationToken) => {
				const { setup } = await sinch({ authenticationToken, webhookSecret: '' });
				return (await loadOptions(setup, 'getUrlEnding'))[0].name;
			}),
		);
		expect(new Set(endings).size).toBe(2);
	});

	it('is refused where there can be no secret, or nothing could start the workflow', async () => {
		const without = await sinch({ authenticationToken: '', webhookSecret: '' });
		const error = await failureOf(without.activate());
		expect(error.message).toBe("'Webhook Secret' in the credential is empty");
		const nothing = await sinch({}, { groupScope: 'chosen', groups: [] });
		expect((await failureOf(nothing.activate())).message).toBe("'Group Names or IDs' is empty");
	});
});

describe('Meta', () => {
	const on = stage('meta');
	const number = '106540352242922';
	const other = '106540352242933';
	const foreign = 'https://example.com/their-own';

	interface Callbacks {
		isSubscribed: boolean;
		accountOverride: string | null;
		numberOverrides: Record<string, string>;
	}
	const callbacks = async () => (await on.control('get', '/meta/callbacks')) as Callbacks;
	const arrange = async (change: Partial<Callbacks>) =>
		await on.control('put', '/meta/callbacks', change);
	const meta = async (more: INodeParameters = {}) =>
		await published(on, {
			phoneNumber: byId(number),
			triggerOn: ['message.received'],
			...more,
		});
	const write = async (to = number, text = 'Hi') => {
		const group =
			to === number
				? 'Y2FwaV9ncm91cDoxNTU1MDc4Mzg4MToxMjAzNjM0MDQ2OTQyMzM4MjAZD'
				: String((await on.run('group.getAll', { phoneNumber: byId(to) }))[0].id);
		await on.control('post', `/meta/groups/${group}/message`, { phone: '16505551234', text });
	};
	const settled = async (trigger: PublishedTrigger, count: number) => {
		for (let tries = 0; trigger.executions.length < count && tries < 100; tries += 1) {
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
		await new Promise((resolve) => setTimeout(resolve, 100));
	};

	it('sends the events of the number here, and after unpublishing to the app again', async () => {
		const trigger = await meta();
		await trigger.activate();
		expect(await callbacks()).toEqual({
			isSubscribed: true,
			accountOverride: null,
			numberOverrides: { [number]: trigger.url },
		});
		await write();
		await settled(trigger, 1);
		expect(trigger.executions).toMatchObject([[{ account: number, event: 'message.received' }]]);
		await trigger.deactivate();
		expect(await callbacks()).toEqual({
			// Others may count on it by now.
			isSubscribed: true,
			accountOverride: null,
			numberOverrides: {},
		});
	});

	it('writes once however often it is published, and stores no secret', async () => {
		const trigger = await meta();
		await trigger.activate();
		await trigger.activate();
		await trigger.hook('create');
		const writes = (await on.calls()).filter((call) => call === `POST /v26.0/${number}`);
		expect(writes).toHaveLength(1);
		const { appSecret, accessToken } = on.sandbox().accounts.meta.credentials;
		expect(JSON.stringify(trigger.stored)).not.toContain(appSecret);
		expect(JSON.stringify(trigger.stored)).not.toContain(accessToken);
	});

	it('subscribes the app where nobody has, and keeps an override of the account', async () => {
		await arrange({ isSubscribed: false });
		const trigger = await meta();
		await trigger.activate();
		expect(await callbacks()).toMatchObject({ isSubscribed: true });
		await trigger.deactivate();

		await arrange({ accountOverride: foreign });
		await trigger.activate();
		await trigger.deactivate();
		expect(await callbacks()).toMatchObject({ accountOverride: foreign, numberOverrides: {} });
	});

	it('takes the whole account where that is wanted, save numbers with a trigger of their own', async () => {
		const whole = await meta({ options: { wholeAccount: true } });
		const own = (await meta({ phoneNumber: byId(other) })).standBeside(whole);
		await whole.activate();
		expect(await callbacks()).toMatchObject({ accountOverride: whole.url, numberOverrides: {} });
		await write(other);
		await settled(whole, 1);
		expect(whole.executions).toMatchObject([[{ account: other }]]);
		await own.activate();
		await write(number);
		await settled(whole, 2);
		expect(whole.executions).toHaveLength(2);
		await own.deactivate();
		expect(await callbacks()).toMatchObject({ accountOverride: whole.url, numberOverrides: {} });
		await whole.deactivate();
		expect(await callbacks()).toMatchObject({ isSubscribed: true, accountOverride: null });
	});

	it.each([
		['the phone number', {}, { numberOverrides: { [number]: foreign } }],
		['the WhatsApp Business Account', { wholeAccount: true }, { accountOverride: foreign }],
	])('takes the place of nobody else at %s unless told to', async (whose, options, before) => {
		await arrange(before);
		const trigger = await meta({ options });
		const error = await failureOf(trigger.activate());
		expect(error.message).toBe(`The webhooks of ${whose} already go to another address`);
		expect(error.description).toContain(foreign);
		expect(error.description).toContain("turn on 'Replace Other Webhook'");
		expect(await callbacks()).toMatchObject(before);

		trigger.setup = on.setup({
			phoneNumber: byId(number),
			triggerOn: ['message.received'],
			options: { ...options, replaceOther: true },
		});
		await trigger.activate();
		expect(trigger.warnings).toEqual([expect.stringContaining(`from another address, ${foreign}`)]);
		await trigger.deactivate();
		expect(await callbacks()).toMatchObject({ accountOverride: null, numberOverrides: {} });
	});

	it('leaves alone what somebody else has taken meanwhile', async () => {
		const trigger = await meta();
		await trigger.activate();
		await arrange({ numberOverrides: { [number]: foreign } });
		await trigger.deactivate();
		expect(await callbacks()).toMatchObject({ numberOverrides: { [number]: foreign } });
	});

	it('a test run gives the published trigger its place back', async () => {
		const trigger = await meta();
		await trigger.activate();
		await trigger.startTestRun();
		expect(await callbacks()).toMatchObject({ numberOverrides: { [number]: trigger.testUrl } });
		await trigger.endTestRun();
		expect(await callbacks()).toMatchObject({ numberOverrides: { [number]: trigger.url } });
	});

	it.each(['drop', 'dropAfter', 'serverError'])(
		'a test run gives it back even if Meta fails once: %s',
		async (kind) => {
			const trigger = await meta();
			await trigger.activate();
			await trigger.startTestRun();
			await on.control('post', '/faults', { provider: 'meta', kind, method: 'POST' });
			await trigger.endTestRun();
			expect(await callbacks()).toMatchObject({ numberOverrides: { [number]: trigger.url } });
		},
	);

	it('a test run that cannot give it back keeps it until the next publishing, and says so', async () => {
		const trigger = await meta();
		await trigger.activate();
		await trigger.startTestRun();
		const fault = { provider: 'meta', kind: 'unavailable', method: 'POST', times: 'always' };
		await on.control('post', '/faults', fault);
		await trigger.endTestRun();
		await on.control('delete', '/faults');
		// Meta sends again what nobody takes; what goes to the app's own address is lost.
		expect(await callbacks()).toMatchObject({ numberOverrides: { [number]: trigger.testUrl } });
		expect(trigger.warnings).toContainEqual(expect.stringContaining('could not take back'));
		await trigger.activate();
		expect(await callbacks()).toMatchObject({ numberOverrides: { [number]: trigger.url } });
	});

	it('a test run after one that was killed gives the published trigger its place back', async () => {
		const trigger = await meta();
		await trigger.activate();
		await trigger.startTestRun();
		await trigger.startTestRun();
		await trigger.endTestRun();
		expect(await callbacks()).toMatchObject({ numberOverrides: { [number]: trigger.url } });
	});

	it('a test run of another workflow, too, while one is under way', async () => {
		const one = await meta();
		const two = (await meta()).standBeside(one);
		await one.activate();
		await one.startTestRun();
		await two.startTestRun();
		await one.endTestRun();
		await two.endTestRun();
		expect(await callbacks()).toMatchObject({ numberOverrides: { [number]: one.url } });
	});

	it('a test run without a published trigger leaves nothing behind, however often', async () => {
		const trigger = await meta();
		trigger.isPublished = false;
		await trigger.startTestRun();
		await trigger.startTestRun();
		await trigger.endTestRun();
		expect(await callbacks()).toMatchObject({ numberOverrides: {} });
	});

	it('is not published when Meta answers that it was no success', async () => {
		const trigger = await meta();
		await on.control('post', '/faults', {
			provider: 'meta',
			kind: 'answer',
			status: 200,
			body: { success: false },
			method: 'POST',
			path: `/v26.0/${number}`,
		});
		await failureOf(trigger.activate());
		expect(trigger.stored.url).toBeUndefined();
	});

	it('is unpublished also when the app secret is gone from the credential', async () => {
		const trigger = await meta();
		await trigger.activate();
		Object.assign(Object.values(trigger.setup.credentials)[0], { appSecret: '' });
		await trigger.deactivate();
		expect(await callbacks()).toMatchObject({ numberOverrides: {} });
	});

	it("tells nobody what may be a secret in somebody else's address", async () => {
		await arrange({ numberOverrides: { [number]: `${foreign}?token=theirs` } });
		const trigger = await meta();
		const error = await failureOf(trigger.activate());
		expect(error.description).toContain(foreign);
		trigger.setup = on.setup({
			phoneNumber: byId(number),
			triggerOn: ['message.received'],
			options: { replaceOther: true },
		});
		await trigger.activate();
		expect(JSON.stringify([error.description, trigger.warnings])).not.toContain('theirs');
	});

	it('says which field of the credential is empty, and what to do', async () => {
		const trigger = await meta();
		Object.assign(Object.values(trigger.setup.credentials)[0], { businessAccountId: '' });
		const error = await failureOf(trigger.activate());
		expect(error.message).toBe("'WhatsApp Business Account ID' in the credential is empty");
		expect(error.description).toBe('Open the credential and enter it.');
		expect(error.name).toBe('NodeOperationError');
	});

	it('says how to choose the number where it is empty', async () => {
		const trigger = await meta({ phoneNumber: byId('') });
		const error = await failureOf(trigger.activate());
		expect(error.message).toBe("'Phone Number' is empty");
		expect(error.description).toContain("'By ID'");
	});

	it('a test run that is over gives nothing back to a trigger that is gone', async () => {
		const gone = await meta();
		const trigger = (await meta()).standBeside(gone);
		await gone.activate();
		await trigger.startTestRun();
		await gone.close();
		await trigger.endTestRun();
		expect(await callbacks()).toMatchObject({ numberOverrides: {} });
	});

	it.each([
		['published again', async (trigger: PublishedTrigger) => await trigger.activate()],
		['unpublished', async () => undefined],
	])('a killed test run leaves nothing behind once the workflow is %s', async (_, next) => {
		const trigger = await meta();
		await trigger.activate();
		await trigger.startTestRun();
		await next(trigger);
		await trigger.deactivate();
		expect(await callbacks()).toMatchObject({ numberOverrides: {} });
	});

	it('says that it has taken the number over from another workflow', async () => {
		const one = await meta();
		const two = (await meta()).standBeside(one);
		await one.activate();
		await two.activate();
		// Both have the one logger of the process.
		expect([...one.warnings, ...two.warnings]).toEqual([
			expect.stringContaining('from another workflow of this n8n'),
		]);
		await one.deactivate();
		expect(await callbacks()).toMatchObject({ numberOverrides: { [number]: two.url } });
	});

	it.each<[IDataObject, string]>([
		[{ appSecret: '' }, "'App Secret' in the credential is empty"],
		[{ appSecret: null }, "'App Secret' in the credential is empty"],
		[{ accessToken: 'EAAwrong' }, 'Meta does not accept the access token'],
	])('says what is missing in the credential: %p', async (change, message) => {
		const trigger = await meta();
		Object.assign(Object.values(trigger.setup.credentials)[0], change);
		expect((await failureOf(trigger.activate())).message).toBe(message);
		expect(await callbacks()).toMatchObject({ numberOverrides: {} });
	});

	it('says that Meta could not verify the URL', async () => {
		const trigger = await meta();
		await trigger.close();
		const error = await failureOf(trigger.activate());
		expect(error.message).toBe('Meta could not verify the webhook URL of this n8n');
		expect(error.description).toContain('reached from the internet over https');
	});

	describe('when its URL is called', () => {
		const ask = async (trigger: PublishedTrigger, query: object) =>
			await axios.get<unknown>(trigger.url, { params: query, validateStatus: () => true });
		const challenge = { 'hub.mode': 'subscribe', 'hub.challenge': '1158201444' };

		it('tells the challenge to nobody who does not know the token', async () => {
			const trigger = await meta();
			for (const token of [undefined, '', 'guessed', ['a', 'b']]) {
				const { status, data } = await ask(trigger, { ...challenge, 'hub.verify_token': token });
				expect([status, JSON.stringify(data)]).toEqual([403, '{"message":"Forbidden"}']);
			}
			expect((await ask(trigger, {})).status).toBe(403);
		});

		it('is not found with GET at other providers', async () => {
			const trigger = await new PublishedTrigger({
				parameters: { provider: 'sinch', triggerOn: ['message.received'] },
				credentials: { whatsAppGroupsSinchApi: { webhookSecret: 's' } },
			}).listen();
			running.push(trigger);
			expect((await ask(trigger, challenge)).status).toBe(404);
		});

		it.each([
			['without signature', () => ({})],
			['with that of another secret', (body: string) => signed(body, 'another secret')],
			['with that of another body', () => signed('{}')],
			[
				'with one in SHA-1',
				(body: string) => ({ 'X-Hub-Signature': signed(body)['X-Hub-Signature-256'] }),
			],
			['with one that is empty', () => ({ 'X-Hub-Signature-256': 'sha256=' })],
		] as Array<[string, (body: string) => Record<string, string>]>)(
			'refuses a delivery %s',
			async (_, headers) => {
				const trigger = await meta();
				const body = JSON.stringify({ object: 'whatsapp_business_account', entry: [] });
				const { status } = await axios.post(trigger.url, body, {
					headers: { 'Content-Type': 'application/json', ...headers(body) },
					validateStatus: () => true,
				});
				expect(status).toBe(401);
				expect(trigger.executions).toEqual([]);
			},
		);

		function signed(body: string, secret = 'sandbox-meta-app-secret'): Record<string, string> {
			const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
			return { 'X-Hub-Signature-256': signature };
		}

		it('puts out the headers of a delivery without its signature', async () => {
			const trigger = await meta({ options: { includeHeaders: true } });
			const value = {
				metadata: { phone_number_id: number },
				messages: [{ id: 'wamid.h', group_id: 'G', from: '16505551234', type: 'text' }],
			};
			const body = JSON.stringify({
				object: 'whatsapp_business_account',
				entry: [{ changes: [{ field: 'messages', value }] }],
			});
			const headers = signed(body);
			await axios.post(trigger.url, body, {
				headers: {
					'Content-Type': 'application/json',
					'X-Hub-Signature': 'sha1=0',
					'X-Other': 'shown',
					...headers,
				},
			});
			const [[item]] = trigger.executions;
			expect(item.headers).toMatchObject({ 'x-other': 'shown' });
			expect(JSON.stringify(item)).not.toMatch(/signature|sha256=|sha1=/);
		});

		it('takes 1,000 changes in one delivery, each once', async () => {
			const trigger = await meta();
			const changes = Array.from({ length: 1000 }, (_, i) => ({
				field: 'messages',
				value: {
					metadata: { phone_number_id: number },
					messages: [
						{
							id: `wamid.${i}`,
							group_id: 'GROUP_ID',
							// Somebody with a username has no number (providers.md §4.5.7).
							from_user_id: 'US.13491208655302741918',
							timestamp: '1749416383',
							type: 'text',
							text: { body: `Text ${i}` },
						},
					],
				},
			}));
			const body = JSON.stringify({
				object: 'whatsapp_business_account',
				entry: [{ id: '102290129340398', changes: [...changes, ...changes.slice(0, 5)] }],
			});
			const headers = { 'Content-Type': 'application/json', ...signed(body) };
			for (let times = 0; times < 2; times += 1) {
				expect((await axios.post(trigger.url, body, { headers })).status).toBe(200);
			}
			expect(trigger.executions.map((items) => items.length)).toEqual([1000]);
			expect(trigger.executions[0][999]).toMatchObject({
				account: number,
				actor: { id: 'US.13491208655302741918', phone: null },
				message: { text: 'Text 999' },
			});
		});

		it('goes on after the app secret was changed in the credential', async () => {
			const trigger = await meta();
			const body = JSON.stringify({ object: 'whatsapp_business_account', entry: [] });
			const status = async (secret: string) =>
				(
					await axios.post(trigger.url, body, {
						headers: { 'Content-Type': 'application/json', ...signed(body, secret) },
						validateStatus: () => true,
					})
				).status;
			expect(await status('sandbox-meta-app-secret')).toBe(200);
			Object.assign(Object.values(trigger.setup.credentials)[0], { appSecret: 'new' });
			expect(await status('new')).toBe(200);
		});
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
