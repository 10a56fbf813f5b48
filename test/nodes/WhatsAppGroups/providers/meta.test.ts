import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { jpeg } from '../../../support/images';
import { searchList } from '../../../support/n8n';
import { byId, credentialNames, stage } from '../../../support/sandbox';

const { run: runOn, runItems, fail: failOn, calls, seen, control, setup, sandbox } = stage('meta');
const number = '106540352242922';
const secondNumber = '106540352242933';
const inquiry = 'Y2FwaV9ncm91cDoxNTU1MDc4Mzg4MToxMjAzNjM0MDQ2OTQyMzM4MjAZD';

const at = (parameters: INodeParameters): INodeParameters => ({
	phoneNumber: byId(number),
	group: byId(inquiry),
	...parameters,
});
const run = async (key: string, parameters: INodeParameters = {}, more = {}) =>
	await runOn(key, at(parameters), more);
const fail = async (key: string, parameters: INodeParameters = {}, more = {}) =>
	await failOn(key, at(parameters), more);
const settings = async (change: IDataObject) => await control('put', '/meta/settings', change);
const answer = async (status: number, body: unknown, more: object = {}) =>
	await control('post', '/faults', { provider: 'meta', kind: 'answer', status, body, ...more });
const statusOf = (error: Error & IDataObject) => (error.context as IDataObject).status;

describe('Meta: where requests go', () => {
	it('to the version of the credential, with the token as a bearer', async () => {
		await run('group.get');
		const [request] = await seen();
		expect(request.path).toBe(`/v26.0/${inquiry}`);
		expect(request.headers.authorization).toBe(
			`Bearer ${sandbox().accounts.meta.credentials.accessToken}`,
		);
	});

	it.each<[string, INodeParameters, string]>([
		['group.create', { subject: 'New' }, `POST /v26.0/${number}/groups`],
		['group.getAll', {}, `GET /v26.0/${number}/groups`],
		['group.get', {}, `GET /v26.0/${inquiry}`],
		['group.update', { updateFields: { subject: 'X' } }, `POST /v26.0/${inquiry}`],
		['group.delete', {}, `DELETE /v26.0/${inquiry}`],
		['inviteLink.get', {}, `GET /v26.0/${inquiry}/invite_link`],
		['inviteLink.reset', {}, `POST /v26.0/${inquiry}/invite_link`],
		['inviteLink.revoke', {}, `DELETE /v26.0/${inquiry}/invite_link`],
		['joinRequest.getAll', {}, `GET /v26.0/${inquiry}/join_requests`],
		['message.send', { text: 'Hi' }, `POST /v26.0/${number}/messages`],
		['participant.getAll', {}, `GET /v26.0/${inquiry}`],
		[
			'participant.remove',
			{ participants: '+16505551234' },
			`DELETE /v26.0/${inquiry}/participants`,
		],
		[
			'template.createInvite',
			{ templateName: 'invite', languageCode: 'en_US' },
			'POST /v26.0/102290129340398/message_templates',
		],
	])('%s', async (key, parameters, call) => {
		expect(await run(key, parameters)).not.toEqual([]);
		expect(await calls()).toEqual([call]);
	});

	it('sets a picture in the part called file', async () => {
		const [done] = await runItems('groupPicture.set', at({ binaryPropertyName: 'data' }), {
			items: [{ files: { data: { data: jpeg(320, 320) } } }],
		});
		expect(done.json).toMatchObject({ status: 'pending', groupId: inquiry });
		expect(await calls()).toEqual([`POST /v26.0/${inquiry}`]);
	});

	it.each(['approve', 'reject'])('decides requests to join: %s', async (decision) => {
		const requests = await run('joinRequest.getAll');
		const joinRequests = requests.map(({ joinRequest }) => joinRequest).join();
		const results = await run(`joinRequest.${decision}`, { joinRequests });
		expect(results.map(({ status }) => status)).toEqual(requests.map(() => 'success'));
		expect((await calls())[1]).toBe(
			`${decision === 'approve' ? 'POST' : 'DELETE'} /v26.0/${inquiry}/join_requests`,
		);
	});

	it('never to the URLs that an answer gives, which hold the token', async () => {
		for (let i = 0; i < 4; i += 1) await control('post', '/meta/groups', { subject: `G${i}` });
		const groups = await run('group.getAll', { returnAll: true, options: { concurrency: 1 } });
		expect(groups.length).toBeGreaterThan(4);
		expect((await seen()).every(({ query }) => !('access_token' in query))).toBe(true);
	});

	it('creates a group and waits for it', async () => {
		const [group] = await run('group.create', { subject: 'Meta', waitForResult: true });
		expect(group).toMatchObject({
			status: 'created',
			id: expect.stringMatching(/ZD$/),
			inviteLink: expect.stringContaining('https://chat.whatsapp.com/'),
		});
	}, 20_000);

	it('gives the groups of the number that was chosen', async () => {
		const own = await run('group.getAll');
		const others = await run('group.getAll', { phoneNumber: byId(secondNumber) });
		expect(others.map(({ subject }) => subject)).toEqual(['Garden Fair', 'Volunteers']);
		const ids = own.map(({ id }) => id);
		expect(others.filter(({ id }) => ids.includes(id))).toEqual([]);
	});

	it('says that a group is of another number', async () => {
		const [{ id }] = await run('group.getAll', { phoneNumber: byId(secondNumber) });
		const error = await fail('message.send', { group: byId(String(id)), text: 'Hi' });
		expect(error.message).toBe('WhatsApp does not know this group');
	});
});

