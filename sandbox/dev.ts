import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { sandboxCredentials } from './n8n/accounts';
import { N8n, owner } from './n8n/instance';
import { startSandbox } from './sandbox';

const root = join(__dirname, '..');
/** How long to wait after a change for further ones. */
const settleMs = 500;

/** `npm run dev`: the sandbox and n8n with the package, which is built and installed anew on every change. */
async function main(): Promise<void> {
	const sandbox = await startSandbox({ port: 4010 });
	const n8n = await N8n.start({
		credentials: sandboxCredentials(sandbox),
		env: { N8N_PORT: '5678' },
		log: console.log,
	});
	console.log(`\nn8n:     ${n8n.url}  (${owner.email} / ${owner.password})`);
	console.log(`Sandbox: ${sandbox.url}/control`);
	console.log('Watching nodes/, credentials/ and icons/. Ctrl+C ends both.');

	let timer: NodeJS.Timeout | undefined;
	let work = Promise.resolve();
	const rebuild = async () => {
		try {
			await typesAreRight();
			n8n.reinstall();
			await n8n.restart();
			console.log(`[${new Date().toLocaleTimeString()}] n8n runs the new build: reload the editor`);
		} catch (error) {
			console.error(error instanceof Error ? error.message : error);
		}
	};
	const watchers = ['nodes', 'credentials', 'icons'].map((folder) =>
		watch(join(root, folder), { recursive: true }, () => {
			clearTimeout(timer);
			timer = setTimeout(() => (work = work.then(rebuild)), settleMs);
		}),
	);

	await new Promise<void>((resolve) => {
		process.once('SIGINT', resolve);
		process.once('SIGTERM', resolve);
	});
	for (const watcher of watchers) watcher.close();
	await n8n.stop();
	await sandbox.close();
}

/** Shows what TypeScript finds before n8n is stopped for a build that would not work. */
async function typesAreRight(): Promise<void> {
	const tsc = spawn('npx', ['tsc', '-p', 'tsconfig.build.json', '--noEmit'], {
		cwd: root,
		stdio: 'inherit',
	});
	const code = await new Promise((resolve) => tsc.once('exit', resolve));
	if (code !== 0) throw new Error('Not built: TypeScript found something, see above');
}

void main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
