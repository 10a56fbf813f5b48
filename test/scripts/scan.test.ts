import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

/** A package with the given files, packed. */
function packed(files: Record<string, string>): string {
	const folder = mkdtempSync(join(tmpdir(), 'whatsapp-groups-scanned-'));
	for (const [path, text] of Object.entries(files)) {
		mkdirSync(join(folder, 'package', path, '..'), { recursive: true });
		writeFileSync(join(folder, 'package', path), text);
	}
	const archive = join(folder, 'package.tgz');
	execFileSync('tar', ['-czf', archive, '-C', folder, 'package']);
	return archive;
}

function scan(archive: string) {
	const command = ['--require', 'tsx/cjs', 'scripts/scan.ts', archive];
	// With the value that jest sets, n8n's rules take every file for one of their own tests.
	const env = { ...process.env, NODE_ENV: undefined };
	return spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8', env });
}

describe('npm run scan', () => {
	it('passes what breaks no rule', () => {
		const { status, stderr } = scan(packed({ 'dist/nodes/Fine.node.js': 'exports.fine = 1;\n' }));
		expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
	}, 60_000);

	it('fails on compiled code and a package.json that break rules, whatever a comment allows', () => {
		const { status, stderr } = scan(
			packed({
				'dist/nodes/Timer.node.js': 'setTimeout(f, 9);\n',
				'dist/nodes/Silent.node.js': '/* eslint-disable */\nconsole.log(1);\n',
				'package.json': '{ "dependencies": { "x": "1" } }',
			}),
		);
		expect(status).toBe(1);
		for (const rule of ['no-restricted-globals', 'no-console', 'no-runtime-dependencies']) {
			expect(stderr).toContain(rule);
		}
	}, 60_000);

	it('fails on a package with nothing to look at', () => {
		const { status, stderr } = scan(packed({ 'README.md': 'Hello' }));
		expect(status).toBe(1);
		expect(stderr).toContain('No files found');
	}, 60_000);
});
