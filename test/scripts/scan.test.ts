import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

/** A package with one file, packed. */
function packed(path: string, text: string): string {
	const folder = mkdtempSync(join(tmpdir(), 'whatsapp-groups-scanned-'));
	mkdirSync(join(folder, 'package', path, '..'), { recursive: true });
	writeFileSync(join(folder, 'package', path), text);
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
		const { status, stderr } = scan(packed('dist/nodes/Fine.node.js', 'exports.fine = 1;\n'));
		expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
	});

	it.each([
		['a rule broken in compiled code', 'dist/nodes/X.node.js', 'setTimeout(f, 9);\n', /setTimeout/],
		[
			'a rule that an inline comment switches off',
			'dist/nodes/X.node.js',
			'/* eslint-disable */\nconsole.log(1);\n',
			/no-console/,
		],
		[
			'a package.json with dependencies',
			'package.json',
			'{ "dependencies": { "x": "1" } }',
			/depend/,
		],
		['a package with nothing to look at', 'README.md', 'Hello', /No files/],
	])('fails on %s', (_, path, text, words) => {
		const { status, stderr } = scan(packed(path, text));
		expect(status).toBe(1);
		expect(stderr).toMatch(words);
	});
});
