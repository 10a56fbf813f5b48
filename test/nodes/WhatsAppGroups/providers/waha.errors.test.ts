import type { INodeParameters } from 'n8n-workflow';
import { waha } from '../../../../nodes/WhatsAppGroups/providers/waha';
import { wahaErrors } from '../../../../nodes/WhatsAppGroups/providers/waha/errors';
import { searchList } from '../../../support/n8n';
import { byId, stage } from '../../../support/sandbox';

const { run, fail, calls, seen, control, setup, sandbox } = stage('waha', 'NOWEB');
const team = '120363400000000001@g.us';
const on = (session: string, more: INodeParameters = {}): INodeParameters => ({
	session: byId(session),
	group: byId(team),
	...more,
});
const server = async (path: string, body: unknown) =>
	await control('post', `/waha/noweb${path}`, body);
const answer = async (status: number, body: unknown, more: object = {}) =>
	await control('post', '/faults', { provider: 'waha', kind: 'answer', status, body, ...more });
const exception = (message: string) => ({ statusCode: 500, exception: { message, name: 'Error' } });
const mayHaveLeft =
	'The account may have left the group all the same: look with Group: Get Many whether it is still listed.';
/** Sentences of the table that a test has seen. */
const explained = new Set<string>();
/** Leaving a group, which is a change and so sent once, is expected to fail as this row says. */
const expectRow = async (row: string, parameters: INodeParameters = on('default')) => {
	const error = await fail('group.leave', parameters);
	const { message, description, disposition } = wahaErrors.rows[row];
	// Where WAHA did not say no, the group may have been left.
	const isUnknown = disposition === 'unavailable';
	expect(error.message).toBe(isUnknown ? `${message}: the outcome is unknown` : message);
	expect(error.description).toContain(description);
	expect(String(error.description).startsWith(mayHaveLeft)).toBe(isUnknown);
	expect(error.context).toMatchObject({ itemIndex: 0, status: isUnknown ? 'unknown' : 'failed' });
	explained.add(row);
	return error;
};

describe('WAHA: sessions', () => {
	beforeEach(async () => {
		await server('/timings', { waitMs: 50, startingMs: 100 });
	});

	it.each(['STOPPED', 'STARTING', 'SCAN_QR_CODE', 'FAILED'])(
		'says what to do about a session that is %s',
		async (status) => {
			await server('/sessions/default/status', { status });
			const error = await expectRow(`session-${status}`);
			expect(error.description).toContain('Session status is not as expected');
			expect(await calls()).toHaveLength(1);
		},
	);

	it.each(['PASSKEY_REQUIRED', 'PASSKEY_CONFIRMATION_REQUIRED'])(
		'says what to do about a session that is %s',
		async (status) => {
			await server('/sessions/default/status', { status });
			await expectRow(`session-${status}`);
		},
	);

	it('has a sentence for a status that it does not know', async () => {
		const body = { error: 'Session status is not as expected', status: 'DREAMING', expected: [] };
		await answer(422, body);
		await expectRow('session');
	});

	it('does not wait for a read of such a session again', async () => {
		await fail('group.getAll', { session: byId('stopped'), returnAll: true });
		expect(await calls()).toHaveLength(1);
	});

	it('waits with WAHA while a session starts', async () => {
		await server('/timings', { waitMs: 2000, startingMs: 100 });
		await server('/sessions/default/status', { status: 'STARTING' });
		const work = run('group.get', on('default'));
		await new Promise((resolve) => setTimeout(resolve, 150));
		await server('/sessions/default/status', { status: 'WORKING' });
		expect(await work).toMatchObject([{ id: team }]);
	});

	it('names an unknown session', async () => {
		const error = await expectRow('session-unknown', on('nobody'));
		expect(error.description).toContain('Session "nobody" does not exist');
	});

	it('names a session that only the address of sessions knows to be missing', async () => {
		await answer(404, { message: 'Session not found', error: 'Not Found', statusCode: 404 });
		await expectRow('session-unknown');
	});

	it('acts as the session that is chosen, spaces around its name or not', async () => {
		const groups = await run('group.getAll', { session: byId(' sales '), returnAll: true });
		expect(groups.map(({ subject }) => subject)).toEqual(['Neighbourhood Watch', 'Sales Floor']);
	});

	it('asks for a session before any request', async () => {
		const error = await fail('group.leave', on(' '));
		expect(error.message).toBe("'Session' is empty");
		expect(await calls()).toEqual([]);
	});

	it('keeps a name with odd characters in its place in the address', async () => {
		await fail('group.leave', on('a/b?c'));
		expect(await calls()).toEqual([expect.stringContaining('/api/a%2Fb%3Fc/groups/')]);
	});
});

