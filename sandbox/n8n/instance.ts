import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axios from 'axios';
import type { AxiosInstance } from 'axios';
import { parse } from 'flatted';
import type { ImportedCredential } from './accounts';
import { installN8n } from './install';
import type { N8nInstallation } from './install';
import { installPackages, packFolder, packPackage } from './package';

export const owner = {
	email: 'owner@example.com',
	firstName: 'Olive',
	lastName: 'Owner',
	password: 'Sandbox-2026',
};

export interface Item {
	json: Record<string, unknown>;
	binary?: Record<string, unknown>;
	pairedItem?: unknown;
}

export interface Execution {
	id: string;
	status: string;
	workflowId: string;
	/** Output items of each node that ran. */
	output: Record<string, Item[]>;
	/** What made it fail. */
	error?: { message: string; description?: string; node?: { name: string } };
}

interface Workflow {
	id: string;
	nodes: Array<{ name: string; type: string }>;
}

export interface N8nOptions {
	credentials?: ImportedCredential[];
	workflows?: object[];
	/** Environment variables beside those that every instance gets. */
	env?: Record<string, string>;
	/** Folders of further packages to install, which need no build. */
	packages?: string[];
	log?: (line: string) => void;
}

/** A real n8n in a folder of its own, with this package installed as users install it. */
export class N8n {
	readonly userFolder = mkdtempSync(join(tmpdir(), 'whatsapp-groups-n8n-'));

	readonly logFile = join(this.userFolder, 'n8n.log');

	url = '';

	/** The API that the editor uses, signed in as the owner. */
	rest: AxiosInstance = axios.create();

	private process?: ChildProcess;

	private constructor(
		private readonly installation: N8nInstallation,
		private env: NodeJS.ProcessEnv,
		private readonly packages: string[],
	) {}

	/** Installs, imports and starts; ready when this returns. */
	static async start(options: N8nOptions = {}): Promise<N8n> {
		const log = options.log ?? (() => undefined);
		const installation = await installN8n(log);
		const env = await environment(installation, options.env);
		const n8n = new N8n(installation, env, options.packages ?? []);
		n8n.env.N8N_USER_FOLDER = n8n.userFolder;
		log('Installing the packed package');
		n8n.reinstall();
		log('Importing credentials and workflows');
		if (options.credentials) n8n.import('credentials', options.credentials);
		if (options.workflows) n8n.import('workflow', options.workflows);
		log('Starting n8n');
		try {
			await n8n.launch();
			await n8n.signIn();
		} catch (error) {
			await n8n.stop();
			throw error;
		}
		return n8n;
	}

	/** One of n8n's own commands, e.g. `publish:workflow`. */
	cli(...args: string[]): string {
		const { node, command } = this.installation;
		return execFileSync(node, [command, ...args], {
			env: this.env,
			encoding: 'utf8',
			stdio: 'pipe',
		});
	}

	import(kind: 'credentials' | 'workflow', entries: object[]): void {
		const file = join(this.userFolder, `${kind}.json`);
		writeFileSync(file, JSON.stringify(entries));
		this.cli(`import:${kind}`, `--input=${file}`);
	}

	/** Builds, packs and installs the package; n8n loads it when it starts. */
	reinstall(): void {
		installPackages([packPackage(), ...this.packages.map(packFolder)], this.userFolder);
	}

	/** Runs a workflow from its manual trigger, as the editor does, and waits until it has ended. */
	async execute(workflowId: string): Promise<Execution> {
		const workflow = await this.workflow(workflowId);
		const trigger = workflow.nodes.find(({ type }) => type.endsWith('.manualTrigger'));
		const { data } = await this.rest.post<{ data: { executionId: string } }>(
			`/workflows/${workflowId}/run`,
			{ triggerToStartFrom: { name: trigger?.name } },
		);
		return await this.ended(data.data.executionId);
	}

	/** Publishes the current version of a workflow, so that its triggers are registered. */
	async publish(workflowId: string): Promise<void> {
		const { data } = await this.rest.get<{ data: { versionId: string } }>(
			`/workflows/${workflowId}`,
		);
		const { versionId } = data.data;
		await this.rest.post(`/workflows/${workflowId}/activate`, { versionId });
	}

	async unpublish(workflowId: string): Promise<void> {
		await this.rest.post(`/workflows/${workflowId}/deactivate`, {});
	}

	/** Executions of a workflow, oldest first, without their data. */
	async executions(workflowId: string): Promise<Array<{ id: string; status: string }>> {
		const all: Array<{ id: string; status: string }> = [];
		for (let lastId = ''; ; lastId = all[all.length - 1].id) {
			const { data } = await this.rest.get<{
				data: { results: Array<{ id: string; status: string }> };
			}>('/executions', {
				params: {
					filter: JSON.stringify({ workflowId }),
					limit: 100,
					...(lastId === '' ? {} : { lastId }),
				},
			});
			all.push(...data.data.results);
			if (data.data.results.length < 100) return all.reverse();
		}
	}

