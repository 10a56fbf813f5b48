import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import type { JournalEntry } from '../../sandbox/middleware/journal';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/sandbox';

export interface Running {
	sandbox(): Sandbox;
	/** The provider's API, with good credentials; every status is an answer. */
	api(): AxiosInstance;
	/** Anything else, with no credentials. */
	anonymous(): AxiosInstance;
	/** Calls `/control…` and gives the body; throws unless it is a success. */
	control<Answer = unknown>(method: string, path: string, body?: unknown): Promise<Answer>;
	/** What a control call answers, whatever it is. */
	tryControl(method: string, path: string, body?: unknown): Promise<AxiosResponse>;
	journal(query?: string): Promise<JournalEntry[]>;
}

/** A sandbox for the tests of one file, as new before each of them. */
export function running(
	provider: 'sinch' | 'dialog360' | 'meta',
	authentication: (credentials: Record<string, string>) => Record<string, string>,
	options: SandboxOptions = {},
): Running {
	let sandbox: Sandbox;
	let api: AxiosInstance;
	const anonymous = axios.create({ validateStatus: () => true });

	beforeAll(async () => {
		sandbox = await startSandbox(options);
		const { baseUrls, credentials } = sandbox.accounts[provider];
		api = axios.create({
			baseURL: baseUrls.api,
			headers: authentication(credentials),
			validateStatus: () => true,
		});
	});
	beforeEach(() => control('post', '/reset'));
	afterAll(() => sandbox.close());

	const tryControl: Running['tryControl'] = (method, path, data) =>
		anonymous.request({ method, url: `${sandbox.url}/control${path}`, data });
	const control = async <Answer>(method: string, path: string, body?: unknown) => {
		const { status, data } = await tryControl(method, path, body);
		if (status >= 300) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(data)}`);
		return data as Answer;
	};

	return {
		sandbox: () => sandbox,
		api: () => api,
		anonymous: () => anonymous,
		control,
		tryControl,
		journal: (query = '') => control('get', `/requests${query}`),
	};
}

export const runningSinch = (options?: SandboxOptions) =>
	running('sinch', (credentials) => credentials, options);

export const runningDialog360 = (options?: SandboxOptions) =>
	running('dialog360', ({ apiKey }) => ({ 'D360-API-KEY': apiKey }), options);

export const runningMeta = (options?: SandboxOptions) =>
	running('meta', ({ accessToken }) => ({ Authorization: `Bearer ${accessToken}` }), options);
