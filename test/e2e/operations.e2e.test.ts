import type { MessageType } from '../../nodes/WhatsAppGroups/contract/messages';
import type { OwnOperationKey } from '../../nodes/WhatsAppGroups/contract/operations';
import type { ProviderId } from '../../nodes/WhatsAppGroups/contract/provider';
import { providers } from '../../nodes/WhatsAppGroups/providers';
import { accounts, sandboxCredentials } from '../../sandbox/n8n/accounts';
import type { ImportedCredential } from '../../sandbox/n8n/accounts';
import { N8n } from '../../sandbox/n8n/instance';
import { startSandbox } from '../../sandbox/sandbox';
import type { Sandbox } from '../../sandbox/sandbox';
import { jpeg } from '../support/images';
import { accountOf, places } from './anyProvider';
import { control, examplesWith, seenBy } from './support';

type Step = [name: string, key: string, parameters: object];

const engines = ['WEBJS', 'NOWEB', 'GOWS'] as const;
const team = '120363400000000001@g.us';
const salesFloor = '120363400000000004@g.us';
const bookClub = '447700900100-1600000000@g.us';
const locator = (value: string) => ({ __rl: true, mode: 'id', value });

const sentByWaha = { messageId: "={{ $('Send').first().json.id }}" };

/** What each operation that only WAHA has is run with, in order, and what it must put out. */
const wahaSteps: Array<[...Step, output: object[]]> = [
	['Count', 'group.getCount', {}, [{ count: 3 }]],
	['Refresh', 'group.refresh', {}, [{ success: true }]],
	[
		'Preview',
		'group.getInvitePreview',
		{ inviteLink: 'https://chat.whatsapp.com/SandboxSalesInvite0004' },
		[{ id: salesFloor, subject: 'Sales Floor', participants: null }],
	],
	[
		'Join',
		'group.join',
		{ inviteLink: "={{ $json.id && 'SandboxSalesInvite0004' }}" },
		[{ success: true, groupId: salesFloor, wasMember: false }],
	],
	[
		'Sorted Groups',
		'group.getAll',
		{
			returnAll: true,
			options: { sortBy: 'subject', sortOrder: 'desc', excludeParticipants: true },
		},
		[
			{ subject: 'Support Team', participants: null },
			{ subject: 'Sales Floor' },
			{ subject: 'Neighbourhood Watch' },
			{ subject: 'Book Club' },
		],
	],
	[
		'Change Settings',
		'groupSetting.update',
		{ group: locator(team), updateFields: { membersCanAdd: true, joinApproval: true } },
		[{ success: true, groupId: team }],
	],
	[
		'Settings',
		'groupSetting.get',
		{ group: locator(team) },
		[{ membersCanAdd: true, joinApproval: true, infoAdminsOnly: false }],
	],
	[
		'Requests',
		'joinRequest.getAll',
		{ group: locator(bookClub), returnAll: true },
		[{ joinRequest: '100000000000124@lid' }, { joinRequest: '100000000000125@lid' }],
	],
	[
		'Approve',
		'joinRequest.approve',
		{ group: locator(bookClub), joinRequests: '100000000000124@lid' },
		[{ status: 'success' }],
	],
	[
		'Reject',
		'joinRequest.reject',
		{ group: locator(bookClub), joinRequests: '100000000000125@lid' },
		[{ status: 'success' }],
	],
	[
		'Check',
		'participant.checkNumber',
		{ participants: '+44 7700 900122, 447700900404' },
		[
			{ phone: '447700900122', exists: true },
			{ phone: '447700900404', exists: false },
		],
	],
	[
		'Add',
		'participant.add',
		{
			group: locator(team),
			participants: '+44 7700 900122, 447700900404',
			options: { checkNumbers: true },
		},
		[{ status: 'success' }, { status: 'failed', code: 404 }],
	],
	[
		'Promote by Number',
		'participant.promote',
		{ group: locator(team), participants: '+44 7700 900114' },
		[{ phone: '447700900114', status: 'success' }],
	],
	[
		'Participants',
		'participant.getAll',
		{ group: locator(team), returnAll: true, options: { resolvePhones: true } },
		[
			{ phone: '447700900100', role: 'creator' },
			{ phone: '447700900111' },
			{ phone: '447700900112' },
			{ phone: null },
			{ phone: '447700900114', role: 'admin' },
			{ phone: '447700900122' },
		],
	],
	[
		'Send',
		'message.send',
		{
			group: locator(team),
			text: 'https://example.com',
			additionalFields: { linkPreviewHighQuality: true },
		},
		[{ groupId: team }],
	],
	[
		'React',
		'message.react',
		{ group: locator(team), ...sentByWaha, emoji: '👍' },
		[{ success: true, groupId: team }],
	],
	[
		'Edit',
		'message.edit',
		{ group: locator(team), ...sentByWaha, text: 'Hello again' },
		[{ success: true, groupId: team }],
	],
	[
		'Delete',
		'message.delete',
		{ group: locator(team), ...sentByWaha },
		[{ success: true, groupId: team }],
	],
];

