import { createHash, randomBytes } from 'node:crypto';
import axios from 'axios';
import type { ProviderId } from '../../nodes/WhatsAppGroups/contract/provider';
import { providers } from '../../nodes/WhatsAppGroups/providers';
import { sandboxCredentials } from '../../sandbox/n8n/accounts';
import { N8n, until } from '../../sandbox/n8n/instance';
import { startSandbox } from '../../sandbox/sandbox';
import type { Sandbox } from '../../sandbox/sandbox';
import { withProvider } from './anyProvider';
import { startOtherHost } from '../support/otherHost';
import type { OtherHost } from '../support/otherHost';
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
	const picture = Buffer.concat([
		Buffer.from([0xff, 0xd8, 0xff]),
		randomBytes(5 * 1024 * 1024 - 3),
	]);
	let sandbox: Sandbox;
	let n8n: N8n;
	let host: OtherHost;

	beforeAll(async () => {
		sandbox = await startSandbox();
		host = await startOtherHost((_, response) =>
			response.writeHead(200, { 'content-type': 'image/jpeg' }).end(picture),
		);
		n8n = await N8n.start({
			credentials: sandboxCredentials(sandbox),
			workflows: providers.flatMap(({ id }) => [
				toManyGroups(id, host.url, false),
				toManyGroups(id, host.url, true),
			]),
			log: say,
		});
	});

	afterAll(async () => {
		await n8n?.stop();
		await host?.close();
		await sandbox?.close();
	});

	const execute = async (workflow: string) => {
		const { status, error } = await n8n.execute(workflow);
		expect({ status, error: error?.message }).toEqual({ status: 'success', error: undefined });
	};

	it.each(providers.map(({ name, id }) => [name, id] as const))(
		'%s: uploads once where it can, and takes less than 150 MB more than texts do',
		async (name, id) => {
			await n8n.restart();
			// What n8n loads and keeps for any workflow of this size is none of the files'.
			await execute(`texts-${id}`);
			await control(sandbox, 'delete', '/requests');
			const before = n8n.memory();
			const peak = watchMemory(n8n);
			await execute(`files-${id}`);
			const more = peak() - before;
			const calls = (await seenBy(sandbox, id)).map(({ path }) => path.split('/').pop());
			const uploads = calls.filter((call) => call === 'media').length;
			say(`${name}: ${calls.length} requests, ${uploads} uploads, ${more} MB over ${before} MB`);
			expect(uploads).toBe(id === 'dialog360' || id === 'meta' ? 1 : 0);
			expect(more).toBeLessThan(150);
		},
		180_000,
	);
});

/** One picture, downloaded once, for 100 items; or as many texts. */
function toManyGroups(id: ProviderId, url: string, isFile: boolean) {
	const form = withProvider(upload, id);
	const send = structuredClone(form.nodes[1]);
	Object.assign(send.parameters, {
		messageType: isFile ? 'image' : 'text',
		binaryPropertyName: 'data',
		caption: '',
		text: 'Hello',
	});
	const node = (name: string, type: string, typeVersion: number, parameters: object) => ({
		id: name,
		name,
		type: `n8n-nodes-base.${type}`,
		typeVersion,
		position: [0, 0],
		parameters,
	});
	const response = { response: { response: { responseFormat: 'file' } } };
	const to = (name: string) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });
	return {
		...form,
		id: `${isFile ? 'files' : 'texts'}-${id}`,
		nodes: [
			node('Start', 'manualTrigger', 1, {}),
			node('Picture', 'httpRequest', 4.2, { url, options: response }),
			node('Items', 'code', 2, {
				jsCode:
					'return Array.from({ length: 100 }, (_, n) => ({ json: { n }, binary: $input.first().binary }));',
			}),
			send,
		],
		connections: { Start: to('Picture'), Picture: to('Items'), Items: to(send.name) },
	};
}
