import type { IDataObject, INodeParameters } from 'n8n-workflow';
import approvePartial from '../../../fixtures/dialog360/2.2-approve-partial.json';
import quotedGroup from '../../../fixtures/dialog360/2.2-get-quoted.json';
import listPage from '../../../fixtures/dialog360/2.2-list.json';
import { sampleGroups } from '../../../../sandbox/dialog360/samples';
import { dialog360 } from '../../../../nodes/WhatsAppGroups/providers/dialog360';
import { jpeg } from '../../../support/images';
import { searchList } from '../../../support/n8n';
import { byId, stage } from '../../../support/sandbox';

const { run, fail, calls, seen, control, setup, sandbox } = stage('dialog360');
const [inquiry, watches, testers] = sampleGroups.map(({ id }) => id);

const settings = async (changes: object) => await control('put', '/dialog360/settings', changes);
const answer = async (status: number, body: unknown, more: object = {}) =>
	await control('post', '/faults', {
		provider: 'dialog360',
		kind: 'answer',
		status,
		body,
		...more,
	});
/** A group that is there already, with people in it. */
async function arranged(group: object): Promise<string> {
	const made = (await control('post', '/dialog360/groups', group)) as { group: { id: string } };
	return made.group.id;
}
async function groupInSandbox(id: string): Promise<IDataObject | undefined> {
	const state = (await control('get', '/state')) as { dialog360: { groups: IDataObject[] } };
	return state.dialog360.groups.find((group) => group.id === id);
}
/** What a GET of the list of groups is answered next. */
const listed = async (body: unknown) =>
	await answer(200, body, { method: 'GET', path: '^/groups$' });
/** A change whose answer cannot be read may have been made: that is what is said first. */
const expectUnknown = (error: Awaited<ReturnType<typeof fail>>, sentence: string) => {
	expect(error.message).toBe(
		'The provider answered in a way that cannot be read: the outcome is unknown',
	);
	expect(String(error.description).startsWith(sentence)).toBe(true);
	expect(error.context).toMatchObject({ itemIndex: 0, status: 'unknown' });
};
const phones = (count: number) =>
	Array.from({ length: count }, (_, i) => `+4477009000${String(i).padStart(2, '0')}`);

describe('360dialog: the API key', () => {
	it('is sent with each request', async () => {
		await run('group.get', { group: byId(inquiry) });
		expect((await seen())[0].headers['d360-api-key']).toBe(
			sandbox().accounts.dialog360.credentials.apiKey,
		);
	});

	it('is named when it is wrong, and not shown', async () => {
		const { credentials } = setup({});
		const { whatsAppGroups360DialogApi } = credentials;
		const error = await fail(
			'group.get',
			{ group: byId(inquiry) },
			{
				credentials: {
					whatsAppGroups360DialogApi: { ...whatsAppGroups360DialogApi, apiKey: 'very-wrong' },
				},
			},
		);
		expect(error.message).toBe('360dialog does not accept the API key');
		expect(error.description).toContain('Invalid api_key.');
		expect(JSON.stringify(error)).not.toContain('very-wrong');
	});
});