/**
 * A place for each operation, in an order in which each finds what it needs. Send and Wait for Response has a
 * test of its own.
 */
const order: Record<OwnOperationKey, (id: ProviderId) => object> = {
	'group.create': () => ({ subject: 'Customers', waitForResult: true }),
	'group.getAll': () => ({ returnAll: true }),
	'group.getCount': () => ({}),
	'group.get': (id) => here(id),
	'group.update': (id) => ({ ...here(id), updateFields: { subject: 'Renamed' } }),
	'group.refresh': () => ({}),
	'groupPicture.set': () => ({ ...created, binaryPropertyName: 'data' }),
	'groupPicture.get': () => ({ ...created, outputPropertyName: 'data' }),
	'groupPicture.remove': () => created,
	'groupSetting.get': (id) => here(id),
	'groupSetting.update': (id) => ({ ...here(id), updateFields: { infoAdminsOnly: true } }),
	'inviteLink.get': (id) => here(id),
	'inviteLink.reset': (id) => here(id),
	'inviteLink.revoke': (id) => here(id),
	'group.getInvitePreview': () => ({ inviteLink: 'SandboxSalesInvite0004' }),
	'group.join': () => ({ inviteLink: 'SandboxSalesInvite0004' }),
	'joinRequest.getAll': (id) => ({ ...requested(id), returnAll: true }),
	'joinRequest.approve': (id) => ({
		...requested(id),
		joinRequests: "={{ $('joinRequest.getAll').first().json.joinRequest }}",
	}),
	'joinRequest.reject': (id) => ({
		...requested(id),
		joinRequests: "={{ $('joinRequest.getAll').last().json.joinRequest }}",
	}),
	'message.getMedia': () => ({ media: sentFile, outputPropertyName: 'file' }),
	'message.send': (id) => ({ ...here(id), text: 'Hello' }),
	'message.pin': (id) => ({ ...here(id), ...sentMessage, pinnedFor: 30 }),
	'message.unpin': (id) => ({ ...here(id), ...sentMessage }),
	'message.react': (id) => ({ ...here(id), ...sentMessage, emoji: '👍' }),
	'message.edit': (id) => ({ ...here(id), ...sentMessage, text: 'Hello again' }),
	'message.forward': (id) => ({ ...here(id), ...sentMessage }),
	'message.delete': (id) => ({ ...here(id), ...sentMessage }),
	'participant.getAll': (id) => ({ ...here(id), returnAll: true }),
	'participant.checkNumber': () => ({ participants: '+44 7700 900122' }),
	'participant.add': (id) => ({ ...here(id), participants: '+44 7700 900122' }),
	'participant.promote': (id) => ({ ...here(id), participants: somebody }),
	'participant.demote': (id) => ({ ...here(id), participants: somebody }),
	'participant.remove': (id) => ({ ...here(id), participants: somebody }),
	'template.createInvite': () => ({ templateName: 'invite', languageCode: 'en_US' }),
	'inviteLink.send': (id) => ({
		...here(id),
		participants: '+44 7700 900111',
		...(id === 'waha' || id === 'sinch'
			? { inviteText: 'Join us: {link}' }
			: { template: { __rl: true, mode: 'list', value: 'invite|en_US' } }),
	}),
	'group.delete': (id) => here(id),
	'group.leave': () => created,
};
/** What names the file that somebody sent before, by what the sandbox answers. */
const sentFile = '={{ $json.mediaId ?? $json.mediaUrl ?? $json.message.serializedId }}';
const created = { group: locator("={{ $('group.create').first().json.id }}") };
const sentMessage = { messageId: "={{ $('message.send').first().json.id }}" };
const somebody = "={{ $('participant.getAll').all().at(-1).json.id }}";
const here = (id: ProviderId) => ({ group: locator(places[id].group) });
/** Where people ask to join. */
const requested = (id: ProviderId) => (id === 'waha' ? { group: locator(bookClub) } : here(id));

const stepsOf = ({ id, operations }: (typeof providers)[number]): Step[] =>
	(Object.keys(order) as OwnOperationKey[])
		.filter((key) => operations[key] !== undefined)
		.map((key) => [key, key, order[key](id)]);

interface Node {
	name: string;
}

const file = examplesWith('n8n-nodes-base.manualTrigger')
	.find(({ id }) => id === 'create-group-waha')!
	.nodes.filter(({ name }) => /^(Sample Picture|Picture as File)$/.test(name));

