import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { packPackage } from '../sandbox/n8n/package';

const root = join(__dirname, '..');

/**
 * The checks of `@n8n/scan-community-package` on the sources and on what would be published. Its own
 * command takes a published package only, whose provenance it checks first; this asks the same two
 * questions as that command does afterwards (`analyzePackageByName`).
 */
async function scan(archive: string): Promise<string[]> {
	const { analyzePackage, SOURCE_FILE_PATTERNS } =
		await import('@n8n/scan-community-package/scanner/scanner.mjs');
	const unpacked = mkdtempSync(join(tmpdir(), 'whatsapp-groups-scan-'));
	try {
		execFileSync('tar', ['-xzf', archive, '-C', unpacked, '--strip-components=1']);
		const results = [
			await analyzePackage(root, SOURCE_FILE_PATTERNS),
			await analyzePackage(unpacked, ['**/*.js', 'package.json']),
		];
		// With nothing to look at, the scanner is content and says so in a message.
		return results
			.filter(({ passed, message }) => !passed || message !== undefined)
			.map(({ message, details }) => [message, details].filter(Boolean).join('\n'));
	} finally {
		rmSync(unpacked, { recursive: true });
	}
}

async function main([archive = packPackage()]: string[]): Promise<void> {
	const violations = await scan(resolve(archive));
	if (violations.length === 0) return console.log('n8n’s scanner finds nothing');
	console.error(violations.join('\n'));
	process.exitCode = 1;
}

void main(process.argv.slice(2));
