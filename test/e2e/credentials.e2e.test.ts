import type { RequestListener } from 'node:http';
import { accounts, sandboxCredentials } from '../../sandbox/n8n/accounts';
import { N8n } from '../../sandbox/n8n/instance';
import { startSandbox } from '../../sandbox/sandbox';
import type { Sandbox } from '../../sandbox/sandbox';
import { startOtherHost } from '../support/otherHost';
import type { OtherHost } from '../support/otherHost';
import { control } from './support';

type Id = keyof typeof accounts;
const ids = Object.keys(accounts) as Id[];

/** The field that holds the secret, and what n8n says where it is wrong. */
const secrets: Record<Id, { field: string; wrong: RegExp }> = {
	dialog360: { field: 'apiKey', wrong: /^360dialog does not accept the API key\. / },
	meta: { field: 'accessToken', wrong: /^Meta does not accept the access token\. / },
	sinch: {
		field: 'authenticationToken',
		wrong: /^Sinch does not accept the user name and authentication token\. /,
	},
	waha: { field: 'apiKey', wrong: /^WAHA does not accept the API key\. / },
};

/** A workflow of n8n's own HTTP Request node, which takes the credentials as well. */
const httpRequest = (url: string) => ({
	id: 'http-request',
	name: 'HTTP Request',
	active: false,
	settings: {},
	nodes: [
		{
			id: '1',
			name: 'Start',
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		},
		{
			id: '2',
			name: 'Ask',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			position: [200, 0],
			parameters: {
				url,
				authentication: 'predefinedCredentialType',
				nodeCredentialType: accounts.sinch.type,
			},
			credentials: { [accounts.sinch.type]: { id: accounts.sinch.id, name: accounts.sinch.name } },
		},
	],
	connections: { Start: { main: [[{ node: 'Ask', type: 'main', index: 0 }]] } },
});

let sandbox: Sandbox;
let n8n: N8n;
const servers: OtherHost[] = [];

beforeAll(async () => {
	sandbox = await startSandbox();
	n8n = await N8n.start({
		credentials: sandboxCredentials(sandbox),
		workflows: [httpRequest(`${sandbox.accounts.sinch.baseUrls.api}/v1/whatsapp/groups`)],
		env: {
			// What an operator enters for all users; n8n fills it in where a field is empty.
			CREDENTIALS_OVERWRITE_DATA: JSON.stringify({
				whatsAppGroupsWahaApi: { apiKey: sandbox.accounts.waha.credentials.apiKey },
			}),
		},
		log: (line) => process.stdout.write(`${line}\n`),
	});
});

afterAll(async () => {
	await Promise.all(servers.map(async (server) => await server.close()));
	await n8n?.stop();
	await sandbox?.close();
});

beforeEach(async () => {
	await control(sandbox, 'post', '/reset');
});

const otherHost = async (answer: RequestListener) => {
	const server = await startOtherHost(answer);
	servers.push(server);
	return server;
};

/** Tests a credential as the editor does when it is saved. */
async function test(id: Id, change: Record<string, string> = {}) {
	const [credential] = sandboxCredentials(sandbox).filter((each) => each.id === accounts[id].id);
	const { data } = await n8n.rest.post<{ data: { status: string; message: string } }>(
		'/credentials/test',
		{ credentials: { ...credential, data: { ...credential.data, ...change } } },
	);
	return data.data;
}

describe('in a real n8n', () => {
	it('the editor offers to test each credential', async () => {
		const types = (await n8n.nodeTypes()) as Array<{
			name: string;
			credentials?: Array<{ name: string; testedBy?: string }>;
		}>;
		const own = types.filter(({ name }) => /whatsAppGroups(Trigger)?$/.test(name));
		expect(own).toHaveLength(2);
		for (const { credentials } of own) {
			expect(credentials).toHaveLength(ids.length);
			expect(credentials!.every(({ testedBy }) => testedBy !== undefined)).toBe(true);
		}
	});
});

describe.each(ids)('the credential test of %s in a real n8n', (id) => {
	const { field, wrong } = secrets[id];

	it('passes', async () => {
		expect(await test(id)).toMatchObject({ status: 'OK' });
	});

	it('passes with spaces, slashes and line breaks around, and with expressions', async () => {
		const [{ data }] = sandboxCredentials(sandbox).filter((each) => each.id === accounts[id].id);
		const change = {
			baseUrl: `={{ " ${data.baseUrl}/ " }}`,
			[field]: ` ${data[field]}\n`,
		};
		expect(await test(id, change)).toMatchObject({ status: 'OK' });
	});

	it('tells a wrong key', async () => {
		const { status, message } = await test(id, { [field]: 'wrong-secret' });
		expect(status).toBe('Error');
		expect(message).toMatch(wrong);
		expect(message).not.toContain('wrong-secret');
	});

	it.each([301, 302, 303, 307, 308])('follows no redirect: %d', async (status) => {
		const target = await otherHost((_request, response) => response.end('{}'));
		const server = await otherHost((_request, response) => {
			response.writeHead(status, { Location: `${target.url}/stolen` }).end();
		});
		expect(await test(id, { baseUrl: server.url })).toEqual({
			status: 'Error',
			message: expect.stringContaining(`It leads to ${target.url}.`),
		});
		expect(server.requests).toHaveLength(1);
		expect(target.requests).toEqual([]);
	});

	it('takes neither n8n nor other JSON for the provider', async () => {
		const { url } = await otherHost((_request, response) => response.end('{"status":"ok"}'));
		for (const [baseUrl, what] of [
			[n8n.url, 'A web page'],
			[url, 'Something else'],
		]) {
			expect(await test(id, { baseUrl })).toEqual({
				status: 'Error',
				message: expect.stringContaining(`does not answer at 'Base URL'. ${what} answers there`),
			});
		}
	});

	it('tells a server that is not there', async () => {
		const gone = await otherHost((_request, response) => response.end());
		await gone.close();
		servers.splice(servers.indexOf(gone), 1);
		expect((await test(id, { baseUrl: gone.url })).message).toMatch(
			/^Nothing answers at the address of the provider\. .*Docker/,
		);
	});
});

describe('the credential tests in a real n8n', () => {
	it('say that a number of 360dialog is not eligible', async () => {
		await control(sandbox, 'put', '/dialog360/settings', { groupsEligible: false });
		expect(await test('dialog360')).toEqual({
			status: 'Error',
			message: expect.stringMatching(/^The number may not use groups\. /),
		});
	});

	it('say that no number of Meta is eligible', async () => {
		await control(sandbox, 'put', '/meta/settings', { groupsEligible: false });
		expect(await test('meta')).toEqual({
			status: 'Error',
			message: expect.stringMatching(/no number of the account may use groups\. /),
		});
	});

	it('use what an operator entered for all users', async () => {
		expect(await test('waha', { apiKey: '' })).toMatchObject({ status: 'OK' });
	});
});

describe('the HTTP Request node in a real n8n', () => {
	it('is let in with a credential of this package', async () => {
		const { status, output } = await n8n.execute('http-request');
		expect(status).toBe('success');
		expect(output.Ask[0].json).toEqual({ groups: expect.any(Array) });
	});
});
