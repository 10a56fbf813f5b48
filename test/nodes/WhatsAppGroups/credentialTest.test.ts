import { credentialTestContext, testCredential } from '../../support/credentialTest';
import { startOtherHost } from '../../support/otherHost';
import type { OtherHost } from '../../support/otherHost';
import { SsrfProtectionConfig } from '@n8n/config';
import { Container } from '@n8n/di';
import axios from 'axios';
import { byId, credentialNames, stage } from '../../support/sandbox';
import { failureOf, runNode } from '../../support/n8n';
import { WhatsAppGroups } from '../../../nodes/WhatsAppGroups/WhatsAppGroups.node';
import { WhatsAppGroupsTrigger } from '../../../nodes/WhatsAppGroups/WhatsAppGroupsTrigger.node';
import { providerOf, providers } from '../../../nodes/WhatsAppGroups/providers';
import { networkFaultOf } from '../../../nodes/WhatsAppGroups/transport/networkFaults';
import { probe } from '../../../nodes/WhatsAppGroups/transport/probe';
import type { IDataObject } from 'n8n-workflow';
import type { RequestListener, ServerResponse } from 'node:http';

type Id = keyof typeof credentialNames;

const provider: Record<Id, { name: string; secret: string; path: string; wrongKey: string }> = {
	dialog360: {
		name: '360dialog',
		secret: 'apiKey',
		path: '/health_status',
		wrongKey: '360dialog does not accept the API key',
	},
	meta: {
		name: 'Meta Cloud API',
		secret: 'accessToken',
		path: '/v26.0/102290129340398/phone_numbers',
		wrongKey: 'Meta does not accept the access token',
	},
	sinch: {
		name: 'Sinch (Wavy)',
		secret: 'authenticationToken',
		path: '/v1/whatsapp/groups',
		wrongKey: 'Sinch does not accept the user name and authentication token',
	},
	waha: {
		name: 'WAHA',
		secret: 'apiKey',
		path: '/api/sessions',
		wrongKey: 'WAHA does not accept the API key',
	},
};
const ids = Object.keys(provider) as Id[];

const servers: OtherHost[] = [];
const otherHost = async (answer: RequestListener) => {
	const server = await startOtherHost(answer);
	servers.push(server);
	return server;
};
afterEach(async () => {
	await Promise.all(servers.splice(0).map(async (server) => await server.close()));
});

const json =
	(body: unknown, status = 200): RequestListener =>
	(_request, response) => {
		response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
	};
const text =
	(body: string, status = 200, type = 'text/html'): RequestListener =>
	(_request, response) => {
		response.writeHead(status, { 'Content-Type': type }).end(body);
	};

