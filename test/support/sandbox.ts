import axios from 'axios';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { startSandbox } from '../../sandbox/sandbox';
import type { Sandbox, SandboxOptions } from '../../sandbox/sandbox';
import { failureOf, runJson, runNode } from './n8n';
import type { ProviderId } from '../../nodes/WhatsAppGroups/contract/provider';
import type { NodeSetup, RunSetup } from './n8n';

/** A request as the sandbox's journal has it; see `GET /control/requests`. */
export interface SeenRequest {
	method: string;
	path: string;
	query: Record<string, string>;
	headers: Record<string, string>;
	body: unknown;
	status: number;
	startedAt: number;
	finishedAt: number;
}

export interface Stage {
	sandbox: () => Sandbox;
	/** Node parameters and credential for the provider under test, plus the given ones. */
	setup: (parameters: INodeParameters) => NodeSetup;
	/** Runs `resource.operation` and gives the JSON of its items. */
	run: (
		key: string,
		parameters?: INodeParameters,
		more?: Partial<RunSetup>,
	) => Promise<IDataObject[]>;
	/** Like `run`, with binary data and item links. */
	runItems: (
		key: string,
		parameters?: INodeParameters,
		more?: Partial<RunSetup>,
	) => ReturnType<typeof runNode>;
	/** Runs it and gives what it throws. */
	fail: (
		key: string,
		parameters?: INodeParameters,
		more?: Partial<RunSetup>,
	) => ReturnType<typeof failureOf>;
	/** What the provider under test was asked since the last reset, in order. */
	seen: () => Promise<SeenRequest[]>;
	/** The same for another provider, or for `cdn`, the host of files. */
	requestsOf: (id: string) => Promise<SeenRequest[]>;
	/** `METHOD /path` of what it was asked, ids and all. */
	calls: () => Promise<string[]>;
	/** Calls the control endpoint, e.g. `control('post', '/faults', {…})`. */
	control: (
		method: 'get' | 'post' | 'put' | 'delete',
		path: string,
		body?: unknown,
	) => Promise<unknown>;
}

/**
 * A sandbox for the tests of one file, put back to its samples before each of them, with one
 * provider in focus. `label` chooses among base URLs where a provider has several.
 */
export function stage(provider: ProviderId, label?: string, options: SandboxOptions = {}): Stage {
	let running: Sandbox;
	beforeAll(async () => {
		running = await startSandbox(options);
	});
	beforeEach(async () => {
		await control('post', '/reset');
		await control('delete', '/requests');
		await control('delete', '/faults');
	});
	afterAll(async () => await running?.close());

	const control: Stage['control'] = async (method, path, data) => {
		const { data: answer } = await axios.request<unknown>({
			method,
			url: `${running.url}/control${path}`,
			data,
		});
		return answer;
	};
	const requestsOf: Stage['requestsOf'] = async (id) =>
		(await control('get', `/requests?provider=${id}`)) as SeenRequest[];
	const setup: Stage['setup'] = (parameters) => {
		const { baseUrls, credentials } = running.accounts[provider];
		const baseUrl = label ? baseUrls[label] : Object.values(baseUrls)[0];
		return {
			parameters: { provider, ...parameters },
			credentials: { [credentialNames[provider]]: { ...credentials, baseUrl } },
		};
	};
	const complete = (
		key: string,
		parameters: INodeParameters,
		more: Partial<RunSetup>,
	): RunSetup => {
		const [resource, operation] = key.split('.');
		return { ...setup({ resource, operation, ...parameters }), ...more };
	};
	const seen: Stage['seen'] = async () => await requestsOf(provider);

	return {
		sandbox: () => running,
		setup,
		run: async (key, parameters = {}, more = {}) => await runJson(complete(key, parameters, more)),
		runItems: async (key, parameters = {}, more = {}) =>
			await runNode(complete(key, parameters, more)),
		fail: async (key, parameters = {}, more = {}) =>
			await failureOf(runNode(complete(key, parameters, more))),
		seen,
		requestsOf,
		calls: async () => (await seen()).map(({ method, path }) => `${method} ${path}`),
		control,
	};
}

export const credentialNames = {
	dialog360: 'whatsAppGroups360DialogApi',
	meta: 'whatsAppGroupsMetaApi',
	sinch: 'whatsAppGroupsSinchApi',
	waha: 'whatsAppGroupsWahaApi',
} as const satisfies Record<ProviderId, string>;

/** A resource locator as the editor stores it. */
export function byId(value: string): INodeParameters {
	return { __rl: true, mode: 'id', value } as unknown as INodeParameters;
}