describe('360dialog: creating a group', () => {
	// Requests that stay open are remembered by their subject.
	let subject = '';
	let count = 0;
	beforeEach(() => {
		subject = `Customers ${(count += 1)}`;
	});

	it('gives the ID of the request at once, and sends subject and description as they are written', async () => {
		const [request] = await run('group.create', {
			subject: ' Customers ',
			additionalFields: { description: ' News\n', joinApprovalMode: 'approvalRequired' },
		});
		expect(request).toEqual({
			status: 'pending',
			id: null,
			requestId: expect.any(String),
			subject: ' Customers ',
			createdAt: null,
			inviteLink: null,
			participants: null,
		});
		expect(await seen()).toMatchObject([
			{
				method: 'POST',
				path: '/groups',
				body: {
					messaging_product: 'whatsapp',
					subject: ' Customers ',
					description: ' News\n',
					join_approval_mode: 'approval_required',
				},
			},
		]);
	});

	it('sends nothing that was not asked for', async () => {
		await run('group.create', { subject });
		expect((await seen())[0].body).toEqual({ messaging_product: 'whatsapp', subject });
	});

	it('waits until the group is there, and gives it with its invite link', async () => {
		const [group] = await run('group.create', { subject, waitForResult: true });
		expect(group).toMatchObject({
			status: 'created',
			id: expect.stringMatching(/ZD$/),
			requestId: expect.any(String),
			subject,
			createdAt: expect.stringMatching(/Z$/),
		});
		expect(group.inviteLink).toBe((await groupInSandbox(group.id as string))!.inviteLink);
		const asked = await calls();
		expect(asked.slice(0, 2)).toEqual(['GET /groups', 'POST /groups']);
		expect(asked.at(-1)).toBe(`GET /groups/${String(group.id)}/invite_link`);
	});

	it('gives what the provider wrote with Simplify off', async () => {
		const [raw] = await run('group.create', {
			subject,
			waitForResult: true,
			simplify: false,
		});
		expect(raw).toMatchObject({
			request_id: expect.any(String),
			subject,
			created_at: expect.stringMatching(/^\d+$/),
			invite_link: expect.stringContaining('https://chat.whatsapp.com/'),
		});
	});

	it('does not take a group for the new one that had its subject before', async () => {
		const [group] = await run('group.create', { subject: 'Beta testers', waitForResult: true });
		expect(group.status).toBe('created');
		expect(group.id).not.toBe(testers);
	});

	it('finds the new group beyond the first page', async () => {
		const next = { paging: { cursors: { after: 'second' }, next: 'https://graph.facebook.com/x' } };
		const page = (id: string, subject: string) => ({ data: { groups: [{ id, subject }] } });
		await listed({ data: { groups: [] } });
		// It is looked at twice, since another one with the subject may come a moment later.
		for (let look = 0; look < 2; look += 1) {
			await listed({ ...page('first', 'Other'), ...next });
			await listed(page('new', subject));
		}
		await answer(200, { invite_link: 'https://chat.whatsapp.com/X' }, { path: 'invite_link$' });
		const [group] = await run('group.create', { subject, waitForResult: true });
		expect(group).toMatchObject({ id: 'new', inviteLink: 'https://chat.whatsapp.com/X' });
		expect((await seen())[3].query).toEqual({ limit: '1024', after: 'second' });
		expect(await calls()).toEqual([
			'GET /groups',
			'POST /groups',
			'GET /groups',
			'GET /groups',
			'GET /groups',
			'GET /groups',
			'GET /groups/new/invite_link',
		]);
	});

	describe('of which several new ones have the subject', () => {
		let [one, other, create]: object[] = [];
		const details = async (id: string, more: object = {}) =>
			await answer(200, { id, subject, ...more }, { path: `^/groups/${id}$`, times: 2 });
		const expectNoChoice = async () => {
			const error = await fail('group.create', create as INodeParameters);
			expect(error.message).toBe('More than one new group could be the one that was asked for');
			expect(error.description).toMatch(
				/^The provider has taken the request \(ID \w+\): running this again would create another group\. 2 new groups have this subject/,
			);
			expect(error.description).toContain('Group Created');
			expect(error.context).toMatchObject({ itemIndex: 0, status: 'pending' });
			expect((await calls()).filter((call) => call === 'POST /groups')).toHaveLength(1);
		};
		beforeEach(async () => {
			one = { id: 'one', subject, created_at: '1755548877' };
			other = { id: 'other', subject: ` ${subject}`, created_at: '1755548900' };
			create = { subject, waitForResult: true };
			await listed({ data: { groups: [] } });
		});

		it('chooses none', async () => {
			await listed({ data: { groups: [one, other] } });
			await details('one');
			await details('other');
			await expectNoChoice();
		});

		it('chooses none either when the second one comes a moment later', async () => {
			await listed({ data: { groups: [one] } });
			await listed({ data: { groups: [other, one] } });
			await details('one');
			await details('other');
			await expectNoChoice();
		});

		it('takes the only one that is otherwise as it was wanted', async () => {
			for (let look = 0; look < 2; look += 1) await listed({ data: { groups: [one, other] } });
			await details('one', { description: 'Of somebody else' });
			await details('other', { description: 'News' });
			await answer(200, { invite_link: 'https://chat.whatsapp.com/X' }, { path: 'invite_link$' });
			const [group] = await run('group.create', {
				...create,
				additionalFields: { description: 'News' },
			});
			expect(group).toMatchObject({ status: 'created', id: 'other' });
		});
	});

	it('gives each of several items with one subject a group of its own', async () => {
		const items = Array.from({ length: 6 }, () => ({}));
		const groups = await run('group.create', { subject: 'Twins', waitForResult: true }, { items });
		expect(new Set(groups.map(({ id }) => id)).size).toBe(6);
		expect(new Set(groups.map(({ inviteLink }) => inviteLink)).size).toBe(6);
		const asked = (await calls()).filter((call) => call.endsWith(' /groups'));
		const turns = asked.join(', ').split('POST /groups');
		expect(turns).toHaveLength(7);
		expect(turns[0]).toBe('GET /groups, ');
		// Each waits for the one before: two looks at its group, then what is there by now.
		for (const turn of turns.slice(1, -1)) {
			expect(turn.split('GET /groups').length - 1).toBeGreaterThanOrEqual(3);
		}
	}, 60_000);

	it('asks less and less often', async () => {
		await settings({ creationDelayMs: 3500 });
		await run('group.create', { subject, waitForResult: true });
		const polls = (await seen())
			.filter(({ method, path }) => method === 'GET' && path === '/groups')
			.map(({ startedAt }) => startedAt)
			// Without what was there before, and the second look at the group that was found.
			.slice(1, -1);
		const pauses = polls.slice(1).map((at, i) => at - polls[i]);
		expect(pauses.length).toBeGreaterThan(2);
		expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
	});

	it('says what was seen last when its time is up, and that running again creates another', async () => {
		await settings({ creationDelayMs: 60_000 });
		await arranged({ subject });
		const error = await fail('group.create', {
			subject,
			waitForResult: true,
			maximumWait: 1,
		});
		expect(error.message).toBe("The group did not appear within 'Maximum Wait (Seconds)'");
		expect(error.description).toMatch(
			/^The provider has taken the request \(ID \w+\): running this again would create another group\./,
		);
		expect(error.description).toContain('After 1 seconds the list held 4 groups, 0 of them new');
		expect(error.context).toMatchObject({ itemIndex: 0, status: 'pending' });
		expect((await calls()).filter((call) => call === 'POST /groups')).toHaveLength(1);
	});

	it('says so too when the list cannot be read while it waits', async () => {
		await answer(403, { error: 'Unauthorized' }, { method: 'GET', after: 1 });
		const error = await fail('group.create', { subject, waitForResult: true });
		expect(error.message).toBe('360dialog has blocked this endpoint for the number');
		expect(error.description).toMatch(
			/^The provider has taken the request \(ID \w+\): running this again would create another group\./,
		);
		expect(error.context).toMatchObject({ itemIndex: 0, status: 'pending' });
	});

	it('creates nothing when the groups that are there cannot be read, and reads them again for the next item', async () => {
		await answer(403, { error: 'Unauthorized' }, { method: 'GET', times: 1 });
		const items = [{}, {}];
		const [first, second] = await run(
			'group.create',
			{ subject, waitForResult: true, options: { concurrency: 1 } },
			{ items, onError: 'continueRegularOutput' },
		);
		expect(first).toMatchObject({
			status: 'failed',
			error: '360dialog has blocked this endpoint for the number',
		});
		expect(second.status).toBe('created');
		expect((await calls()).filter((call) => call === 'POST /groups')).toHaveLength(1);
	});

	it('gives the ID when only the invite link cannot be read', async () => {
		await answer(400, { meta: { developer_message: 'No' } }, { path: 'invite_link$' });
		const [group] = await run('group.create', { subject, waitForResult: true });
		expect(group).toMatchObject({
			status: 'created',
			id: expect.stringMatching(/ZD$/),
			inviteLink: null,
			note: expect.stringContaining('360dialog refused the request'),
		});
	});

	it('does not ask again after the execution was stopped', async () => {
		await settings({ creationDelayMs: 60_000 });
		const stop = new AbortController();
		const work = fail('group.create', { subject, waitForResult: true }, { signal: stop.signal });
		await new Promise((resolve) => setTimeout(resolve, 900));
		stop.abort();
		const before = Date.now();
		await work;
		expect(Date.now() - before).toBeLessThan(500);
		const asked = (await calls()).length;
		await new Promise((resolve) => setTimeout(resolve, 1000));
		expect(await calls()).toHaveLength(asked);
	});

	it.each(['id', 'group_id'])(
		'takes the group from `%s`, as some documents have it',
		async (key) => {
			await answer(200, { [key]: 'gid-new' });
			expect(await run('group.create', { subject })).toMatchObject([
				{ status: 'created', id: 'gid-new', requestId: null },
			]);
		},
	);

	it('waits for the group that the answer names, whatever its subject', async () => {
		await answer(200, { id: testers }, { method: 'POST' });
		const [group] = await run('group.create', { subject, waitForResult: true });
		expect(group).toMatchObject({ id: testers, createdAt: '2025-09-16T05:20:00.000Z' });
	});

	it('waits as well when the answer is empty', async () => {
		await control('post', '/faults', {
			provider: 'dialog360',
			kind: 'empty',
			method: 'POST',
			acts: true,
		});
		const [group] = await run('group.create', { subject, waitForResult: true });
		expect(group).toMatchObject({ status: 'created', requestId: null, id: expect.any(String) });
	});

	it('does not pass off an answer without any ID as a request', async () => {
		await answer(200, { messaging_product: 'whatsapp' });
		expectUnknown(
			await fail('group.create', { subject }),
			'The group may have been created all the same: look with Group: Get Many',
		);
	});

	it.each([
		['subject', { subject: 'x'.repeat(129) }, "'Subject' is too long"],
		[
			'description',
			{ subject: 'x', additionalFields: { description: 'x'.repeat(2049) } },
			"'Description' is too long",
		],
	])('refuses a %s that is too long before any request', async (_, parameters, message) => {
		expect((await fail('group.create', parameters)).message).toBe(message);
		expect(await calls()).toEqual([]);
	});

	it('takes a subject of 128 characters and a description of 2048', async () => {
		const parameters = {
			subject: '😀'.repeat(128),
			additionalFields: { description: '😀'.repeat(2048) },
		};
		expect(await run('group.create', parameters)).toMatchObject([{ status: 'pending' }]);
	});
});

