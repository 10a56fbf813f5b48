import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../..');

/** Builds and packs this package; gives the path of the archive. */
export function packPackage(): string {
	execFileSync('npm', ['run', 'build'], { cwd: root, stdio: 'pipe' });
	return packFolder(root);
}

/** Packs a package that needs no build. */
export function packFolder(source: string): string {
	const folder = mkdtempSync(join(tmpdir(), 'whatsapp-groups-pack-'));
	const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
	const answer = execFileSync('npm', args, { cwd: source, encoding: 'utf8', stdio: 'pipe' });
	const [{ filename }] = JSON.parse(answer) as Array<{ filename: string }>;
	return join(folder, filename);
}

/** Installs archives the way n8n installs a community package: into `.n8n/nodes`, without scripts. */
export function installPackages(archives: readonly string[], userFolder: string): void {
	const nodes = join(userFolder, '.n8n/nodes');
	mkdirSync(nodes, { recursive: true });
	writeFileSync(join(nodes, 'package.json'), '{ "name": "installed-nodes", "private": true }\n');
	const args = [
		'install',
		...archives,
		'--ignore-scripts',
		'--legacy-peer-deps',
		'--no-audit',
		'--no-fund',
	];
	execFileSync('npm', [...args, '--omit=peer', '--loglevel=error'], { cwd: nodes, stdio: 'pipe' });
}