describe.each(ids)('the credential test of %s', (id) => {
	const { name, secret, path, wrongKey } = provider[id];
	const [header] = Object.keys(providerOf(id).credentialTest.headers);
	const { setup, seen, control } = stage(id);
	const credential = (): IDataObject => setup({}).credentials[credentialNames[id]];
	const test = async (change: IDataObject = {}) =>
		await testCredential(credentialNames[id], { ...credential(), ...change });
	/** The message for an answer that comes instead of the provider's own. */
	const testAt = async (answer: RequestListener) =>
		await test({ baseUrl: (await otherHost(answer)).url });

	it('passes', async () => {
		expect(await test()).toEqual({ status: 'OK', message: `${name} accepts the credential` });
		expect((await seen())[0].path).toContain(path);
	});

	it('reads a credential as the node does: without what was copied along with it', async () => {
		const untidy = Object.fromEntries(
			Object.entries(credential()).map(([field, value]) => [
				field,
				field === 'baseUrl' ? ` ${String(value)}// \n` : `\t ${String(value)} \r\n`,
			]),
		);
		expect(await test(untidy)).toMatchObject({ status: 'OK' });

		const parameters = {
			resource: 'group',
			operation: 'getAll',
			session: byId('default'),
			phoneNumber: byId('106540352242922'),
			limit: 1,
		};
		await runNode({
			...setup(parameters),
			credentials: { [credentialNames[id]]: untidy },
		});
		const requests = await seen();
		const shown = requests.map(({ headers }) => headers[header.toLowerCase()] ?? '');
		expect(new Set(shown).size).toBe(1);
		expect(
			requests.every(({ status, path: seenPath }) => status === 200 && !/\/\//.test(seenPath)),
		).toBe(true);
	});

	it('tells a wrong key, and never what it is', async () => {
		const { status, message } = await test({ [secret]: 'secret-of-mine' });
		expect(status).toBe('Error');
		expect(message).toMatch(new RegExp(`^${wrongKey}\\. .*Open the credential`));
		expect(message).not.toContain('secret-of-mine');
	});

	it('shows no secret that the provider repeats', async () => {
		const echo: RequestListener = ({ headers }, response) => {
			const words = JSON.stringify(headers);
			const bodies = {
				dialog360: { meta: { success: false, http_code: 401, developer_message: words } },
				meta: { error: { code: 190, type: 'OAuthException', message: words } },
				sinch: { errorCode: 401, errorMessage: words },
				waha: { statusCode: 401, message: words },
			};
			json(bodies[id], 401)({} as never, response as never);
		};
		const { url } = await otherHost(echo);
		const { message } = await test({ baseUrl: url, [secret]: ' secret-of-mine\n' });
		expect(message).toContain('***');
		expect(message).not.toContain('secret-of-mine');
	});

	it.each([301, 302, 303, 307, 308])('follows no redirect, here a %d', async (status) => {
		const target = await otherHost(json({}));
		const { message } = await testAt((_request, response) => {
			response.writeHead(status, { Location: `${target.url}/elsewhere?x=1` }).end();
		});
		expect(message).toBe(
			"The provider redirects to another address. Check 'Base URL' in the credential: it may need https:// or another path." +
				` It leads to ${target.url}.`,
		);
		expect(target.requests).toEqual([]);
	});

	it('follows no redirect within the same host either', async () => {
		const server = await otherHost((_request, response) => {
			response.writeHead(302, { Location: '/login' }).end();
		});
		expect(await test({ baseUrl: server.url })).toMatchObject({ status: 'Error' });
		expect(server.requests).toHaveLength(1);
	});

	it.each<[string, unknown]>([
		['an empty object', {}],
		['null', null],
		['a list of something else', [{ id: 1 }, { id: 2 }]],
		['a health check', { status: 'ok' }],
		['WAHA’s answer to a ping', { message: 'pong' }],
		['a number', 1],
		['a text', 'ok'],
		['groups that are none', { groups: 'none' }],
		['groups without ids', { groups: [1, null] }],
		['health without a state', { health_status: {} }],
		['health in other words', { health_status: { can_send_message: 'yes' } }],
		['sessions without a state', [{ name: 'default' }]],
	])('takes no other JSON for the provider’s: %s', async (_, body) => {
		expect((await testAt(json(body))).message).toMatch(
			`${name} does not answer at 'Base URL'. Something else answers there (HTTP status 200). `,
		);
	});

	it.each<[string, RequestListener, string]>([
		['a web page', text('<!doctype html><h1>Hello</h1>'), 'A web page'],
		['n8n', text('<!DOCTYPE html>\n<title>n8n.io - Workflow Automation</title>'), 'A web page'],
		['a page that asks to sign in', text('<html>Sign in</html>', 401), 'A web page'],
		['a page that is not there', text('<html>404</html>', 404), 'A web page'],
		['plain text', text('n8n is starting up', 200, 'text/plain'), 'Something else'],
		['nothing', text(''), 'Something else'],
		['an API without the path', json({ error: 'Not found', statusCode: 404 }, 404), 'Something'],
		['an API with other refusals', json({ detail: 'Who are you?' }, 401), 'Something else'],
		['a bad request', json({ title: 'Bad request' }, 400), 'Something else'],
	])('tells a wrong address, here %s', async (_, answer, what) => {
		const { status, message } = await testAt(answer);
		expect(status).toBe('Error');
		expect(message).toContain(`${name} does not answer at 'Base URL'. ${what}`);
	});

	it('reads no endless answer', async () => {
		const line = Buffer.alloc(256 * 1024, 'x');
		const { message } = await testAt((_request, response: ServerResponse) => {
			const more = () => {
				while (!response.destroyed && response.write(line));
			};
			response.on('drain', more).on('error', () => undefined);
			more();
		});
		expect(message).toContain('Something else answers there');
	});

	it('tells a server that is not there, and what localhost is in Docker', async () => {
		const gone = await startOtherHost(json({}));
		await gone.close();
		const port = new URL(gone.url).port;
		for (const host of ['127.0.0.1', 'localhost']) {
			expect((await test({ baseUrl: `http://${host}:${port}` })).message).toBe(
				"Nothing answers at the address of the provider. Check 'Base URL' in the credential, and that the server is running and reachable from n8n." +
					` Where n8n runs in Docker, ${host} is the container of n8n itself: enter the name of the server's service instead, e.g. http://waha:3000, or http://host.docker.internal:3000 for a server on the machine that runs Docker.`,
			);
		}
	});

	it('tells a name that nobody knows, and the network of Docker', async () => {
		const { message } = await test({ baseUrl: 'http://no-such-service:3000' });
		expect(message).toMatch(/^The provider's host name could not be resolved\. /);
		expect(message).toContain('have to be in one network');
	});

	it('tells https where there is none', async () => {
		const { url } = await otherHost(json({}));
		const { message } = await test({ baseUrl: url.replace('http:', 'https:') });
		expect(message).toMatch(/^No secure connection to the provider could be made\. /);
	});

	it.each(['drop', 'truncate'])('tells a connection that is lost: %s', async (kind) => {
		await control('post', '/faults', { kind, provider: id });
		expect((await test()).message).toMatch(/^The connection to the provider broke off\. /);
	});

	it.each(['serverError', 'unavailable'])(
		'tells trouble from a wrong address: %s',
		async (kind) => {
			await control('post', '/faults', { kind, provider: id });
			expect((await test()).message).toMatch(
				/ does not work at present \(HTTP status 50[0-9]\)\. /,
			);
		},
	);

	it('tells a limit of the rate, and does not wait for it', async () => {
		await control('post', '/faults', { kind: 'rateLimited', provider: id, retryAfterSeconds: 600 });
		expect((await test()).message).toMatch(/(limiting|too often|throughput).*Wait a minute/);
	});

	it.each<[unknown]>([
		[''],
		['   '],
		['api.example.com'],
		['ftp://api.example.com'],
		['https://'],
		['https://api.example.com/?key=1'],
		['https://api.example.com/#/groups'],
		['https://api example.com'],
		[null],
		[{ a: 1 }],
	])('asks nobody where the base URL is none: %p', async (baseUrl) => {
		expect(await test({ baseUrl } as IDataObject)).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(/^'Base URL' in the credential is not a URL\. /),
		});
	});

	it.each([[null], [undefined], [{ a: 1 }], [['x']], [false]])(
		'sends no key that is none: %p',
		async (value) => {
			expect((await test({ [secret]: value })).message).toMatch(wrongKey);
			const [{ headers }] = await seen();
			expect(Object.values(headers).join()).not.toMatch(/null|undefined|object|false/);
		},
	);
});