describe('360dialog: groups', () => {
	it('gets a group with all its fields', async () => {
		const [group] = await run('group.get', { group: byId(` ${inquiry}\n`) });
		expect(group).toEqual({
			id: inquiry,
			subject: 'New Purchase Inquiry',
			description: 'Questions before you buy',
			createdAt: '2025-08-18T20:27:57.000Z',
			owner: null,
			participantCount: 2,
			participants: [
				{ id: '16505551234', phone: '16505551234', role: null },
				{ id: '447700900123', phone: '447700900123', role: null },
			],
			joinApprovalMode: 'approvalRequired',
			suspended: false,
			settings: null,
		});
		const [request] = await seen();
		expect(request.query.fields.split(',').sort()).toEqual([
			'creation_timestamp',
			'description',
			'join_approval_mode',
			'participants',
			'subject',
			'suspended',
			'total_participant_count',
		]);
		expect(request.body ?? '').toBe('');
	});

	it('reads numbers and booleans in quotes', async () => {
		await answer(200, quotedGroup);
		expect(await run('group.get', { group: byId(inquiry) })).toMatchObject([
			{
				createdAt: '1991-09-01T13:20:00.000Z',
				suspended: false,
				participantCount: 2,
				joinApprovalMode: 'autoApprove',
			},
		]);
	});

	it.each([
		[true, 'approvalRequired'],
		['false', 'autoApprove'],
		['something', null],
	])('reads a join approval mode of %j', async (mode, expected) => {
		await answer(200, { ...quotedGroup, join_approval_mode: mode });
		const [group] = await run('group.get', { group: byId(inquiry) });
		expect(group.joinApprovalMode).toBe(expected);
	});

	it('gives what the provider wrote with Simplify off', async () => {
		const [raw] = await run('group.get', { group: byId(inquiry), simplify: false });
		expect(raw).toMatchObject({ messaging_product: 'whatsapp', creation_timestamp: 1755548877 });
	});

	it('lists groups with subject and time', async () => {
		const groups = await run('group.getAll', { returnAll: true });
		expect(groups.map(({ id }) => id)).toEqual([inquiry, watches, testers]);
		expect(groups[0]).toMatchObject({
			subject: 'New Purchase Inquiry',
			createdAt: '2025-08-18T20:27:57.000Z',
			participants: null,
		});
	});

	it('pages by cursor, never by the URLs of the answer', async () => {
		for (let i = 0; i < 108; i += 1) await arranged({ subject: `Group ${i}` });
		await control('delete', '/requests');
		const groups = await run('group.getAll', { returnAll: true });
		expect(groups).toHaveLength(111);
		expect(new Set(groups.map(({ id }) => id)).size).toBe(111);
		const requests = await seen();
		expect(requests.map(({ path }) => path)).toEqual(['/groups', '/groups']);
		expect(requests[0].query).toEqual({ limit: '100' });
		expect(requests[1].query).toEqual({ limit: '100', after: expect.any(String) });
	});

	it('goes on as long as the answer says that there is more', async () => {
		await answer(200, listPage);
		await answer(200, { ...listPage, paging: { cursors: listPage.paging.cursors } });
		expect(await run('group.getAll', { returnAll: true })).toHaveLength(2);
		expect((await seen())[1].query.after).toBe('MTAxNTExOTQ1MjAwNzI5NDE=');
	});

	it('stops when the list runs in circles', async () => {
		await answer(200, listPage, { times: 'always' });
		const error = await fail('group.getAll', { returnAll: true });
		expect(error.message).toBe('The list of the provider does not end');
		expect(error.description).toContain('It keeps giving the same page after 2 entries.');
		expect(error.description).toContain("turn off 'Return All'");
		expect(await calls()).toHaveLength(2);
	});

	it('asks for no more than Limit', async () => {
		expect(await run('group.getAll', { returnAll: false, limit: 2 })).toHaveLength(2);
		expect((await seen()).map(({ query }) => query)).toEqual([{ limit: '2' }]);
	});

	it('does not take an answer without a list for an empty one', async () => {
		await answer(200, { data: [] });
		const error = await fail('group.getAll', { returnAll: true });
		expect(error.message).toBe('The provider answered in a way that cannot be read');
	});

	it('updates subject and description in one call', async () => {
		const updateFields = { subject: 'Clock Enthusiasts', description: 'Join our community' };
		expect(await run('group.update', { group: byId(watches), updateFields })).toEqual([
			{ status: 'pending', groupId: watches },
		]);
		expect(await seen()).toMatchObject([
			{
				method: 'POST',
				path: `/groups/${watches}`,
				body: { messaging_product: 'whatsapp', ...updateFields },
			},
		]);
		expect(await groupInSandbox(watches)).toMatchObject(updateFields);
	});

	it('sends only what is to be changed', async () => {
		await run('group.update', { group: byId(watches), updateFields: { description: '' } });
		expect((await seen())[0].body).toEqual({ messaging_product: 'whatsapp', description: '' });
		expect(await groupInSandbox(watches)).toMatchObject({ subject: 'Watch Enthusiasts' });
	});

	it.each([
		['success', {}],
		['requestId', { requestId: expect.any(String) as string }],
		['empty', {}],
	])(
		'takes an answer of the kind %s for a change that was accepted, not for one that is made',
		async (changeAnswer, known) => {
			await settings({ changeAnswer });
			const update = { group: byId(watches), updateFields: { subject: 'Clocks' } };
			expect(await run('group.update', update)).toEqual([
				{ status: 'pending', groupId: watches, ...known },
			]);
			const removal = { group: byId(watches), participants: '+17865347866' };
			expect(await run('participant.remove', removal)).toMatchObject([{ status: 'pending' }]);
		},
	);

	it('deletes a group, without a body', async () => {
		expect(await run('group.delete', { group: byId(testers) })).toEqual([
			{ status: 'pending', groupId: testers },
		]);
		const [request] = await seen();
		expect(request).toMatchObject({ method: 'DELETE', path: `/groups/${testers}` });
		expect(request.body ?? '').toBe('');
		expect(await groupInSandbox(testers)).toBeUndefined();
	});

	it.each([
		['an ID of WAHA', '120363400000000001@g.us'],
		['a number of WAHA', '120363400000000001'],
		['an ID of Sinch', '5519900000000-1513616971'],
		['an ID that is too short', 'Y2FwaV9ncm91cDo'],
		['characters that no ID has', 'Y2FwaV9ncm91cDox?NTU1MDc4Mzg4'],
	])('refuses %s before any request', async (_, id) => {
		const error = await fail('group.get', { group: byId(id) });
		expect(error.message).toBe("'Group' is not the ID of a group at 360dialog");
		expect(error.description).toContain('Choose the group from the list');
		expect(await calls()).toEqual([]);
	});

	it('refuses an invite link, and no group at all', async () => {
		const link = await fail('group.get', { group: byId('https://chat.whatsapp.com/AbC') });
		expect(link.message).toContain('invite link');
		const none = await fail('group.get', { group: byId(' ') });
		expect(none.message).toBe("'Group' is empty");
	});

	it('keeps an ID with odd characters in its place in the address', async () => {
		await fail('group.get', { group: byId('Y2FwaV9ncm91/DoxNzA+MTM5==') });
		expect(await calls()).toEqual(['GET /groups/Y2FwaV9ncm91%2FDoxNzA%2BMTM5%3D%3D']);
	});

	it('offers the groups in the list of the Group field, and finds by subject', async () => {
		const all = await searchList(setup({}), 'searchGroups');
		expect(all.results).toContainEqual({ name: 'Beta testers', value: testers });
		const found = await searchList(setup({}), 'searchGroups', 'watch');
		expect(found.results.map(({ value }) => value)).toEqual([watches]);
	});

	it('says what to do when there is no group to choose', async () => {
		for (const id of [inquiry, watches, testers]) await run('group.delete', { group: byId(id) });
		await expect(searchList(setup({}), 'searchGroups')).rejects.toMatchObject({
			message: 'There are no groups to choose from',
			description: dialog360.emptyListHint,
		});
	});
});

