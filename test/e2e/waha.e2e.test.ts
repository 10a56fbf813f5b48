import { accounts, sandboxCredentials } from '../../sandbox/n8n/accounts';
import { N8n } from '../../sandbox/n8n/instance';
import { startSandbox } from '../../sandbox/sandbox';
import type { Sandbox } from '../../sandbox/sandbox';
import { control, seenBy } from './support';

const team = '120363400000000001@g.us';
const salesFloor = '120363400000000004@g.us';
const bookClub = '447700900100-1600000000@g.us';
const locator = (value: string) => ({ __rl: true, mode: 'id', value });

/** What each operation that only WAHA has is run with, in order, and what it must put out. */
const steps: Array<[name: string, key: string, parameters: object, output: object[]]> = [
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
];

/** `Start → Count → Refresh → …`, each run once: most ask nothing of the item that comes in. */
function workflow(id: string) {
	const node = (name: string, type: string, more: object = {}) => ({
		id: `${id}-${name}`,
		name,
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		...more,
	});
	const nodes = steps.map(([name, key, parameters]) => {
		const [resource, operation] = key.split('.');
		return node(name, 'n8n-nodes-whatsapp-groups.whatsAppGroups', {
			executeOnce: true,
			parameters: {
				provider: 'waha',
				session: locator('default'),
				resource,
				operation,
				...parameters,
			},
			credentials: { [accounts.waha.type]: { id: accounts.waha.id, name: accounts.waha.name } },
		});
	});
	const names = ['Start', ...steps.map(([name]) => name)];
	const to = (name: string) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });
	return {
		id,
		name: id,
		nodes: [node('Start', 'n8n-nodes-base.manualTrigger'), ...nodes],
		connections: Object.fromEntries(names.slice(0, -1).map((name, i) => [name, to(names[i + 1])])),
	};
}

describe.each(['WEBJS', 'NOWEB', 'GOWS'])(
	'what only WAHA has, in a real n8n, with %s',
	(engine) => {
		let sandbox: Sandbox;
		let n8n: N8n;

		beforeAll(async () => {
			sandbox = await startSandbox();
			n8n = await N8n.start({
				credentials: sandboxCredentials(sandbox, engine),
				workflows: [workflow('waha')],
				log: (line) => process.stdout.write(`${line}\n`),
			});
		});

		afterAll(async () => {
			await n8n?.stop();
			await sandbox?.close();
		});

		it('each operation does its work once', async () => {
			await control(sandbox, 'post', '/reset');
			const { status, output, error } = await n8n.execute('waha');
			expect({ status, error: error?.message }).toEqual({ status: 'success', error: undefined });
			for (const [name, , , expected] of steps) {
				expect({ name, output: output[name].map(({ json }) => json) }).toMatchObject({
					name,
					output: expected,
				});
			}
			const refused = (await seenBy(sandbox, 'waha')).filter((request) => request.status >= 400);
			expect(refused).toEqual([]);
		});
	},
);
