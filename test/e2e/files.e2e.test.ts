import { createHash, randomBytes } from 'node:crypto';
import axios from 'axios';
import type { ProviderId } from '../../nodes/WhatsAppGroups/contract/provider';
import { providers } from '../../nodes/WhatsAppGroups/providers';
import { sandboxCredentials } from '../../sandbox/n8n/accounts';
import { N8n, until } from '../../sandbox/n8n/instance';
import { startSandbox } from '../../sandbox/sandbox';
import type { Sandbox } from '../../sandbox/sandbox';
import { withProvider } from './anyProvider';
import { watchMemory } from './stress';
import { control, examplesWith, seenBy } from './support';

const upload = examplesWith('n8n-nodes-base.formTrigger').find(({ id }) => id === 'form-upload')!;
const forms = providers.map(({ id }) => {
	const form = withProvider(upload, id);
	const [start] = form.nodes;
	// The form's own webhook, which `withProvider` leaves alone.
	start.webhookId = start.webhookId!.replace(/.$/, String(providers.findIndex((p) => p.id === id)));
	return form;
});
const say = (line: string) => process.stdout.write(`${line}\n`);

/** The hash of the file that the provider has got. */
async function received(sandbox: Sandbox, id: ProviderId): Promise<string | undefined> {
	const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
	if (id === 'dialog360' || id === 'meta') {
		const state = await control<Record<string, { media: Array<{ sha256: string }> }>>(
			sandbox,
			'get',
			'/state',
		);
		return state[id].media.at(-1)?.sha256;
	}
	const sent = (await seenBy(sandbox, id)).find(({ path }) => /send(File)?$/.test(path));
	const data = /"data":"([^"]+)"/.exec(JSON.stringify(sent?.body ?? {}))?.[1];
	return data === undefined ? undefined : hash(Buffer.from(data, 'base64'));
}

describe.each(['filesystem', 'database'])(
	'files in a real n8n that keeps them in the %s',
	(mode) => {
		let sandbox: Sandbox;
		let n8n: N8n;

		beforeAll(async () => {
			sandbox = await startSandbox();
			n8n = await N8n.start({
				credentials: sandboxCredentials(sandbox),
				workflows: forms,
				env: { N8N_DEFAULT_BINARY_DATA_MODE: mode },
				log: say,
			});
			for (const { id } of forms) await n8n.publish(id);
		});

		afterAll(async () => {
			await n8n?.stop();
			await sandbox?.close();
		});

		it.each(providers.map(({ name, id }, i) => [name, id, forms[i]] as const))(
			'%s: what is uploaded in a form arrives in the group byte by byte',
			async (_, id, form) => {
				const file = randomBytes(300_000);
				const url = `${n8n.url}/form/${form.nodes[0].webhookId}`;
				const data = new FormData();
				data.append('field-0', new Blob([file], { type: 'application/pdf' }), 'Räport №1.pdf');
				data.append('field-1', 'For everybody');
				await until('the form', 30_000, async () =>
					(await axios.get(url, { validateStatus: () => true })).status === 200 ? true : undefined,
				);
				await axios.post(url, data);
				const hash = createHash('sha256').update(file).digest('hex');
				await until('the file', 30_000, async () => await received(sandbox, id));
				expect(await received(sandbox, id)).toBe(hash);
				const requests = await seenBy(sandbox, id);
				expect(requests.filter(({ status }) => status >= 400)).toEqual([]);
				expect(JSON.stringify(requests.at(-1)!.body)).toContain('For everybody');
				if (id !== 'sinch') {
					expect(JSON.stringify(requests.at(-1)!.body)).toContain('Räport №1.pdf');
				}
			},
		);
	},
);

/** `npm run test:stress` runs it: docs/files.md has its figures. */
const inFull = process.env.STRESS === 'full' ? describe : describe.skip;
inFull('100 × a picture of 5 MB', () => {
	const many = providers.map(({ id }) => manyGroups(id));
	let sandbox: Sandbox;
	let n8n: N8n;

	beforeAll(async () => {
		sandbox = await startSandbox();
		n8n = await N8n.start({
			credentials: sandboxCredentials(sandbox),
			workflows: many,
			log: say,
		});
	});

	afterAll(async () => {
		await n8n?.stop();
		await sandbox?.close();
	});

	it.each(providers.map(({ name, id }, i) => [name, id, many[i].id] as const))(
		'%s: uploads once where it can, and takes less than 150 MB more than n8n without work',
		async (name, id, workflow) => {
			await control(sandbox, 'delete', '/requests');
			await n8n.restart();
			await new Promise((resolve) => setTimeout(resolve, 5000));
			const idle = n8n.memory();
			const peak = watchMemory(n8n);
			const { status, error } = await n8n.execute(workflow);
			expect({ status, error: error?.message }).toEqual({ status: 'success', error: undefined });
			const more = peak() - idle;
			const calls = (await seenBy(sandbox, id)).map(({ path }) => path.split('/').pop());
			const uploads = calls.filter((call) => call === 'media').length;
			say(`${name}: ${calls.length} requests, ${uploads} uploads, ${more} MB over ${idle} MB`);
			expect(uploads).toBe(id === 'dialog360' || id === 'meta' ? 1 : 0);
			expect(more).toBeLessThan(150);
		},
	);
});

/** One picture, made once, for 100 items. */
function manyGroups(id: ProviderId) {
	const form = withProvider(upload, id);
	const [, send, ...rest] = form.nodes;
	const code = (name: string, jsCode: string) => ({
		id: name,
		name,
		type: 'n8n-nodes-base.code',
		typeVersion: 2,
		position: [0, 0],
		parameters: { jsCode },
	});
	Object.assign(send.parameters, { messageType: 'image', binaryPropertyName: 'data', caption: '' });
	const picture = code(
		'Picture',
		`const bytes = Buffer.alloc(5 * 1024 * 1024 - 1024, 7); Buffer.from([0xff, 0xd8, 0xff]).copy(bytes);
		const data = await this.helpers.prepareBinaryData(bytes, 'picture.jpg', 'image/jpeg');
		return [{ json: {}, binary: { data } }];`,
	);
	const items = code(
		'Items',
		'return Array.from({ length: 100 }, (_, n) => ({ json: { n }, binary: $input.first().binary }));',
	);
	const start = {
		id: 'start',
		name: 'Start',
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const to = (name: string) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });
	return {
		...form,
		id: `many-${id}`,
		nodes: [start, picture, items, send, ...rest],
		connections: { Start: to('Picture'), Picture: to('Items'), Items: to(send.name) },
	};
}