describe('Meta: the phone number', () => {
	const list = async (filter?: string) => await searchList(setup(at({})), 'searchAccounts', filter);

	it('is offered with number, name, and whether it may have groups', async () => {
		await settings({ unofficialNumbers: [secondNumber] });
		expect((await list()).results).toEqual([
			{ name: '+1 555-078-3881 – Lucky Shrub', value: number },
			{
				name: '+1 555-078-3882 – Lucky Shrub Events (no groups: not official)',
				value: secondNumber,
			},
		]);
		expect((await list('events')).results).toHaveLength(1);
	});

	it('is read page by page, by cursor', async () => {
		const page = (id: string, after?: string) => ({
			data: [{ id, display_phone_number: id }],
			...(after && { paging: { cursors: { after }, next: 'https://graph.facebook.com/x' } }),
		});
		await answer(200, page('11111', 'c2'), { times: 1 });
		await answer(200, page('22222'), { times: 1 });
		expect((await list()).results.map(({ value }) => value)).toEqual(['11111', '22222']);
		expect((await seen()).map(({ query }) => query.after)).toEqual([undefined, 'c2']);
	});

	it('is missed where the account has none', async () => {
		await answer(200, { data: [] });
		await expect(list()).rejects.toThrow('The WhatsApp Business Account has no phone number');
	});

	it.each([
		['+1 555-078-3881', /is not the ID of a number/],
		['Lucky Shrub', /is not the ID of a number/],
		['', /'Phone Number' is empty/],
		['={{ null }}', /The expression in 'Phone Number' gives nothing/],
	])('is refused before anything is sent: %p', async (value, message) => {
		const error = await fail('group.getAll', { phoneNumber: byId(value) });
		expect(error.message).toMatch(message);
		expect(await seen()).toEqual([]);
	});

	it('may come from each item', async () => {
		await run(
			'group.getAll',
			{ phoneNumber: byId('={{ $json.id }}') },
			{ items: [{ json: { id: Number(number) } }, { json: { id: secondNumber } }] },
		);
		expect((await calls()).sort()).toEqual([
			`GET /v26.0/${number}/groups`,
			`GET /v26.0/${secondNumber}/groups`,
		]);
	});
});