describe('the credential test of dialog360 on what the number may', () => {
	const { setup, control, calls } = stage('dialog360');
	const test = async () =>
		await testCredential(
			credentialNames.dialog360,
			setup({}).credentials[credentialNames.dialog360],
		);
	const settings = async (change: IDataObject) =>
		await control('put', '/dialog360/settings', change);

	it('says that a number is not eligible for groups', async () => {
		await settings({ groupsEligible: false });
		expect(await test()).toEqual({
			status: 'Error',
			message:
				'The number may not use groups. Groups need an Official Business Account: ask the provider about eligibility. 360dialog says: The number is not an Official Business Account.',
		});
		expect(await calls()).toEqual(['GET /health_status', 'GET /groups']);
	});

	it('says that the endpoint of groups is blocked', async () => {
		await settings({ blockedPaths: ['/groups'] });
		expect((await test()).message).toMatch(
			/^360dialog has blocked this endpoint for the number\. /,
		);
	});

	it('says that a number is blocked, and why', async () => {
		await settings({ canSendMessage: 'BLOCKED' });
		expect(await test()).toEqual({
			status: 'Error',
			message:
				'The API key is right, but WhatsApp has blocked its number. Open the number in the 360dialog Hub and follow what it says. WhatsApp says: The account is locked. Request a review in WhatsApp Manager.',
		});
	});

	it('passes with a number that may write to some people only', async () => {
		await settings({ canSendMessage: 'LIMITED' });
		expect(await test()).toMatchObject({ status: 'OK' });
	});

	it('says that the API is not paid for', async () => {
		await settings({ apiDisabled: true });
		expect((await test()).message).toBe(
			'360dialog knows the API key, but does not serve its number. Check in the 360dialog Hub that the API is enabled and paid for. 360dialog says: API disabled',
		);
	});
});