describe('360dialog: pictures', () => {
	const setting = { group: byId(watches), binaryPropertyName: 'data' };
	const file = (data: Buffer) => ({
		items: [{ files: { data: { data, fileName: 'me.jpg', mimeType: 'image/jpeg' } } }],
	});

	it('sets a picture as multipart, in the part called file', async () => {
		const picture = jpeg(200, 200);
		expect(await run('groupPicture.set', setting, file(picture))).toEqual([
			{ status: 'pending', groupId: watches },
		]);
		const [request] = await seen();
		expect(request).toMatchObject({ method: 'POST', path: `/groups/${watches}` });
		expect(request.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
		expect((await groupInSandbox(watches))!.picture).toMatchObject({
			mimeType: 'image/jpeg',
			bytes: picture.length,
		});
	});

	it.each([
		['is not square', jpeg(300, 200), 'The picture is not square', '300×200'],
		['is too small', jpeg(100, 100), 'The picture is too small', 'at least 192 × 192'],
	])('says that a picture %s', async (_, picture, message, words) => {
		const error = await fail('groupPicture.set', setting, file(picture));
		expect(error.message).toBe(message);
		expect(error.description).toContain(words);
	});

	it.each([
		['a PNG', Buffer.from('89504e470d0a1a0a', 'hex'), 'takes JPEG; this file is image/png'],
		['text', Buffer.from('hello'), 'no image that it knows'],
		[
			'a JPEG over 5 MB',
			Buffer.concat([Buffer.from('ffd8ff', 'hex'), Buffer.alloc(6_000_000)]),
			'takes at most 5 MB, which is 5,242,880 bytes; this one has 6,000,003 bytes.',
		],
		[
			'a JPEG of one byte over 5 MB',
			Buffer.concat([Buffer.from('ffd8ff', 'hex'), Buffer.alloc(5 * 1024 * 1024 - 2)]),
			'takes at most 5 MB, which is 5,242,880 bytes; this one has 5,242,881 bytes.',
		],
	])('refuses %s before any request', async (_, data, words) => {
		const error = await fail('groupPicture.set', setting, file(data));
		expect(error.description).toContain(words);
		expect(await calls()).toEqual([]);
	});
});

describe('360dialog: invite links', () => {
	it('gets the link and its code', async () => {
		const [link] = await run('inviteLink.get', { group: byId(watches) });
		expect(link).toMatchObject({
			groupId: watches,
			link: (await groupInSandbox(watches))!.inviteLink,
		});
		expect(link.link).toBe(`https://chat.whatsapp.com/${String(link.code)}`);
	});

	it('resets the link and gives the new one', async () => {
		const [before] = await run('inviteLink.get', { group: byId(watches) });
		const [after] = await run('inviteLink.reset', { group: byId(watches) });
		expect(after.code).not.toBe(before.code);
		expect((await seen())[1]).toMatchObject({
			method: 'POST',
			path: `/groups/${watches}/invite_link`,
			body: { messaging_product: 'whatsapp' },
		});
	});

	it('does not give an empty link', async () => {
		await answer(200, { messaging_product: 'whatsapp' });
		const error = await fail('inviteLink.get', { group: byId(watches) });
		expect(error.message).toBe('The provider answered in a way that cannot be read');
	});
});

describe('360dialog: join requests', () => {
	const list = async () =>
		(await run('joinRequest.getAll', { group: byId(inquiry), returnAll: true })).map(
			({ joinRequest }) => joinRequest as string,
		);

	it('lists the open requests', async () => {
		const requests = await run('joinRequest.getAll', { group: byId(inquiry), returnAll: true });
		expect(requests).toEqual(
			['16505555678', '4915112345678'].map((phone) => ({
				groupId: inquiry,
				joinRequest: expect.any(String),
				id: phone,
				phone,
				requestedAt: expect.stringMatching(/Z$/),
			})),
		);
		expect(await calls()).toEqual([`GET /groups/${inquiry}/join_requests`]);
	});

	it('pages by cursor', async () => {
		const requests = await run('joinRequest.getAll', {
			group: byId(inquiry),
			returnAll: false,
			limit: 1,
		});
		expect(requests).toHaveLength(1);

		const next = { cursors: { after: 'more' }, next: 'https://graph.facebook.com/x' };
		await answer(200, { data: [{ join_request_id: 'a' }], paging: next });
		await answer(200, { data: [{ join_request_id: 'b' }], paging: { cursors: { after: 'end' } } });
		expect(await list()).toEqual(['a', 'b']);
		expect((await seen()).at(-1)!.query.after).toBe('more');
	});

	it('gives somebody without a visible number by user ID', async () => {
		await control('post', `/dialog360/groups/${inquiry}/request`, {
			phone: '12025550123',
			username: '@sheena',
		});
		const requests = await run('joinRequest.getAll', { group: byId(inquiry), returnAll: true });
		expect(requests.at(-1)).toMatchObject({ id: expect.stringMatching(/^US\.\d+$/), phone: null });
	});

	it('does not take an answer without a list for an empty one', async () => {
		await answer(200, { data: { groups: [] } });
		const error = await fail('joinRequest.getAll', { group: byId(inquiry), returnAll: true });
		expect(error.message).toBe('The provider answered in a way that cannot be read');
	});

	it.each([
		['joinRequest.approve', 'POST', 4],
		['joinRequest.reject', 'DELETE', 2],
	])('%s decides several in one call', async (key, method, members) => {
		const joinRequests = await list();
		await control('delete', '/requests');
		const results = await run(key, { group: byId(inquiry), joinRequests: joinRequests.join(', ') });
		expect(results).toEqual(
			joinRequests.map((joinRequest) => ({
				groupId: inquiry,
				joinRequest,
				status: 'success',
				code: null,
				reason: null,
			})),
		);
		expect(await seen()).toMatchObject([
			{
				method,
				path: `/groups/${inquiry}/join_requests`,
				body: { messaging_product: 'whatsapp', join_requests: joinRequests },
			},
		]);
		expect((await groupInSandbox(inquiry))!.participants).toHaveLength(members);
		expect(await list()).toEqual([]);
	});

	it('takes the items of Get Many, each request once', async () => {
		const open = await run('joinRequest.getAll', { group: byId(inquiry), returnAll: true });
		const items = [{ json: { open: [...open, ...open] } }];
		const parameters = { group: byId(inquiry), joinRequests: '={{ $json.open }}' };
		expect(await run('joinRequest.approve', parameters, { items })).toHaveLength(2);
	});

	it('shows a partial success (206) request by request', async () => {
		const [good] = await list();
		const results = await run('joinRequest.approve', {
			group: byId(inquiry),
			joinRequests: `${good}, gone`,
		});
		expect(results).toMatchObject([
			{ joinRequest: good, status: 'success' },
			{
				joinRequest: 'gone',
				status: 'failed',
				code: 131213,
				reason: expect.stringContaining('The join request does not exist any more'),
			},
		]);
		expect((await seen()).at(-1)!.status).toBe(206);
	});

	it('explains why somebody could not be let in', async () => {
		await answer(200, approvePartial);
		const [good, bad, silent] = await run('joinRequest.approve', {
			group: byId(inquiry),
			joinRequests: 'MTY0NjcwNDM1OTU6MTIwMzYzNDA0Njk0MjMzODIw, XYZ, forgotten',
		});
		expect(good.status).toBe('success');
		expect(bad).toMatchObject({
			status: 'failed',
			code: 131203,
			reason: expect.stringContaining("has not accepted WhatsApp's terms"),
		});
		// In none of the lists: nothing says that it was decided, nor why not.
		expect(silent).toMatchObject({
			status: 'unknown',
			code: null,
			reason: expect.stringContaining('did not say'),
		});
	});

	it('uses the reason of the whole answer for an entry without one of its own', async () => {
		await answer(206, {
			rejected_join_requests: [],
			failed_join_requests: [{ join_request_id: 'XYZ', errors: [] }],
			errors: [{ code: '999999', message: 'Words of their own' }],
		});
		expect(
			await run('joinRequest.reject', { group: byId(inquiry), joinRequests: 'XYZ' }),
		).toMatchObject([{ status: 'failed', code: 999999, reason: 'Words of their own' }]);
	});

	it('gives each result as the provider wrote it with Simplify off', async () => {
		await answer(200, approvePartial);
		const [bad] = await run('joinRequest.approve', {
			group: byId(inquiry),
			joinRequests: 'XYZ',
			simplify: false,
		});
		expect(bad).toEqual({
			groupId: inquiry,
			joinRequest: 'XYZ',
			...approvePartial.failed_join_requests[0],
		});
	});

	it('fails as a whole with Fail on Partial Failure, naming who failed', async () => {
		const [good] = await list();
		const error = await fail('joinRequest.approve', {
			group: byId(inquiry),
			joinRequests: [good, 'gone'],
			options: { failOnPartialFailure: true },
		});
		expect(error.message).toBe('Of 2 entries 1 failed, 1 done');
		expect(error.description).toMatch(
			/^gone: The join request does not exist any more\. .*[^.]\. Turn off 'Fail on Partial Failure' under Options/,
		);
		expect(error.context).toMatchObject({ itemIndex: 0, status: 'failed' });
	});

	it('is an error when every request is refused', async () => {
		const error = await fail('joinRequest.approve', {
			group: byId(inquiry),
			joinRequests: 'gone',
		});
		expect(error.message).toBe('The join request does not exist any more');
	});

	it.each([
		['nothing about the requests', { messaging_product: 'whatsapp' }, 'cannot be read'],
		['an empty object', {}, 'cannot be read'],
		[
			'only that a part was done',
			{ error: { code: 131201 } },
			'Only a part of the change was made',
		],
	])('is an error when the answer says %s', async (_, body, words) => {
		await answer(206, body);
		const error = await fail('joinRequest.approve', { group: byId(inquiry), joinRequests: 'a' });
		expect(error.message).toContain(words);
	});

	it('asks for at least one request', async () => {
		const error = await fail('joinRequest.reject', { group: byId(inquiry), joinRequests: ' , ' });
		expect(error.message).toBe("'Join Request IDs' is empty");
		expect(await calls()).toEqual([]);
	});
});

describe('360dialog: participants', () => {
	it('lists participants, also those whose number is hidden', async () => {
		const people = await run('participant.getAll', { group: byId(watches), returnAll: true });
		expect(people).toEqual([
			{ groupId: watches, id: '17865347866', phone: '17865347866', role: null },
			{ groupId: watches, id: '447700900456', phone: '447700900456', role: null },
			{ groupId: watches, id: 'US.13491208655302741918', phone: null, role: null },
		]);
		expect(await seen()).toMatchObject([{ method: 'GET', path: `/groups/${watches}` }]);
		expect((await seen())[0].query.fields).toContain('participants');
	});

	it('respects Limit, and gives nobody for a group of one', async () => {
		const limited = { group: byId(watches), returnAll: false, limit: 1 };
		expect(await run('participant.getAll', limited)).toHaveLength(1);
		expect(await run('participant.getAll', { group: byId(testers), returnAll: true })).toEqual([]);
	});

	it('removes people as users write them, by number or user ID', async () => {
		const participants = '1 (786) 534-7866, US.13491208655302741918; 17865347866@c.us';
		const results = await run('participant.remove', { group: byId(watches), participants });
		const pending = { groupId: watches, status: 'pending', code: null, reason: null };
		expect(results).toEqual([
			{ ...pending, participant: '+17865347866', phone: '17865347866' },
			{ ...pending, participant: 'US.13491208655302741918', phone: null },
		]);
		expect(await seen()).toMatchObject([
			{
				method: 'DELETE',
				path: `/groups/${watches}/participants`,
				body: {
					messaging_product: 'whatsapp',
					participants: [{ user: '+17865347866' }, { user: 'US.13491208655302741918' }],
				},
			},
		]);
		expect((await groupInSandbox(watches))!.participants).toHaveLength(1);
	});

	it('takes what Participant: Get Many puts out', async () => {
		const people = await run('participant.getAll', { group: byId(watches), returnAll: true });
		const parameters = { group: byId(watches), participants: '={{ $json.people }}' };
		const items = [{ json: { people } }];
		expect(await run('participant.remove', parameters, { items })).toHaveLength(3);
		expect((await groupInSandbox(watches))!.participants).toEqual([]);
	});

	it('splits more than 8 into calls one after the other', async () => {
		const participants = phones(20);
		const results = await run('participant.remove', { group: byId(watches), participants });
		expect(results.map(({ participant }) => participant)).toEqual(participants);
		const requests = await seen();
		expect(
			requests.map(({ body }) => (body as { participants: unknown[] }).participants.length),
		).toEqual([8, 8, 4]);
		for (const [i, request] of requests.slice(1).entries()) {
			expect(request.startedAt).toBeGreaterThanOrEqual(requests[i].finishedAt);
		}
	});

	it('does not let a later refusal hide what was done before and after', async () => {
		await answer(400, { error: { code: 131202, message: 'Twice' } }, { after: 1 });
		const participants = phones(20);
		const results = await run('participant.remove', { group: byId(watches), participants });
		expect(results.map(({ status }) => status)).toEqual([
			...Array<string>(8).fill('pending'),
			...Array<string>(8).fill('failed'),
			...Array<string>(4).fill('pending'),
		]);
		expect(results[8]).toMatchObject({
			participant: participants[8],
			reason: expect.stringMatching(/^A participant is named twice\. .*Twice/),
		});
	});

	it('is an error when the first call is refused', async () => {
		await answer(400, { error: { code: 131041 } });
		const error = await fail('participant.remove', {
			group: byId(watches),
			participants: phones(9),
		});
		expect(error.message).toBe('WhatsApp does not know this group');
		expect(await calls()).toHaveLength(1);
	});

	it('stops between calls when the execution is stopped', async () => {
		await control('put', '/latency', { minMs: 300, maxMs: 300 });
		const stop = new AbortController();
		const work = fail(
			'participant.remove',
			{ group: byId(watches), participants: phones(20) },
			{ signal: stop.signal },
		);
		await new Promise((resolve) => setTimeout(resolve, 450));
		stop.abort();
		await work;
		await control('put', '/latency', { minMs: 0, maxMs: 0 });
		// The request that was under way still reaches the sandbox, which is not to be in the next test.
		await new Promise((resolve) => setTimeout(resolve, 400));
		expect(await calls()).toHaveLength(2);
	});

	it('tells the outcome at once where the answer has it', async () => {
		await answer(206, {
			removed_participants: [{ input: '+17865347866' }],
			failed_participants: [{ input: '7669992245', errors: [{ code: 131212 }] }],
		});
		const results = await run('participant.remove', {
			group: byId(watches),
			participants: '+17865347866, +7669992245, +447700900456',
		});
		expect(results).toMatchObject([
			{ status: 'success' },
			{
				status: 'failed',
				code: 131212,
				reason: expect.stringContaining('The person is not in the group'),
			},
			{ status: 'pending' },
		]);
	});

	const unreadable: Array<[what: string, given: string, advice: string]> = [
		['letters', '55199CALLME', 'Write one phone number with the country code'],
		['a national number', '07700 900123', 'in place of the leading 0'],
		['an @lid', '123456789@lid', '360dialog does not know an @lid ID'],
	];

	it.each(unreadable)('sends nothing for %s, and does the others', async (_, given, advice) => {
		const results = await run('participant.remove', {
			group: byId(watches),
			participants: `+17865347866, ${given}, +447700900456`,
		});
		expect(results).toMatchObject([
			{ participant: '+17865347866', status: 'pending' },
			{},
			{ participant: '+447700900456', status: 'pending' },
		]);
		expect(results[1]).toEqual({
			groupId: watches,
			participant: given,
			phone: null,
			status: 'failed',
			code: null,
			reason: expect.stringContaining(advice),
		});
		expect((await seen()).map(({ body }) => body)).toMatchObject([
			{ participants: [{ user: '+17865347866' }, { user: '+447700900456' }] },
		]);
	});

	it.each(unreadable)('asks for nobody when there is only %s', async (_, participants, advice) => {
		expect(await run('participant.remove', { group: byId(watches), participants })).toMatchObject([
			{ participant: participants, status: 'failed', reason: expect.stringContaining(advice) },
		]);
		expect(await calls()).toEqual([]);
	});

	it.each(unreadable)(
		'with Fail on Partial Failure refuses %s before any request',
		async (_, given, advice) => {
			const error = await fail('participant.remove', {
				group: byId(watches),
				participants: `+17865347866, ${given}`,
				options: { failOnPartialFailure: true },
			});
			expect(error.message).toBe("'Participants' has an entry that cannot be read");
			expect(error.description).toContain(`Entry 2, “${given}”: `);
			expect(error.description).toContain(advice);
			expect(await calls()).toEqual([]);
		},
	);

	it('asks for at least one person before any request', async () => {
		const error = await fail('participant.remove', { group: byId(watches), participants: ' , ' });
		expect(error.message).toBe("'Participants' is empty");
		expect(error.description).toBeTruthy();
		expect(await calls()).toEqual([]);
	});
});

describe('360dialog: messages', () => {
	it('sends text to the group', async () => {
		const [sent] = await run('message.send', { group: byId(watches), text: 'Hello' });
		expect(sent).toEqual({ groupId: watches, id: expect.stringMatching(/^wamid\./), sentAt: null });
		expect(await seen()).toMatchObject([
			{
				method: 'POST',
				path: '/messages',
				body: {
					messaging_product: 'whatsapp',
					recipient_type: 'group',
					to: watches,
					type: 'text',
					text: { body: 'Hello' },
				},
			},
		]);
	});

	it.each([true, false])('sets Link Preview to %s', async (linkPreview) => {
		await run('message.send', {
			group: byId(watches),
			text: 'https://example.com',
			additionalFields: { linkPreview },
		});
		expect((await seen())[0].body).toMatchObject({ text: { preview_url: linkPreview } });
	});

	it('answers a message', async () => {
		await run('message.send', {
			group: byId(watches),
			text: 'Yes',
			additionalFields: { replyTo: 'wamid.HBgL' },
		});
		expect((await seen())[0].body).toMatchObject({ context: { message_id: 'wamid.HBgL' } });
	});

	it('says that a group of one cannot be written to', async () => {
		const error = await fail('message.send', { group: byId(testers), text: 'Hello' });
		expect(error.message).toBe('The group has no other participants yet');
		expect(error.description).toContain('invite link');
	});

	it('does not take an answer without a message ID for sent', async () => {
		await answer(200, { messaging_product: 'whatsapp', messages: [] });
		expectUnknown(
			await fail('message.send', { group: byId(watches), text: 'Hello' }),
			'The message may have been sent all the same: look into the group',
		);
	});

	it('refuses an empty text before any request', async () => {
		const error = await fail('message.send', { group: byId(watches), text: ' ' });
		expect(error.message).toBe("'Text' is empty");
		expect(await calls()).toEqual([]);
	});
});

describe('360dialog: the invite template', () => {
	it('is made from the library of WhatsApp', async () => {
		const [template] = await run('template.createInvite', {
			templateName: 'join_us',
			languageCode: 'pt_BR',
		});
		expect(template).toEqual({
			id: expect.any(String),
			name: 'join_us',
			language: 'pt_BR',
			category: 'UTILITY',
			status: 'approved',
		});
		expect(await seen()).toMatchObject([
			{
				method: 'POST',
				path: '/v1/configs/templates',
				body: {
					name: 'join_us',
					category: 'UTILITY',
					language: 'pt_BR',
					library_template_name: 'group_invite_link',
					components: [],
				},
			},
		]);
	});

	it('refuses a name with other characters before any request', async () => {
		const error = await fail('template.createInvite', {
			templateName: 'Join us',
			languageCode: 'en_US',
		});
		expect(error.message).toContain("'Template Name'");
		expect(await calls()).toEqual([]);
	});

	it('needs no more of the answer than that it is one', async () => {
		await answer(200, {});
		expect(
			await run('template.createInvite', { templateName: 'join_us', languageCode: 'en_US' }),
		).toEqual([{ id: null, name: 'join_us', language: 'en_US', category: null, status: null }]);
	});
});

describe('360dialog: what it cannot do', () => {
	it.each(Object.entries(dialog360.unsupported))(
		'%s is refused with its sentence',
		async (key, sentence) => {
			const error = await fail(key, { group: byId(watches) });
			expect(error.message).toBe(sentence);
			expect(await calls()).toEqual([]);
		},
	);
});