describe('WAHA: the API key', () => {
	const withKey = (apiKey: string) => {
		const { credentials } = setup({});
		return {
			credentials: {
				...credentials,
				whatsAppGroupsWahaApi: { ...credentials.whatsAppGroupsWahaApi, apiKey },
			},
		};
	};

	it('is sent with each request', async () => {
		await run('group.get', on('default'));
		expect((await seen())[0].headers['x-api-key']).toBe(sandbox().accounts.waha.credentials.apiKey);
	});

	it('is named when it is wrong, and not shown', async () => {
		const error = await fail('group.leave', on('default'), withKey('very-wrong-key'));
		expect(error.message).toBe(wahaErrors.rows['401'].message);
		expect(JSON.stringify(error)).not.toContain('very-wrong-key');
		explained.add('401');
	});

	it('may be empty where the server has none', async () => {
		await server('/key', { required: false });
		expect(await run('group.get', on('default'), withKey(''))).toMatchObject([{ id: team }]);
	});

	it('is asked for when it is empty and the server has one', async () => {
		const error = await fail('group.get', on('default'), withKey(''));
		expect(error.message).toBe('WAHA does not accept the API key');
	});

	it('may belong to another session', async () => {
		await answer(403, { message: 'Forbidden resource', error: 'Forbidden', statusCode: 403 });
		await expectRow('403');
	});
});