describe('the credential test of meta on what is right and what is not', () => {
	const { setup, control, calls, seen } = stage('meta');
	const type = credentialNames.meta;
	const credential = () => setup({}).credentials[type];
	const test = async (change: IDataObject = {}) =>
		await testCredential(type, { ...credential(), ...change });
	const settings = async (change: IDataObject) => await control('put', '/meta/settings', change);

	it('asks for the numbers of the account, then for groups of one that may have some', async () => {
		await settings({ unofficialNumbers: ['106540352242922'] });
		expect(await test()).toMatchObject({ status: 'OK' });
		expect(await calls()).toEqual([
			'GET /v26.0/102290129340398/phone_numbers',
			'GET /v26.0/106540352242933/groups',
		]);
		expect((await seen())[0].headers.authorization).toBe(
			`Bearer ${String(credential().accessToken)}`,
		);
	});

	it('says that the token is wrong, or has expired', async () => {
		const wrong = /^Meta does not accept the access token\. .*system user/;
		expect((await test({ accessToken: 'EAAwrong' })).message).toMatch(wrong);
		await settings({ tokenExpired: true });
		expect((await test()).message).toMatch(wrong);
	});

	it.each([[['whatsapp_business_messaging']], [['whatsapp_business_management']]])(
		'says that the token has no more permissions than %p',
		async (permissions) => {
			await settings({ permissions });
			expect((await test()).message).toMatch(
				/^The access token lacks a permission\. It needs whatsapp_business_management .* and whatsapp_business_messaging/,
			);
		},
	);

	it('says that the account is not one that the token sees', async () => {
		expect((await test({ businessAccountId: '999999999999999' })).message).toMatch(
			/^Meta does not know the 'WhatsApp Business Account ID', or hides it from this token\. /,
		);
	});

	it('says that the ID is that of a phone number', async () => {
		expect((await test({ businessAccountId: '106540352242922' })).message).toMatch(
			/^'WhatsApp Business Account ID' or 'Graph API Version' is not right\. /,
		);
	});

	it('shows the version that it advises, though the credential has the same', async () => {
		const { message } = await test({ businessAccountId: '106540352242922' });
		expect(message).toContain('e.g. v26.0');
		expect(message).not.toContain('***');
	});

	it('says that no number is eligible', async () => {
		await settings({ unofficialNumbers: ['106540352242922', '106540352242933'] });
		expect((await test()).message).toMatch(
			/^The access token is right, but no number of the account may use groups\. Groups need an Official Business Account/,
		);
	});

	it('says that WhatsApp refuses groups to a number that looks eligible', async () => {
		const body = { error: { code: 131215, message: '(#131215) Not eligible' } };
		await control('post', '/faults', {
			kind: 'answer',
			provider: 'meta',
			status: 400,
			body,
			path: 'groups$',
		});
		expect((await test()).message).toMatch(/^The number may not use groups\. /);
	});

	it.each<[unknown, RegExp]>([
		['v99.0', /^'WhatsApp Business Account ID' or 'Graph API Version' is not right\. /],
		['latest', /^'Graph API Version' in the credential is not a version\. .*e\.g\. v26\.0/],
		['', /^'Graph API Version' in the credential is empty/],
		[null, /^'Graph API Version' in the credential is empty/],
	])('says what is wrong with the version %p', async (graphVersion, message) => {
		expect((await test({ graphVersion } as IDataObject)).message).toMatch(message);
	});

	it.each([['26.0'], [' v25.0 '], ['V24.0']])('takes %p for a version', async (graphVersion) => {
		expect(await test({ graphVersion })).toMatchObject({ status: 'OK' });
	});

	it.each([[''], [null], [{ id: 1 }]])('asks nobody for the account %p', async (id) => {
		expect((await test({ businessAccountId: id } as IDataObject)).message).toMatch(
			/^'WhatsApp Business Account ID' in the credential is empty\. /,
		);
		expect(await seen()).toEqual([]);
	});
});

