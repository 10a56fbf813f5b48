import { createHash } from 'node:crypto';
import { providers } from '../../nodes/WhatsAppGroups/providers';
import { accounts, sandboxCredentials, webhookSecret } from '../../sandbox/n8n/accounts';
import { N8n, until } from '../../sandbox/n8n/instance';
import { startSandbox } from '../../sandbox/sandbox';
import type { Sandbox } from '../../sandbox/sandbox';
import { jpeg } from '../support/images';
import { accountOf, places } from './anyProvider';
import { control } from './support';

const picture = jpeg(320, 240);
const writers = {
	dialog360: '16505551234',
	meta: '16505551234',
	sinch: '5519911112222',
	waha: '447700900111',
};

const webhookIdOf = (id: string) =>
	`00000000-0000-4000-9000-00000000020${providers.findIndex((one) => one.id === id)}`;

/** `Trigger with Download Files → Read`, as any node does, and `→ Message: Get Media`, which fetches it once more. */
const workflows = providers.map(({ id }) => {
	const credentials = { [accounts[id].type]: { id: accounts[id].id, name: accounts[id].name } };
	const place = { provider: id, ...accountOf(id) };
	const common = { typeVersion: 1, position: [0, 0], credentials };
	return {
		id: `files-${id}`,
		name: `Files: ${id}`,
		active: false,
		settings: { executionOrder: 'v1' },
		connections: {
			Trigger: { main: [['Read', 'Again'].map((node) => ({ node, type: 'main', index: 0 }))] },
		},
		nodes: [
			{
				...common,
				id: `files-${id}-0`,
				name: 'Trigger',
				type: 'n8n-nodes-whatsapp-groups.whatsAppGroupsTrigger',
				webhookId: webhookIdOf(id),
				parameters: {
					...place,
					triggerOn: ['message.received'],
					options: { downloadFiles: true },
				},
			},
			{
				...common,
				id: `files-${id}-1`,
				name: 'Again',
				type: 'n8n-nodes-whatsapp-groups.whatsAppGroups',
				parameters: {
					...place,
					resource: 'message',
					operation: 'getMedia',
					media: '={{ $json.message.media }}',
					outputPropertyName: 'again',
				},
			},
			{
				id: `files-${id}-2`,
				name: 'Read',
				type: 'n8n-nodes-base.crypto',
				typeVersion: 1,
				position: [0, 0],
				parameters: {
					action: 'hash',
					type: 'SHA256',
					binaryData: true,
					binaryPropertyName: 'data',
					dataPropertyName: 'hash',
					encoding: 'hex',
				},
			},
		],
	};
});

interface State {
	waha: { WEBJS: { sessions: Array<{ config: { webhooks?: Array<{ url: string }> } | null }> } };
	dialog360: { webhook: { url: string } };
	meta: { callbacks: { numberOverrides: Record<string, string> } };
}

/** Each way in which n8n can keep binary data, and how it then names it. */
describe.each([
	['filesystem', /^filesystem-v2:workflows\//],
	['database', /^database:/],
	['default', undefined],
])('files that a real n8n keeps in the mode %s', (mode, expectedId) => {
	let sandbox: Sandbox;
	let n8n: N8n;

	beforeAll(async () => {
		sandbox = await startSandbox();
		n8n = await N8n.start({
			credentials: sandboxCredentials(sandbox),
			workflows,
			env: { N8N_DEFAULT_BINARY_DATA_MODE: mode },
			log: (line) => process.stdout.write(`${line}\n`),
		});
		for (const { id } of workflows) await n8n.publish(id);
		const path = `${webhookIdOf('sinch')}/whatsapp-groups?secret=${webhookSecret}`;
		await control(sandbox, 'put', '/sinch/webhooks', { messagesUrl: `${n8n.url}/webhook/${path}` });
		await until('the webhooks to be registered', 30_000, async () => {
			const { waha, dialog360, meta } = await control<State>(sandbox, 'get', '/state');
			const urls = [
				...waha.WEBJS.sessions.flatMap(({ config }) => config?.webhooks ?? []),
				dialog360.webhook,
			].map(({ url }) => url);
			const all = [...urls, ...Object.values(meta.callbacks.numberOverrides)];
			return all.filter((url) => url.startsWith(n8n.url)).length === 3 ? true : undefined;
		});
	});

	afterAll(async () => {
		await n8n?.stop();
		await sandbox?.close();
	});

	/** What the editor downloads. */
	async function bytesOf(file: { id?: string; data: string }): Promise<Buffer> {
		if (file.id === undefined) return Buffer.from(file.data, 'base64');
		const { data } = await n8n.rest.get<ArrayBuffer>('/binary-data', {
			params: { id: file.id, action: 'download' },
			responseType: 'arraybuffer',
		});
		return Buffer.from(data);
	}

	it.each(providers.map(({ name, id }) => [name, id] as const))(
		'%s: the picture that somebody sends has the same bytes, beside the event and fetched again',
		async (_, id) => {
			const engine = id === 'waha' ? '/webjs' : '';
			await control(sandbox, 'post', `/${id}${engine}/groups/${places[id].group}/message`, {
				phone: writers[id],
				type: 'image',
				mimeType: 'image/jpeg',
				caption: 'Look',
				data: picture.toString('base64'),
			});
			const execution = await until(`an execution of files-${id}`, 60_000, async () =>
				(await n8n.executions(`files-${id}`)).at(0),
			);
			const { status, output, error } = await n8n.ended(execution.id);
			expect({ status, error: error?.message }).toEqual({ status: 'success', error: undefined });
			const [received] = output.Trigger;
			expect(received.json).toMatchObject({ message: { type: 'image', text: 'Look' } });
			expect(Object.keys(received.binary!)).toEqual(['data']);
			const files = [received.binary!.data, output.Again[0].binary!.again];
			for (const file of files as Array<{ id?: string; data: string; mimeType: string }>) {
				expect(file.mimeType).toBe('image/jpeg');
				if (expectedId === undefined) expect(file.id).toBeUndefined();
				else expect(file.id).toMatch(expectedId);
				// n8n moves it from the place for executions that have no id yet.
				expect(file.id ?? '').not.toContain('/temp/');
			}
			expect(output.Read[0].json.hash).toBe(createHash('sha256').update(picture).digest('hex'));
			expect((await bytesOf(output.Again[0].binary!.again as never)).equals(picture)).toBe(true);
			// In the database n8n leaves the files of every webhook with no execution: nodes read them, the editor does not.
			if (mode !== 'database') {
				expect((await bytesOf(received.binary!.data as never)).equals(picture)).toBe(true);
			}
			expect(n8n.logs()).not.toContain(picture.toString('base64').slice(0, 60));
		},
	);
});
