import { spawn } from 'node:child_process';
import { join } from 'node:path';
import axios from 'axios';

const root = join(__dirname, '..', '..');

/** The command as `npm run sandbox` starts it, in a process of its own. */
function start(...options: string[]) {
	const loader = ['--require', 'tsx/cjs', 'sandbox/main.ts'];
	const child = spawn(process.execPath, [...loader, ...options], { cwd: root });
	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
	}
	const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
	const says = async (text: string) => {
		while (!output.includes(text)) await new Promise((resolve) => setTimeout(resolve, 20));
		return output;
	};
	return { child, ended, says, output: () => output };
}

describe('npm run sandbox', () => {
	it.each(['SIGINT', 'SIGTERM'] as const)(
		'prints what to paste into credentials, runs, and ends cleanly on %s',
		async (signal) => {
			const command = start('--port', '0', '--fault', 'serverError,provider=sinch,times=1');
			const text = await command.says('Ctrl+C');
			expect(text).toMatch(/userName +user@example\.com/);
			expect(text).toMatch(/apiKey +sandbox-dialog360-key/);
			const [, baseUrl] = /base URL +(\S+\/sinch)/.exec(text) ?? [];
			const get = () =>
				axios.get(`${baseUrl}/v1/whatsapp/groups`, {
					headers: { userName: 'user@example.com', authenticationToken: 'sandbox-sinch-token' },
					validateStatus: () => true,
				});
			expect([(await get()).status, (await get()).status]).toEqual([500, 200]);
			command.child.kill(signal);
			expect(await command.ended).toBe(0);
		},
	);

	it('lists its options', async () => {
		const command = start('--help');
		expect(await command.ended).toBe(0);
		expect(command.output()).toContain('--rate-limit <n>/<s>');
	});

	it.each([
		[['--port', 'x'], '--port must be a whole number'],
		[['--rate-limit', '20'], '--rate-limit 20: perSeconds: Required'],
		[['--fault', 'explode'], '--fault explode: kind: '],
		[['--nonsense'], '--nonsense'],
	])('refuses %j and says why', async (options, problem) => {
		const command = start(...options);
		expect(await command.ended).toBe(1);
		expect(command.output()).toContain(problem);
		expect(command.output()).not.toContain('    at ');
	});
});
