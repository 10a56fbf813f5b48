import { parseArgs } from 'node:util';
import { ZodError } from 'zod';
import { type FaultRuleInput, faultSchema } from './middleware/faults';
import { type RateLimit, rateLimitSchema } from './middleware/rateLimit';
import { type Sandbox, startSandbox } from './sandbox';
import { firstProblem } from './shared/validation';

const HELP = `Emulates the WhatsApp group providers on this machine, to try the nodes without any account.

  npm run sandbox -- [options]

  --port <number>         where to listen (4010; 0 takes any free port)
  --host <address>        on which address (127.0.0.1: this machine only)
  --latency <ms>          how long every request travels
  --rate-limit <n>/<s>    at most n requests in s seconds for each provider, e.g. 20/10
  --fault <rule>          lets requests go wrong; may be repeated. A rule is JSON or
                          kind[,name=value…] with provider, method, path, times, after, status:
                            --fault drop,provider=sinch,method=POST
                            --fault serverError,path=/groups,times=always
                          kinds: rateLimited serverError unavailable drop dropAfter truncate
                                 notJson empty answer hang
  --webhook-hosts <list>  hosts, separated by commas, that webhooks may go to besides this machine
  --help                  this text

While it runs, GET /control on it lists what people in the groups can do and what can be arranged.
`;

/** What was typed makes no sense; the message is for the person who typed it. */
class UsageError extends Error {}

const NUMERIC = ['after', 'status', 'retryAfterSeconds'];

function faultFrom(written: string): FaultRuleInput {
	const rule = written.trimStart().startsWith('{') ? JSON.parse(written) : shorthand(written);
	return faultSchema.parse(rule);
}

function shorthand(written: string): Record<string, unknown> {
	const [kind, ...settings] = written.split(',');
	const pairs = settings.map((setting) => {
		const [name, ...rest] = setting.split('=');
		const value = rest.join('=');
		const isNumber = NUMERIC.includes(name) || (name === 'times' && value !== 'always');
		return [name, isNumber ? Number(value) : value];
	});
	return { kind, ...Object.fromEntries(pairs) };
}

function rateLimitFrom(written: string): RateLimit {
	const [requests, perSeconds] = written.split('/').map(Number);
	return rateLimitSchema.parse({ requests, perSeconds });
}

function wholeNumber(option: string, written: string): number {
	if (/^\d+$/.test(written)) return Number(written);
	throw new UsageError(`--${option} must be a whole number, not "${written}"`);
}

/** What an option's text means; a `UsageError` naming the option when it means nothing. */
function read<Value>(option: string, written: string, from: (written: string) => Value): Value {
	try {
		return from(written);
	} catch (error) {
		const problem = error instanceof ZodError ? firstProblem(error) : String(error);
		throw new UsageError(`--${option} ${written}: ${problem}`);
	}
}

function optionsFromCommandLine() {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: '4010' },
			host: { type: 'string', default: '127.0.0.1' },
			latency: { type: 'string', default: '0' },
			'rate-limit': { type: 'string' },
			fault: { type: 'string', multiple: true, default: [] },
			'webhook-hosts': { type: 'string', default: '' },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return null;
	const rateLimit = values['rate-limit'];
	return {
		port: wholeNumber('port', values.port),
		host: values.host,
		latencyMs: wholeNumber('latency', values.latency),
		rateLimit: rateLimit === undefined ? undefined : read('rate-limit', rateLimit, rateLimitFrom),
		faults: values.fault.map((rule) => read('fault', rule, faultFrom)),
		webhookHosts: values['webhook-hosts'].split(',').map((host) => host.trim()),
	};
}

/** URLs and credentials, one field of n8n's credential form a line. */
function welcome({ url, cdnUrl, accounts }: Sandbox): string {
	const providers = Object.values(accounts).map(({ name, baseUrls, credentials }) => {
		const urls = Object.entries(baseUrls).map(([label, baseUrl]) =>
			field(label === 'api' ? 'base URL' : `base URL (${label})`, baseUrl),
		);
		const fields = Object.entries(credentials).map(([key, value]) => field(key, value));
		return [name, ...urls, ...fields].join('\n');
	});
	return [
		`Sandbox at ${url} (control: ${url}/control, media: ${cdnUrl})`,
		...providers,
		'Ctrl+C stops it; all it knows is forgotten.',
	].join('\n\n');
}

const field = (label: string, value: string) => `  ${label.padEnd(22)} ${value}`;

async function main(): Promise<void> {
	const options = optionsFromCommandLine();
	if (options === null) return void process.stdout.write(HELP);
	const sandbox = await startSandbox(options);
	process.stdout.write(`${welcome(sandbox)}\n`);
	// Once: a second signal ends the process as usual, should closing ever take too long.
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void sandbox.close());
	}
}

function isUsageProblem(error: unknown): error is Error {
	if (error instanceof UsageError) return true;
	const code = error instanceof Error && 'code' in error ? String(error.code) : '';
	return code.startsWith('ERR_PARSE_ARGS') || code === 'EADDRINUSE' || code === 'EACCES';
}

main().catch((error: unknown) => {
	const message = isUsageProblem(error) ? error.message : error;
	console.error(message, isUsageProblem(error) ? '\n--help lists the options.' : '');
	process.exitCode = 1;
});
