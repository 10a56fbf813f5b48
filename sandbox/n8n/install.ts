import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The n8n that examples and e2e tests run in; the versions are known to install and work together. */
const pinned = {
	private: true,
	dependencies: { n8n: '2.40.7', node: '24.21.0' },
	overrides: {
		linkedom: '0.18.12',
		'@langchain/langgraph': '1.4.18',
		'@langchain/protocol': '0.0.19',
	},
};

export interface N8nInstallation {
	/** Folder with `node_modules`. */
	folder: string;
	/** The Node.js that n8n runs on, whatever the machine has. */
	node: string;
	/** n8n's own command. */
	command: string;
}

/**
 * Installs the pinned n8n once, some 2.3 GB, into a cache folder outside the repository:
 * `$WHATSAPP_GROUPS_CACHE`, else `$XDG_CACHE_HOME`, else `~/.cache`. An installation that was broken
 * off is taken up again.
 */
export async function installN8n(
	log: (line: string) => void = console.log,
): Promise<N8nInstallation> {
	const { WHATSAPP_GROUPS_CACHE, XDG_CACHE_HOME } = process.env;
	const cache = WHATSAPP_GROUPS_CACHE ?? XDG_CACHE_HOME ?? join(homedir(), '.cache');
	const folder = join(cache, 'n8n-nodes-whatsapp-groups', `n8n-${pinned.dependencies.n8n}`);
	const installation = {
		folder,
		node: join(folder, 'node_modules/.bin/node'),
		command: join(folder, 'node_modules/n8n/bin/n8n'),
	};
	const marker = join(folder, '.complete');
	if (existsSync(marker)) return installation;

	mkdirSync(folder, { recursive: true });
	const unlock = await lock(join(folder, '.lock'), log);
	try {
		if (!existsSync(marker)) await install(installation, log);
		writeFileSync(marker, `${new Date().toISOString()}\n`);
	} finally {
		unlock();
	}
	return installation;
}

async function install({ folder, node }: N8nInstallation, log: (line: string) => void) {
	checkBuildTools();
	writeFileSync(join(folder, 'package.json'), JSON.stringify(pinned, null, 2));
	writeFileSync(join(folder, '.npmrc'), 'legacy-peer-deps=true\nignore-scripts=true\n');
	const binaries = { PATH: `${join(folder, 'node_modules/.bin')}:${process.env.PATH}` };

	log(`Installing n8n ${pinned.dependencies.n8n} into ${folder}, once: this takes some minutes`);
	await npm(folder, ['install', '--loglevel=error', '--no-audit', '--no-fund']);
	log('Fetching its Node.js');
	await npm(folder, ['rebuild', 'node', '--ignore-scripts=false', '--loglevel=error']);
	log('Building its database driver');
	await npm(folder, ['rebuild', 'sqlite3', '--ignore-scripts=false', '--loglevel=error'], binaries);
	execFileSync(node, ['-e', "require('sqlite3')"], { cwd: folder });
}

/** sqlite3 is built from source where no prebuilt binary can be downloaded. */
function checkBuildTools(): void {
	const missing = ['python3', 'make', 'g++'].filter((tool) => {
		try {
			execFileSync(tool, ['--version'], { stdio: 'ignore' });
			return false;
		} catch {
			return true;
		}
	});
	if (missing.length === 0) return;
	throw new Error(
		`n8n's database driver may have to be built, but ${missing.join(', ')} is missing: apt-get install -y python3 make g++`,
	);
}

async function npm(cwd: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<void> {
	const child = spawn('npm', args, { cwd, env: { ...process.env, ...env }, stdio: 'inherit' });
	const code = await new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('exit', resolve);
	});
	if (code !== 0) throw new Error(`npm ${args[0]} ended with code ${String(code)} in ${cwd}`);
}

/** A lock older than this was left by a process that is gone. */
const staleAfterMs = 30 * 60_000;

/** Waits until no other process installs; gives the function that lets the next one in. */
async function lock(path: string, log: (line: string) => void): Promise<() => void> {
	for (let tries = 0; ; tries += 1) {
		try {
			mkdirSync(path);
			return () => rmSync(path, { recursive: true, force: true });
		} catch {
			if (existsSync(path) && Date.now() - statSync(path).mtimeMs > staleAfterMs) {
				rmSync(path, { recursive: true, force: true });
			}
			if (tries === 0) log('Another process installs n8n: waiting for it');
			await new Promise((resolve) => setTimeout(resolve, 2000));
		}
	}
}