describe('Meta: the credential', () => {
	const withCredential = async (change: IDataObject) => {
		const { credentials } = setup({});
		const own = credentials[credentialNames.meta];
		return await fail(
			'template.createInvite',
			{ templateName: 'invite', languageCode: 'en_US' },
			{ credentials: { [credentialNames.meta]: { ...own, ...change } } },
		);
	};

	it.each<[IDataObject, string]>([
		[{ graphVersion: 'newest' }, "'Graph API Version' in the credential is not a version"],
		[{ graphVersion: '' }, "'Graph API Version' in the credential is empty"],
		[{ businessAccountId: ' ' }, "'WhatsApp Business Account ID' in the credential is empty"],
		[{ accessToken: 'EAAwrong' }, 'Meta does not accept the access token'],
		[{ accessToken: '' }, 'Meta does not accept the access token'],
		[
			{ businessAccountId: '999999999999999' },
			'Meta does not know this ID, or the access token may not see it',
		],
	])('is named where it is wrong: %p', async (change, message) => {
		const error = await withCredential(change);
		expect(error.message).toBe(message);
		expect(JSON.stringify(error)).not.toContain('EAAwrong');
	});

	it('keeps the token out of errors', async () => {
		const { accessToken } = sandbox().accounts.meta.credentials;
		await answer(400, { error: { code: 100, message: `Bad token ${accessToken}` } });
		const error = await fail('group.get');
		expect(JSON.stringify([error.message, error.description, error])).not.toContain(accessToken);
	});
});

describe('Meta: refusals', () => {
	it.each<[IDataObject, string]>([
		[{ permissions: ['whatsapp_business_management'] }, 'The access token lacks a permission'],
		[{ tokenExpired: true }, 'Meta does not accept the access token'],
		[{ unofficialNumbers: [number] }, 'The number may not use groups'],
	])('%p', async (change, message) => {
		await settings(change);
		const error = await fail('group.getAll');
		expect(error.message).toBe(message);
		expect(error.description).toMatch(/The provider says: /);
	});

	it.each(['131041', 'unsupported'])('names an unknown group, also as %s', async (unknownGroup) => {
		await settings({ unknownGroup });
		const error = await fail('group.get', { group: byId(`${inquiry.slice(0, -4)}XXZD`) });
		expect(error.message).toMatch(/^(WhatsApp|Meta) does not know this (group|ID)/);
		expect(error.description).toContain('Choose');
	});

	it.each([4, 80007, 130429, 131208])(
		'waits out the limit %d, also for a write',
		async (code) => {
			await answer(code === 4 ? 403 : 429, { error: { code, message: 'Too many' } }, { times: 2 });
			expect(await run('message.send', { text: 'Hi' })).toMatchObject([{ id: expect.any(String) }]);
			expect(await calls()).toHaveLength(3);
		},
		20_000,
	);

	it('does not claim that a link is revoked where Meta does not know how', async () => {
		await settings({ revokeLink: false });
		const error = await fail('inviteLink.revoke');
		expect(statusOf(error)).toBe('failed');
		await answer(200, { success: false });
		expect(statusOf(await fail('inviteLink.revoke'))).toBe('failed');
	});

	it.each([
		['participant.add', 'cannot add participants'],
		['participant.promote', 'has no admins'],
		['group.leave', 'cannot leave a group'],
		['groupSetting.get', 'has no such settings'],
	])('says why there is no %s', async (key, words) => {
		expect((await fail(key)).message).toContain(`Meta Cloud API ${words}`);
		expect(await seen()).toEqual([]);
	});

	it('refuses the ID of a group at WAHA before any request', async () => {
		const error = await fail('group.get', { group: byId('120363400000000001@g.us') });
		expect(error.message).toBe("'Group' is not the ID of a group at Meta Cloud API");
		expect(await seen()).toEqual([]);
	});
});