describe('WAHA: errors', () => {
	it('joins what validation says', async () => {
		await answer(400, {
			message: ['name must be a string', 'participants must be an array'],
			error: 'Bad Request',
			statusCode: 400,
		});
		const error = await expectRow('400');
		expect(error.description).toContain('name must be a string; participants must be an array');
	});

	it('explains an address that the server does not have', async () => {
		await answer(404, { message: 'Cannot POST /api/x', error: 'Not Found', statusCode: 404 });
		const error = await expectRow('404');
		expect(error.description).toContain('Cannot POST /api/x');
	});

	it('explains what the engine cannot do', async () => {
		const error = await fail('group.delete', on('default'));
		expect(error.message).toBe(wahaErrors.rows['not-implemented'].message);
		explained.add('not-implemented');
	});

	it.each([
		[
			'not-in-edition',
			422,
			"The feature is available only in Plus version for 'WEBJS' engine. Check this out: …",
		],
		[
			'not-in-edition',
			422,
			"WAHA Core support only 'default' session. If you want more - please get WAHA PLUS version.",
		],
		['not-implemented', 422, "The method is not implemented by 'GOWS' engine."],
	])('explains %s in an answer %i of older releases', async (row, statusCode, message) => {
		await answer(statusCode, { message, error: 'Unprocessable Entity', statusCode });
		const error = await expectRow(row);
		expect(error.description).toContain(message);
	});

	it.each([
		['not-authorized', 'not-authorized'],
		['forbidden', '2 UNKNOWN: info query returned status 403: forbidden'],
		['item-not-found', 'item-not-found'],
		['item-not-found', "Group with id '1@g.us' not found"],
		['item-not-found', '2 UNKNOWN: that group does not exist'],
		['item-not-found', "2 UNKNOWN: you're not participating in that group"],
		['not-acceptable', '2 UNKNOWN: info query returned status 406: not-acceptable'],
		['463', '2 UNKNOWN: server returned error 463'],
		['475', 'server returned error 475'],
	])('explains %s in “%s”, once', async (row, words) => {
		await answer(500, exception(words), { times: 'always' });
		const error = await expectRow(row);
		expect(error.description).toContain(words);
		expect(await calls()).toHaveLength(1);
	});

	const unread = 'Cannot read properties of undefined';
	it.each([
		['message-unknown', 'react', `${unread} (reading 'id')`],
		['message-unknown', 'pin', `Evaluation failed: TypeError: ${unread} (reading 'pin')\n    at x`],
		['message-unknown', 'unpin', "Cannot read properties of null (reading 'unpin')"],
		['message-unknown', 'forward', "Message with id 'true_1@c.us_A' not found"],
		['forward-broken', 'forward', `${unread} (reading 'forwardMessages')`],
		['not-implemented', 'forward', 'Method not implemented.'],
		['500', 'react', `${unread} (reading 'other')`],
		['500', 'pin', `The log says: ${unread} (reading 'pin')`],
	])('explains %s of a message to %s in “%s”', async (row, operation, words) => {
		await answer(500, exception(words), { times: 'always' });
		const messageId = `true_${team}_3EB0AAAA`;
		const error = await fail(`message.${operation}`, on('default', { messageId, emoji: '👍' }));
		const { message, description, disposition } = wahaErrors.rows[row];
		const isUnknown = disposition === 'unavailable';
		expect(error.message).toBe(isUnknown ? `${message}: the outcome is unknown` : message);
		expect(error.description).toContain(description);
		expect(error.context).toMatchObject({ status: isUnknown ? 'unknown' : 'failed' });
		explained.add(row);
	});

	it('takes the words for a message only where one is acted on', async () => {
		await answer(500, exception(`${unread} (reading 'id')`));
		await expectRow('500');
	});

	it.each([
		['invite-unknown', 'not-acceptable'],
		['invite-unknown', '2 UNKNOWN: that group invite link is not valid'],
		['invite-unknown', 'bad-request'],
		['invite-revoked', 'gone'],
		['invite-revoked', '2 UNKNOWN: that group invite link has been revoked'],
		['invite-revoked', 'gone\nd (https://static.whatsapp.net/x.js:1:2)'],
		['group-full', '2 UNKNOWN: info query returned status 419: resource-limit'],
		['join-refused', '2 UNKNOWN: info query returned status 401: not-authorized'],
		['join-broken', "Cannot read properties of undefined (reading 'joinGroupViaInvite')"],
	])('explains %s of an invite link in “%s”', async (row, words) => {
		await answer(500, exception(words), { path: 'join$' });
		const parameters = { session: byId('sales'), inviteLink: 'SandboxTeamInvite00001' };
		const error = await fail('group.join', parameters);
		expect(error.message).toBe(wahaErrors.rows[row].message);
		expect(error.description).toContain(wahaErrors.rows[row].description);
		expect(error.context).toMatchObject({ itemIndex: 0, status: 'failed' });
		explained.add(row);
	});

	it.each([
		['already-in', exception('conflict'), 'success'],
		['already-in', exception('2 UNKNOWN: info query returned status 409: conflict'), 'success'],
		[
			'asked-to-join',
			{ exception: { message: '', name: 'UnexpectedJoinGroupViaInviteResponse' } },
			'pending',
		],
		[
			'asked-to-join',
			{ exception: { message: 'x', stack: 'UnexpectedJoinGroupViaInviteResponse\n at' } },
			'pending',
		],
	])('takes %s in %j for an outcome', async (row, body, status) => {
		await answer(500, body, { path: 'join$' });
		const parameters = { session: byId('sales'), inviteLink: 'SandboxTeamInvite00001' };
		expect(await run('group.join', parameters)).toMatchObject([{ status, groupId: team }]);
		explained.add(row);
	});

	it('explains an empty text that GOWS does not take', async () => {
		await answer(400, { message: 'GOWS does not support empty group description.' });
		await expectRow('empty-text');
	});

	it('explains that NOWEB keeps nothing to look numbers up in', async () => {
		await server('/store', { enabled: false });
		const options = { resolvePhones: true };
		const error = await fail('participant.getAll', on('default', { returnAll: true, options }));
		expect(error.message).toBe(wahaErrors.rows['store-off'].message);
		expect(error.description).toContain('Enable NOWEB store');
		explained.add('store-off');
	});

	it.each([
		'Connection Closed',
		'Timeout waiting for frame 463',
		'subject to "forbidden": connection closed',
		'server returned error 463 of 500',
		'rate-overlimit was not reached',
	])('knows no refusal in any other exception, and does not repeat a change: %s', async (words) => {
		await answer(500, exception(words), { times: 'always' });
		const error = await expectRow('500');
		expect(error.description).toContain(words);
		expect(await calls()).toHaveLength(1);
	});

	it('repeats a read after an exception', async () => {
		await answer(500, exception('Connection Closed'));
		expect(await run('group.get', on('default'))).toMatchObject([{ id: team }]);
		expect(await calls()).toHaveLength(2);
	});

	it('pauses and goes on when WhatsApp limits the rate, also for a change', async () => {
		await control('post', '/faults', { provider: 'waha', kind: 'rateLimited' });
		expect(await run('group.leave', on('default'))).toEqual([
			{ success: true, status: 'success', groupId: team },
		]);
		const [refused, taken] = await seen();
		expect([refused.status, taken.status]).toEqual([500, 200]);
		expect(taken.startedAt - refused.finishedAt).toBeGreaterThanOrEqual(900);
	});

	it('waits no longer than it was told to be reasonable', async () => {
		await answer(500, exception('rate-overlimit'), { headers: { 'retry-after': '3600' } });
		const error = await expectRow('rate-overlimit');
		expect(error.description).toMatch(/^It asks to wait 60 minutes, until /);
		expect(await calls()).toHaveLength(1);
	});

	it('hides the key in what a server echoes', async () => {
		const key = sandbox().accounts.waha.credentials.apiKey;
		await answer(500, exception(`bad header X-Api-Key: ${key}`));
		const error = await expectRow('500');
		expect(JSON.stringify(error)).not.toContain(key);
		expect(error.description).toContain('***');
	});

	it('explains a proxy that is up while WAHA is not', async () => {
		await control('post', '/faults', { provider: 'waha', kind: 'unavailable' });
		const error = await fail('group.leave', on('default'));
		expect(error.message).toBe(
			'The provider could not process the request: the outcome is unknown',
		);
		expect(String(error.description).startsWith(mayHaveLeft)).toBe(true);
		expect(error.context).toMatchObject({ itemIndex: 0, status: 'unknown' });
	});

	it.each([
		['a text', 'Something odd'],
		['a list', ['Something odd']],
		['an object of another kind', { reason: 'Something odd' }],
		['nothing', ''],
	])('copes with %s as the body of an error', async (_, body) => {
		await answer(500, body);
		await expectRow('500');
	});

	it('goes on with the other items when the node is set to continue', async () => {
		await answer(500, exception('not-authorized'));
		const results = await run('group.get', on('default', { group: '={{ $json.id }}' }), {
			items: [{ json: { id: '447700900100-1600000000@g.us' } }, { json: { id: 'x' } }],
			onError: 'continueRegularOutput',
		});
		expect(results).toEqual([
			{
				id: '447700900100-1600000000@g.us',
				status: 'failed',
				error: wahaErrors.rows['not-authorized'].message,
				description: expect.stringContaining('Make the number an admin'),
			},
			{
				id: 'x',
				status: 'failed',
				error: "'Group' is not the ID of a group at WAHA",
				description: expect.stringContaining('Choose the group from the list'),
			},
		]);
	});

	it('has no row without a test', () => {
		expect([...explained].sort()).toEqual(Object.keys(wahaErrors.rows).sort());
	});
});