/** A node by which somebody sends a file to the group, in the sandbox. */
function somebodySends(id: ProviderId): Node {
	const { group, engine = '' } = { ...places[id], ...(id === 'waha' && { engine: '/webjs' }) };
	const phone = { dialog360: '16505551234', meta: '16505551234', sinch: '5519911112222' };
	const message = {
		phone: { ...phone, waha: '447700900111' }[id],
		type: 'image',
		mimeType: 'image/jpeg',
		data: jpeg(8, 8).toString('base64'),
	};
	return {
		name: 'Somebody Sends a File',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: {
			method: 'POST',
			url: `${sandbox.url}/control/${id}${engine}/groups/${group}/message`,
			sendBody: true,
			specifyBody: 'json',
			jsonBody: JSON.stringify(message),
		},
	} as Node;
}

/** `Start → …`, each step run once: most ask nothing of the item that comes in. */
function workflow(id: string, provider: ProviderId, credentialId: string, steps: readonly Step[]) {
	const start = { id: `${id}-0`, name: 'Start', type: 'n8n-nodes-base.manualTrigger' };
	const acting = steps.map(([name, key, parameters]) => {
		const [resource, operation] = key.split('.');
		return {
			id: `${id}-${name}`,
			name,
			type: 'n8n-nodes-whatsapp-groups.whatsAppGroups',
			executeOnce: true,
			parameters: { provider, ...accountOf(provider), resource, operation, ...parameters },
			credentials: { [accounts[provider].type]: { id: credentialId, name: credentialId } },
		};
	});
	const before: Record<string, () => Node[]> = {
		'groupPicture.set': () => file,
		'message.getMedia': () => [somebodySends(provider)],
	};
	const all: Node[] = [
		start,
		...acting.flatMap((node): Node[] => [...(before[node.name]?.() ?? []), node]),
	];
	const nodes = all.map((node) => ({
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		...node,
		...('executeOnce' in node ? {} : { executeOnce: true }),
	}));
	const links = all.slice(0, -1).map(({ name }, i) => {
		const to = { node: all[i + 1].name, type: 'main', index: 0 };
		return [name, { main: [[to]] }];
	});
	return { id, name: id, nodes, connections: Object.fromEntries(links) as object };
}

const allOperations = () =>
	providers.map((provider) =>
		workflow(`all-${provider.id}`, provider.id, accounts[provider.id].id, stepsOf(provider)),
	);
const onlyWaha = engines.map((engine) =>
	workflow(
		`waha-${engine}`,
		'waha',
		`waha-${engine}`,
		wahaSteps.map(([name, key, parameters]) => [name, key, parameters]),
	),
);

const withTemplates = ['dialog360', 'meta'] as const;
const template = { __rl: true, mode: 'list', value: 'order_update|en_US' };
const ofTemplates = withTemplates.map((id) =>
	workflow(`template-${id}`, id, accounts[id].id, [
		[
			'Template',
			'message.send',
			{
				...here(id),
				messageType: 'template',
				template,
				templateParameters: {
					mappingMode: 'defineBelow',
					value: { body_1: "={{ 'Pab' + 'lo' }}", body_2: 'Your order' },
				},
			},
		],
	]),
);

/** What each message type is sent with; a file by any name and type, since nobody looks into it. */
const contents: Record<Exclude<MessageType, 'template'>, object> = {
	audio: fileOf('song.mp3', 'audio/mpeg'),
	contact: { contactName: 'Nathan Smith', contactPhone: '+44 7700 900123' },
	document: fileOf('report.pdf', 'application/pdf'),
	image: fileOf('picture.jpg', 'image/jpeg'),
	location: { latitude: 51.5074, longitude: -0.1278 },
	poll: { pollQuestion: 'When?', pollOptions: 'Monday\nTuesday' },
	sticker: fileOf('wave.webp', 'image/webp'),
	text: { text: 'Hello' },
	video: fileOf('film.mp4', 'video/mp4'),
	voice: fileOf('note.ogg', 'audio/ogg'),
};

function fileOf(fileName: string, mimeType: string): object {
	return { binaryPropertyName: 'data', additionalFields: { fileName, mimeType } };
}

const typesOf = ({ messages }: (typeof providers)[number]) =>
	(Object.keys(contents) as Array<keyof typeof contents>).filter((type) => messages[type]);

/** One file, and beside each other a node for each message type that the provider has. */
const ofMessages = providers.map((provider) => {
	const { id } = provider;
	const steps = typesOf(provider).map((messageType): Step => [
		messageType,
		'message.send',
		{ ...here(id), messageType, ...contents[messageType] },
	]);
	const made = workflow(`messages-${id}`, id, accounts[id].id, [
		['groupPicture.set', 'group.get', here(id)],
		...steps,
	]);
	const [, maker, last] = [made.nodes[0].name, ...file.map(({ name }) => name)];
	const all = steps.map(([name]) => ({ node: name, type: 'main', index: 0 }));
	const to = (name: string) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });
	return {
		...made,
		connections: { Start: to(maker), [maker]: to(last), [last]: { main: [all] } },
	};
});

