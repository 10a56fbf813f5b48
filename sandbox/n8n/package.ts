import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../..');

/** Builds and packs this package; gives the path of the archive. */
export function packPackage(): string {
	const folder = mkdtempSync(join(tmpdir(), 'whatsapp-groups-pack-'));
	const run = (args: string[]) =>
		execFileSync('npm', args, { cwd: root, encoding: 'utf8', stdio: 'pipe' });
	run(['run', 'build']);
	const [{ filename }] = JSON.parse(
		run(['pack', '--json', '--pack-destination', folder]),
	) as Array<{ filename: string }>;
	return join(folder, filename);
}

/** Installs the archive the way n8n installs a community package: into `.n8n/nodes`, without scripts. */
export function installPackage(archive: string, userFolder: string): void {
	const nodes = join(userFolder, '.n8n/nodes');
	mkdirSync(nodes, { recursive: true });
	writeFileSync(join(nodes, 'package.json'), '{ "name": "installed-nodes", "private": true }\n');
	const args = [
		'install',
		archive,
		'--ignore-scripts',
		'--legacy-peer-deps',
		'--no-audit',
		'--no-fund',
	];
	execFileSync('npm', [...args, '--omit=peer', '--loglevel=error'], { cwd: nodes, stdio: 'pipe' });
}