describe('WAHA: results of participants', () => {
	const add = async (body: unknown, participants = '447700900122') => {
		await answer(201, body);
		return await run('participant.add', on('default', { participants }));
	};

	it.each([
		[401, 'blocked this number'],
		[403, 'send them the invite link with Invite Link: Send'],
		[404, 'not on WhatsApp'],
		[408, 'left the group recently'],
		[409, 'in the group already'],
		[417, 'community is full'],
		[419, 'group is full'],
		[500, 'try again later'],
		[418, 'the code 418'],
	])('explains %i from every engine', async (code, words) => {
		const bodies = [
			{ '447700900122@c.us': { code, message: 'x', isInviteV4Sent: false } },
			[{ status: String(code), jid: '447700900122@s.whatsapp.net', content: {} }],
			[{ JID: '447700900122@s.whatsapp.net', PhoneNumber: '', LID: '', Error: code }],
			[{ JID: '1@lid', PhoneNumber: '447700900122@s.whatsapp.net', LID: '1@lid', Error: code }],
		];
		for (const body of bodies) {
			expect(await add(body)).toEqual([
				{
					groupId: team,
					participant: '447700900122@c.us',
					phone: '447700900122',
					status: 'failed',
					code,
					reason: expect.stringContaining(words),
				},
			]);
		}
	});

	it('does not ask for an invitation that WAHA has sent itself', async () => {
		const [result] = await add({ '447700900122@c.us': { code: 403, isInviteV4Sent: true } });
		expect(result).toMatchObject({ status: 'failed', code: 403 });
		expect(result.reason).toContain('WAHA has sent them an invitation');
		expect(result.reason).not.toContain('send them');
	});

	it('does not call done what WEBJS gives no code for', async () => {
		expect(await add({ '447700900122@c.us': { isInviteV4Sent: false } })).toMatchObject([
			{ status: 'unknown', code: null, reason: expect.stringContaining('did not say') },
		]);
	});

	it.each([
		['true', 'true'],
		['a status for all', { status: 200 }],
	])('takes %s as success', async (_, body) => {
		expect(await add(body)).toMatchObject([{ status: 'success', code: 200, reason: null }]);
	});

	it('takes a status for all as what became of each', async () => {
		expect(await add({ status: 403 }, '447700900122, 447700900123')).toMatchObject([
			{ status: 'failed', code: 403 },
			{ status: 'failed', code: 403 },
		]);
	});

	it('does not call done what the answer leaves out', async () => {
		const body = [{ status: '200', jid: '447700900122@s.whatsapp.net' }];
		expect(await add(body, '447700900122, 447700900123')).toMatchObject([
			{ status: 'success' },
			{ status: 'unknown', code: null, reason: expect.stringContaining('did not say') },
		]);
	});

	it.each([
		['NOWEB', { status: '200', jid: '7@lid' }, { status: '200', jid: '8@lid' }],
		[
			'GOWS',
			{ JID: '7@lid', PhoneNumber: '', Error: 0 },
			{ JID: '8@lid', PhoneNumber: '', Error: 0 },
		],
	])('knows that answers of %s by lid are about those named by phone', async (_, one, two) => {
		expect(await add([one])).toMatchObject([{ phone: '447700900122', status: 'success' }]);
		expect(await add([one, two], '447700900122, 447700900123')).toMatchObject([
			{ phone: '447700900122', status: 'success' },
			{ phone: '447700900123', status: 'success' },
		]);
	});

	it('does not guess whom an answer by lid is about when they differ', async () => {
		const body = [
			{ status: '200', jid: '7@lid' },
			{ status: '403', jid: '8@lid' },
			{ status: '200', jid: '447700900124@s.whatsapp.net' },
		];
		expect(await add(body, '447700900122, 447700900123, 447700900124')).toMatchObject([
			{ status: 'unknown', code: null },
			{ status: 'unknown', code: null },
			{ status: 'success' },
		]);
	});

	it('puts the answer for each on its own item with Simplify off', async () => {
		const raw = { status: '200', jid: '447700900122@s.whatsapp.net', content: {} };
		await answer(201, [raw]);
		const results = await run(
			'participant.add',
			on('default', { participants: '447700900122', simplify: false }),
		);
		expect(results).toEqual([{ groupId: team, participant: '447700900122@c.us', ...raw }]);
	});
});