/** Those of the sandbox, and one for each engine of WAHA. */
function credentials(running: Sandbox): ImportedCredential[] {
	const servers = engines.map((engine) => {
		const own = sandboxCredentials(running, engine).find(
			({ type }) => type === accounts.waha.type,
		)!;
		return { ...own, id: `waha-${engine}`, name: `waha-${engine}` };
	});
	return [...sandboxCredentials(running), ...servers];
}

let sandbox: Sandbox;
let n8n: N8n;

beforeAll(async () => {
	sandbox = await startSandbox();
	n8n = await N8n.start({
		credentials: credentials(sandbox),
		workflows: [...allOperations(), ...onlyWaha, ...ofTemplates, ...ofMessages],
		log: (line) => process.stdout.write(`${line}\n`),
	});
});

afterAll(async () => {
	await n8n?.stop();
	await sandbox?.close();
});

beforeEach(async () => {
	await control(sandbox, 'post', '/reset');
	await control(sandbox, 'delete', '/requests');
});

const refusedBy = async (id: string) =>
	(await seenBy(sandbox, id)).filter((request) => request.status >= 400);

describe('in a real n8n', () => {
	it.each(providers.map((provider) => [provider.name, provider] as const))(
		'%s: a message of each type arrives in the group',
		async (_, provider) => {
			const { status, output, error } = await n8n.execute(`messages-${provider.id}`);
			expect({ status, error: error?.message }).toEqual({ status: 'success', error: undefined });
			for (const type of typesOf(provider)) {
				expect([type, output[type]]).toMatchObject([type, [{ json: { id: expect.any(String) } }]]);
			}
			expect(await refusedBy(provider.id)).toEqual([]);
		},
	);

	it.each(providers.map((provider) => [provider.name, provider] as const))(
		'every operation of %s does its work',
		async (_, provider) => {
			const { status, output, error } = await n8n.execute(`all-${provider.id}`);
			expect({ status, error: error?.message }).toEqual({ status: 'success', error: undefined });
			for (const [key] of stepsOf(provider)) {
				const statuses = output[key].map(({ json }) => json.status);
				expect([key, statuses.length > 0, statuses]).toEqual([
					key,
					true,
					statuses.filter((each) => each !== 'failed' && each !== 'unknown'),
				]);
			}
			expect(await refusedBy(provider.id)).toEqual([]);
		},
	);

	it.each(withTemplates)(
		'a template of %s is listed, shows its gaps as fields, and is sent with what fills them',
		async (id) => {
			await control(sandbox, 'post', `/${id}/templates`, {
				name: 'order_update',
				language: 'en_US',
				category: 'UTILITY',
				components: [{ type: 'BODY', text: 'Hi {{1}}, {{2}} is on its way' }],
			});
			const { type, ...credential } = accounts[id];
			const ask = async (what: string, methodName: string) => {
				const { data } = await n8n.rest.post<{ data: object }>(`/dynamic-node-parameters/${what}`, {
					path: 'parameters.template',
					methodName,
					nodeTypeAndVersion: { name: 'n8n-nodes-whatsapp-groups.whatsAppGroups', version: 1 },
					currentNodeParameters: {
						provider: id,
						resource: 'message',
						operation: 'send',
						messageType: 'template',
						template,
					},
					credentials: { [type]: credential },
				});
				return data.data;
			};
			expect(await ask('resource-locator-results', 'searchTemplates')).toMatchObject({
				results: [{ value: template.value }],
			});
			expect(await ask('resource-mapper-fields', 'getTemplateParameters')).toMatchObject({
				fields: [{ displayName: 'Body: 1' }, { displayName: 'Body: 2' }],
			});
			const { status, output, error } = await n8n.execute(`template-${id}`);
			expect({ status, error: error?.message }).toEqual({ status: 'success', error: undefined });
			expect(output.Template).toHaveLength(1);
			const { body } = (await seenBy(sandbox, id)).find(({ path }) => path.endsWith('/messages'))!;
			expect(body).toMatchObject({
				template: { components: [{ parameters: [{ text: 'Pablo' }, { text: 'Your order' }] }] },
			});
		},
	);

	it.each(engines)('each operation that only WAHA has does its work with %s', async (engine) => {
		const { status, output, error } = await n8n.execute(`waha-${engine}`);
		expect({ status, error: error?.message }).toEqual({ status: 'success', error: undefined });
		for (const [name, , , expected] of wahaSteps) {
			expect({ name, output: output[name].map(({ json }) => json) }).toMatchObject({
				name,
				output: expected,
			});
		}
		expect(await refusedBy('waha')).toEqual([]);
	});
});
