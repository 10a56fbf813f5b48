import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { capabilitiesPage, eventsTable, operationsTable } from './capabilities';

const root = join(__dirname, '..');

/** Files with generated text, as they should be now. */
async function generatedFiles(): Promise<Array<{ file: string; content: string }>> {
	const pages: Array<[name: string, text: string]> = [
		['docs/capabilities.md', capabilitiesPage()],
		['README.md', readme()],
	];
	return await Promise.all(
		pages.map(async ([name, text]) => {
			const file = join(root, name);
			const options = await resolveConfig(file);
			return { file, content: await format(text, { ...options, filepath: file }) };
		}),
	);
}

function readme(): string {
	return withSection(
		withSection(read('README.md'), 'operations', operationsTable()),
		'events',
		eventsTable(),
	);
}

function read(name: string): string {
	return readFileSync(join(root, name), 'utf8');
}

/** Replaces what stands between `<!-- name -->` and `<!-- /name -->`. */
function withSection(text: string, name: string, content: string): string {
	const pattern = new RegExp(`(<!-- ${name} -->)[\\s\\S]*(<!-- /${name} -->)`);
	if (!pattern.test(text)) throw new Error(`README.md has no section “${name}”`);
	return text.replace(pattern, `$1\n\n${content}\n\n$2`);
}

/** Writes the files, or with `--check` fails when one is not as it should be. */
async function main(): Promise<void> {
	const isCheck = process.argv.includes('--check');
	for (const { file, content } of await generatedFiles()) {
		if (!isCheck) writeFileSync(file, content);
		else if (readFileSync(file, 'utf8') !== content) {
			throw new Error(`${file} is out of date: run “npm run docs”`);
		}
	}
}

void main();