	/** Waits for the end of an execution and reads what its nodes put out. */
	async ended(executionId: string): Promise<Execution> {
		return await until(`execution ${executionId} to end`, 120_000, async () => {
			const { data } = await this.rest.get<{ data: Record<string, string> }>(
				`/executions/${executionId}`,
			);
			const { status, workflowId, data: text } = data.data;
			if (['new', 'running', 'waiting', 'unknown'].includes(status)) return undefined;
			return { id: executionId, status, workflowId, ...readRun(text) };
		});
	}

	/** Types of nodes that the editor offers. */
	async nodeTypes(): Promise<Array<{ name: string }>> {
		const { data } = await this.rest.get<Array<{ name: string }>>(`${this.url}/types/nodes.json`);
		return data;
	}

	async workflow(id: string): Promise<Workflow> {
		const { data } = await this.rest.get<{ data: Workflow }>(`/workflows/${id}`);
		return data.data;
	}

	/** Stops it and starts it again with the same data. */
	async restart(): Promise<void> {
		await this.stop();
		await this.launch();
	}

	async stop(): Promise<void> {
		const child = this.process;
		if (!child || hasEnded(child)) return;
		const exited = new Promise((resolve) => child.once('exit', resolve));
		child.kill('SIGTERM');
		// n8n itself gives executions 30 s to end.
		const timer = setTimeout(() => child.kill('SIGKILL'), 40_000);
		await exited;
		clearTimeout(timer);
	}

	/** Ends it at once, as when the machine loses its power; `restart` starts it again. */
	async kill(): Promise<void> {
		const child = this.process;
		if (!child || hasEnded(child)) return;
		const exited = new Promise((resolve) => child.once('exit', resolve));
		child.kill('SIGKILL');
		await exited;
	}

	/** Resident memory in MB; Linux only. */
	memory(): number {
		const status = readFileSync(`/proc/${this.process?.pid}/status`, 'utf8');
		return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
	}

	/** Processor time that it has used so far, in ms; Linux only. */
	cpuMs(): number {
		const [, , fields] =
			/^(.*)\) (.*)$/.exec(readFileSync(`/proc/${this.process?.pid}/stat`, 'utf8').trim()) ?? [];
		// In ticks of 10 ms: fields 14 and 15 of all, of which the first two are cut off here.
		const [user, system] = (fields ?? '').split(' ').slice(11, 13).map(Number);
		return (user + system) * 10;
	}

	logs(): string {
		return readFileSync(this.logFile, 'utf8');
	}

	private async launch(): Promise<void> {
		const { node, command } = this.installation;
		this.url = `http://127.0.0.1:${this.env.N8N_PORT}`;
		const child = spawn(node, [command, 'start'], {
			env: this.env,
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		const write = (chunk: Buffer) => appendFileSync(this.logFile, chunk);
		child.stdout.on('data', write);
		child.stderr.on('data', write);
		this.process = child;
		await until('n8n to be ready', 120_000, async () => {
			if (hasEnded(child)) throw new Error(`n8n ended:\n${this.logs().slice(-4000)}`);
			const { data } = await axios.get<unknown>(`${this.url}/rest/settings`, {
				validateStatus: () => true,
			});
			return JSON.stringify(data).includes('settingsMode') ? true : undefined;
		});
	}

	private async signIn(): Promise<void> {
		const { headers } = await axios.post(`${this.url}/rest/owner/setup`, owner);
		const cookie = (headers['set-cookie'] ?? []).map((entry) => entry.split(';')[0]).join('; ');
		this.rest = axios.create({
			baseURL: `${this.url}/rest`,
			headers: { cookie, 'browser-id': 'whatsapp-groups' },
		});
	}
}

async function environment(
	{ folder }: N8nInstallation,
	more: Record<string, string> = {},
): Promise<NodeJS.ProcessEnv> {
	const [port, broker] = [await freePort(), await freePort()];
	return {
		PATH: `${join(folder, 'node_modules/.bin')}:${process.env.PATH}`,
		HOME: process.env.HOME,
		N8N_PORT: String(port),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		WEBHOOK_URL: `http://127.0.0.1:${port}/`,
		N8N_RUNNERS_BROKER_PORT: String(broker),
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_SECURE_COOKIE: 'false',
		...more,
	};
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
	return exitCode !== null || signalCode !== null;
}

async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}

/** Asks again and again until there is an answer; refused connections count as none. */
export async function until<T>(
	what: string,
	timeoutMs: number,
	ask: () => Promise<T | undefined>,
): Promise<T> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const answer = await ask().catch((error: unknown) => {
			if (axios.isAxiosError(error) && error.response === undefined) return undefined;
			throw error;
		});
		if (answer !== undefined) return answer;
		if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}`);
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
}

interface RunData {
	resultData: {
		error?: Execution['error'];
		runData: Record<string, Array<{ data?: { main?: Array<Item[] | null> } }>>;
	};
}

function readRun(text: string): Pick<Execution, 'output' | 'error'> {
	const { resultData } = parse(text) as RunData;
	const output = Object.fromEntries(
		Object.entries(resultData.runData).map(([name, runs]) => [
			name,
			runs.flatMap((run) => run.data?.main?.flatMap((items) => items ?? []) ?? []),
		]),
	);
	return { output, error: resultData.error };
}