describe('WAHA: groups in odd shapes', () => {
	const get = async (body: unknown) => {
		await answer(200, body);
		return (await run('group.get', on('default')))[0];
	};

	it.each([
		['_serialized', { _serialized: team }],
		['$1', { $1: team }],
		['user and server', { user: '120363400000000001', server: 'g.us' }],
	])('reads an ID object with %s', async (_, id) => {
		expect(await get({ id, name: 'Support Team' })).toMatchObject({
			id: team,
			subject: 'Support Team',
			description: null,
			createdAt: null,
			owner: null,
			participantCount: null,
			participants: null,
			joinApprovalMode: null,
			settings: { infoAdminsOnly: null, messagesAdminsOnly: null },
		});
	});

	it('reads numbers and booleans in quotes', async () => {
		const body = {
			id: team,
			size: '2',
			creation: '1600000000',
			announce: 'true',
			restrict: 'false',
		};
		expect(await get(body)).toMatchObject({
			participantCount: 2,
			createdAt: '2020-09-13T12:26:40.000Z',
			settings: { infoAdminsOnly: false, messagesAdminsOnly: true },
		});
	});

	it('leaves out participants who have left', async () => {
		await answer(200, [
			{ id: '447700900111@c.us', role: 'left' },
			{ id: '447700900112@c.us', role: 'participant' },
		]);
		expect(await run('participant.getAll', on('default', { returnAll: true }))).toMatchObject([
			{ phone: '447700900112' },
		]);
	});

	it.each(['"SandboxTeamInvite00001"', 'https://chat.whatsapp.com/SandboxTeamInvite00001?mode=x'])(
		'reads the invite code in %s',
		async (body) => {
			await answer(200, body);
			expect(await run('inviteLink.get', on('default'))).toMatchObject([
				{ code: 'SandboxTeamInvite00001' },
			]);
		},
	);

	it.each(['', '{}', 'no such group'])('takes “%s” for no invite code', async (body) => {
		await answer(200, body);
		const error = await fail('inviteLink.get', on('default'));
		expect(error.message).toBe('The provider answered in a way that cannot be read');
	});

	it('does not take a message without an ID for one that was sent', async () => {
		await answer(201, { ok: true });
		const error = await fail('message.send', on('default', { text: 'Hi' }));
		expect(error.message).toBe(
			'The provider answered in a way that cannot be read: the outcome is unknown',
		);
		expect(error.description).toMatch(/^The message may have been sent all the same: /);
		expect(error.context).toMatchObject({ itemIndex: 0, status: 'unknown' });
	});
});