describe('the credential test of sinch on what the account may', () => {
	const { setup, control } = stage('sinch');
	const testWith = async (answer: { status: number; body: unknown }) => {
		await control('post', '/faults', { kind: 'answer', provider: 'sinch', ...answer });
		const type = credentialNames.sinch;
		return await testCredential(type, setup({}).credentials[type]);
	};

	it('passes with an account that is in no group', async () => {
		expect(await testWith({ status: 200, body: { groups: [] } })).toMatchObject({ status: 'OK' });
	});

	it('says that it may not use groups', async () => {
		const body = { errorCode: 403, errorMessage: 'Not allowed' };
		expect((await testWith({ status: 403, body })).message).toBe(
			'Sinch does not let this account use groups. Ask Sinch support to enable WhatsApp groups for the number of the account. Sinch (Wavy) says: Not allowed',
		);
	});

	it('reads a refusal that comes with status 200', async () => {
		const body = { errorCode: 401, errorMessage: 'Authentication Error' };
		expect((await testWith({ status: 200, body })).message).toMatch(
			/^Sinch does not accept the user name and authentication token\. /,
		);
	});
});

describe('the credential test of waha on what the server has', () => {
	const { setup, control, sandbox, seen } = stage('waha');
	const type = credentialNames.waha;
	const test = async (change: IDataObject = {}) =>
		await testCredential(type, { ...setup({}).credentials[type], ...change });

	it('says that n8n itself does not allow the address', async () => {
		const protection = Container.get(SsrfProtectionConfig);
		protection.enabled = true;
		try {
			expect((await test()).message).toMatch(/^This n8n does not allow requests to the address/);
		} finally {
			protection.enabled = false;
		}
		expect(await seen()).toEqual([]);
	});

	it('passes whatever the sessions do at present', async () => {
		const { baseUrl, apiKey } = setup({}).credentials[type];
		await axios.post(`${String(baseUrl)}/api/sessions/default/stop`, null, {
			headers: { 'X-Api-Key': String(apiKey) },
		});
		expect(await test()).toMatchObject({ status: 'OK' });
	});

	it.each(['WEBJS', 'NOWEB', 'GOWS'])('passes with the engine %s', async (engine) => {
		const baseUrl = sandbox().accounts.waha.baseUrls[engine];
		expect(await test({ baseUrl })).toMatchObject({ status: 'OK' });
	});

	it('says that there is no session', async () => {
		await control('post', '/faults', { kind: 'answer', provider: 'waha', status: 200, body: [] });
		expect((await test()).message).toBe(
			'The WAHA server has no session. Start one in the WAHA dashboard and scan its QR code with WhatsApp.',
		);
	});

	it('says that the key is of one session only', async () => {
		const body = { message: 'Forbidden resource', error: 'Forbidden', statusCode: 403 };
		await control('post', '/faults', { kind: 'answer', provider: 'waha', status: 403, body });
		expect((await test()).message).toMatch(/^WAHA knows the API key, but does not let it list/);
	});

	it('sends no key where the server has none', async () => {
		await test({ apiKey: '' });
		expect(Object.keys((await seen())[0].headers)).not.toContain('x-api-key');
	});

	it('says that a path is too much', async () => {
		const baseUrl = `${String(setup({}).credentials[type].baseUrl)}/dashboard`;
		expect((await test({ baseUrl })).message).toMatch(
			/^WAHA does not answer at 'Base URL'\. .*without a path such as \/dashboard/,
		);
	});
});

describe('the request of a credential test', () => {
	const deadlineMs = 300;
	const probeAt = async (answer: RequestListener) => {
		const { url } = await otherHost(answer);
		return await failureOf(probe(await credentialTestContext(), url, {}, deadlineMs));
	};

	it.each<[string, RequestListener]>([
		['does not come', () => undefined],
		[
			'comes a byte at a time',
			(_request, response) => {
				const timer = setInterval(() => response.write(' '), 20);
				response.on('close', () => clearInterval(timer));
			},
		],
		[
			'has headers that come a byte at a time',
			({ socket }) => {
				socket.write('HTTP/1.1 200 OK\r\nX-Long: ');
				const timer = setInterval(() => socket.write('x'), 20);
				socket.on('close', () => clearInterval(timer));
			},
		],
	])('waits for an answer only so long, if it %s', async (_, answer) => {
		const { message } = networkFaultOf(await probeAt(answer));
		expect(message).toBe('The provider did not answer in time');
	});
});

describe.each([new WhatsAppGroups(), new WhatsAppGroupsTrigger()])(
	'$description.displayName',
	({ description, methods }) => {
		// n8n takes the first node that names a test, whichever of the two it has loaded first.
		it('names a test for each of its credentials, and has it', () => {
			const named = description.credentials!.map(({ testedBy }) => String(testedBy));
			expect(named).toHaveLength(providers.length);
			expect(named.filter((name) => !(name in methods.credentialTest))).toEqual([]);
		});
	},
);
