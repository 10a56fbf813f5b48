import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sandboxCredentials } from './n8n/accounts';
import { N8n, owner } from './n8n/instance';
import { startSandbox } from './sandbox';

/** `npm run demo`: an example workflow in a real n8n against the sandbox, with its result printed. */
async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			example: { type: 'string', default: 'create-group-waha' },
			keep: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) {
		console.log('npm run demo -- [--example <file in examples/>] [--keep]');
		return;
	}
	const workflow = JSON.parse(
		readFileSync(join(__dirname, '../examples', `${values.example}.json`), 'utf8'),
	) as { id: string; name: string };

	const sandbox = await startSandbox();
	const n8n = await N8n.start({
		credentials: sandboxCredentials(sandbox),
		workflows: [workflow],
		log: console.log,
	});
	try {
		console.log(`\nRunning “${workflow.name}”`);
		const { status, output, error } = await n8n.execute(workflow.id);
		for (const [node, items] of Object.entries(output)) {
			console.log(`\n${node}: ${items.length} item${items.length === 1 ? '' : 's'}`);
			for (const { json } of items.slice(0, 3)) console.log(shortened(json));
		}
		console.log(`\nThe workflow ended with: ${status}`);
		if (status !== 'success') throw new Error(error?.message ?? status);
		if (values.keep) await keepRunning(n8n, sandbox.url);
	} finally {
		await n8n.stop();
		await sandbox.close();
	}
}

async function keepRunning(n8n: N8n, sandboxUrl: string): Promise<void> {
	console.log(`\nn8n:     ${n8n.url}  (${owner.email} / ${owner.password})`);
	console.log(`Sandbox: ${sandboxUrl}/control`);
	console.log('Ctrl+C ends both.');
	await new Promise<void>((resolve) => {
		process.once('SIGINT', resolve);
		process.once('SIGTERM', resolve);
	});
}

function shortened(json: object): string {
	const text = JSON.stringify(json, (_, value: unknown) =>
		typeof value === 'string' && value.length > 80 ? `${value.slice(0, 77)}…` : value,
	);
	return `  ${text.length > 400 ? `${text.slice(0, 397)}…` : text}`;
}

void main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