describe('WAHA: lists that are none', () => {
	const all = { session: byId('default'), returnAll: true };

	it.each([
		['group.getAll', 'true'],
		['group.getAll', ''],
		['group.getAll', { message: 'Something odd' }],
		['group.getAll', [{ subject: 'without an ID' }]],
		['participant.getAll', 'true'],
		['participant.getAll', ''],
		['participant.getAll', { message: 'Something odd' }],
	])('%s takes %j for an answer that cannot be read', async (key, body) => {
		await answer(200, body);
		const error = await fail(key, key === 'group.getAll' ? all : on('default', all));
		expect(error.message).toBe('The provider answered in a way that cannot be read');
	});
});

describe('WAHA: lists in the editor', () => {
	const list = async (method: 'searchAccounts' | 'searchGroups', filter?: string, token?: string) =>
		await searchList(setup({ session: byId('default') }), method, filter, token);

	it('offers sessions with their status, the stopped ones too', async () => {
		expect(await list('searchAccounts')).toEqual({
			results: [
				{ name: 'default (WORKING)', value: 'default' },
				{ name: 'sales (WORKING)', value: 'sales' },
				{ name: 'scan (SCAN_QR_CODE)', value: 'scan' },
				{ name: 'stopped (STOPPED)', value: 'stopped' },
			],
		});
		expect((await seen())[0]).toMatchObject({ query: { all: 'true' } });
		expect((await list('searchAccounts', 'SCAN')).results).toHaveLength(1);
	});

	it('says so when the server has no session', async () => {
		await answer(200, []);
		await expect(list('searchAccounts')).rejects.toThrow('The WAHA server has no session');
	});

	it('does not take another kind of answer for a server without sessions', async () => {
		await answer(200, { hello: 'world' });
		await expect(list('searchAccounts')).rejects.toThrow('cannot be read');
	});

	it('offers groups by subject, finds them by subject and ID', async () => {
		expect((await list('searchGroups')).results).toEqual([
			{ name: 'Support Team', value: team },
			{ name: 'Neighbourhood Watch', value: '120363400000000002@g.us' },
			{ name: 'Book Club', value: '447700900100-1600000000@g.us' },
		]);
		expect((await list('searchGroups', 'watch')).results).toHaveLength(1);
		expect((await list('searchGroups', '1600000000')).results).toHaveLength(1);
		expect((await list('searchGroups', 'zebra')).results).toEqual([]);
	});

	it('offers many groups page by page, each once', async () => {
		await manyGroups(27);
		const first = await list('searchGroups');
		expect(first.results).toHaveLength(25);
		const second = await list('searchGroups', undefined, first.paginationToken as string);
		expect(second.results).toHaveLength(5);
		expect(second.paginationToken).toBeUndefined();
		const ids = [...first.results, ...second.results].map(({ value }) => value);
		expect(new Set(ids).size).toBe(30);
		expect((await seen()).map(({ query }) => query)).toEqual([
			{ limit: '25', offset: '0', sortBy: 'id' },
			{ limit: '25', offset: '25', sortBy: 'id' },
		]);
	});

	it('finds a group on a later page', async () => {
		await manyGroups(40);
		expect((await list('searchGroups', 'Group 39')).results).toHaveLength(1);
	});

	it('ends with a server that ignores paging', async () => {
		const all = Array.from({ length: 25 }, (_, i) => ({
			id: `1203634${i + 100}@g.us`,
			subject: 'x',
		}));
		await answer(200, all, { times: 'always' });
		const first = await list('searchGroups');
		const second = await list('searchGroups', undefined, first.paginationToken as string);
		expect(second).toEqual({ results: [], paginationToken: undefined });
	});

	it('shows the reason instead of an empty list', async () => {
		await answer(200, {});
		await expect(list('searchGroups')).rejects.toThrow('There are no groups to choose from');
		await server('/timings', { waitMs: 0 });
		await server('/sessions/default/status', { status: 'SCAN_QR_CODE' });
		await expect(list('searchGroups')).rejects.toThrow(
			wahaErrors.rows['session-SCAN_QR_CODE'].message,
		);
	});

	async function manyGroups(count: number) {
		for (let i = 0; i < count; i += 1) {
			await server('/groups', { subject: `Group ${i}`, createdBy: '447700900100' });
		}
	}
});

describe('WAHA: what it cannot do', () => {
	it.each(Object.entries(waha.unsupported))(
		'%s is refused with its reason',
		async (key, reason) => {
			const error = await fail(key, on('default'));
			expect(error.message).toBe(reason);
			expect(await calls()).toEqual([]);
		},
	);
});
