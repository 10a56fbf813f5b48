import { byId, stage } from '../../../support/sandbox';
import { fileOf, searchList } from '../../../support/n8n';
import { jpeg } from '../../../support/images';

const { run, runItems, fail, calls, seen, requestsOf, control, setup, sandbox } = stage('sinch');

/** A new group of which the account is the only member. */
async function newGroup(subject = 'Customers'): Promise<string> {
	const [group] = await run('group.create', { subject });
	await control('delete', '/requests');
	return group.id as string;
}

/** A new group with members who came by its invite link. */
async function groupWith(...phones: string[]): Promise<string> {
	const id = await newGroup();
	await run('inviteLink.get', { group: byId(id) });
	for (const phone of phones) await control('post', `/sinch/groups/${id}/join`, { phone });
	await control('delete', '/requests');
	return id;
}

describe('Sinch: groups', () => {
	it('creates a group and gives its ID', async () => {
		const [group] = await run('group.create', { subject: '  Customers  ' });
		expect(group).toMatchObject({ status: 'created', subject: '  Customers  ', requestId: null });
		expect(group.id).toMatch(/^\d+-\d+$/);
		expect(group.createdAt).toMatch(/Z$/);
		const [request] = await seen();
		expect(request).toMatchObject({
			method: 'POST',
			path: '/v1/whatsapp/groups',
			body: { subject: '  Customers  ' },
		});
	});

	it('refuses a subject over 25 characters before any request', async () => {
		const error = await fail('group.create', { subject: 'x'.repeat(26) });
		expect(error.message).toBe("'Subject' is too long");
		expect(error.description).toContain('at most 25 characters, this one has 26');
		expect(await calls()).toEqual([]);
	});

	it('counts characters as people do, not as JavaScript does', async () => {
		const [group] = await run('group.create', { subject: '😀'.repeat(25) });
		expect(group.status).toBe('created');
	});

	it('gets a group in the model, and as the provider wrote it with Simplify off', async () => {
		const id = await groupWith('5519911112222');
		const [model] = await run('group.get', { group: byId(` ${id}\n`) });
		expect(model).toMatchObject({
			id,
			subject: 'Customers',
			participantCount: 2,
			description: null,
		});
		expect(Object.keys(model)).toHaveLength(10);
		const [raw] = await run('group.get', { group: byId(id), simplify: false });
		expect(raw).toMatchObject({ id, subject: 'Customers', admins: [expect.any(String)] });
		expect(raw).toHaveProperty('creation_time');
	});

	it('lists IDs only, and with Load Details one more request per group', async () => {
		const id = await newGroup();
		const plain = await run('group.getAll', { returnAll: true });
		expect(plain.at(-1)).toMatchObject({ id, subject: null });
		expect(await calls()).toEqual(['GET /v1/whatsapp/groups']);

		const detailed = await run('group.getAll', { returnAll: true, options: { loadDetails: true } });
		expect(detailed.map((group) => group.id)).toEqual(plain.map((group) => group.id));
		expect(detailed.at(-1)).toMatchObject({ id, subject: 'Customers' });
		expect(await calls()).toHaveLength(2 + plain.length);
	});

	it('respects Limit', async () => {
		await newGroup();
		expect(await run('group.getAll', { returnAll: false, limit: 1 })).toHaveLength(1);
	});

	it('updates the subject', async () => {
		const id = await newGroup();
		expect(
			await run('group.update', { group: byId(id), updateFields: { subject: 'Partners' } }),
		).toEqual([{ success: true, status: 'success', groupId: id }]);
		expect(await run('group.get', { group: byId(id) })).toMatchObject([{ subject: 'Partners' }]);
	});

	it('asks for something to update', async () => {
		const error = await fail('group.update', { group: byId(await newGroup()), updateFields: {} });
		expect(error.message).toBe("'Update Fields' would change nothing");
		expect(await calls()).toEqual([]);
	});

	it.each([
		[
			'an expression that gives nothing',
			{ subject: '={{ $json.absent }}' },
			'would change nothing',
		],
		['an empty subject', { subject: '' }, "'Subject' is empty"],
	])('asks for something to update where there is only %s', async (_, updateFields, words) => {
		const error = await fail('group.update', { group: byId(await newGroup()), updateFields });
		expect(error.message).toContain(words);
		expect(await calls()).toEqual([]);
	});

	it('leaves a group', async () => {
		const id = await newGroup();
		expect(await run('group.leave', { group: byId(id) })).toEqual([
			{ success: true, status: 'success', groupId: id },
		]);
		expect(await calls()).toEqual([`POST /v1/whatsapp/groups/${id}/leave`]);
	});
});

describe('Sinch: pictures', () => {
	it('sets, downloads and removes a picture, and shows the credential to Sinch only', async () => {
		const id = await newGroup();
		const picture = jpeg(200, 200);
		const items = [{ files: { data: { data: picture, mimeType: 'application/octet-stream' } } }];
		expect(
			await run('groupPicture.set', { group: byId(id), binaryPropertyName: 'data' }, { items }),
		).toEqual([{ success: true, status: 'success', groupId: id }]);
		expect((await seen())[0].headers['content-type']).toBe('image/jpeg');

		const [item] = await runItems('groupPicture.get', {
			group: byId(id),
			outputPropertyName: 'picture',
		});
		expect(item.json).toMatchObject({
			groupId: id,
			mimeType: 'image/jpeg',
			fileSize: picture.length,
		});
		expect((await fileOf(item.binary!.picture)).equals(picture)).toBe(true);

		const downloads = await requestsOf('cdn');
		expect(downloads).toHaveLength(1);
		expect(downloads[0].headers).not.toHaveProperty('authenticationtoken');
		expect(downloads[0].headers).not.toHaveProperty('username');

		expect(await run('groupPicture.remove', { group: byId(id) })).toEqual([
			{ success: true, status: 'success', groupId: id },
		]);
		const error = await fail('groupPicture.get', { group: byId(id), outputPropertyName: 'data' });
		expect(error.message).toBe('The group has no picture');
		const again = await fail('groupPicture.remove', { group: byId(id) });
		expect(again.message).toBe('The group has no picture to remove');
	});

	it.each([
		['text', Buffer.from('hello'), 'not an image'],
		['an empty file', Buffer.alloc(0), 'not an image'],
		[
			'an image over 5 MB',
			Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(6_000_000)]),
			'too large',
		],
	])('refuses %s before any request', async (_, data, words) => {
		const items = [{ files: { data: { data } } }];
		const error = await fail(
			'groupPicture.set',
			{ group: byId('551990000-151'), binaryPropertyName: 'data' },
			{ items },
		);
		expect(error.message).toContain(words);
		expect(await calls()).toEqual([]);
	});

	it('names the field when the item has no such file', async () => {
		const error = await fail('groupPicture.set', {
			group: byId('551990000-151'),
			binaryPropertyName: 'photo',
		});
		expect(`${error.message} ${error.description}`).toContain('photo');
	});
});

describe('Sinch: invite links', () => {
	it('gets, resets and revokes the link', async () => {
		const id = await newGroup();
		const group = byId(id);
		const [first] = await run('inviteLink.get', { group });
		expect(first.link).toBe(`https://chat.whatsapp.com/${String(first.code)}`);
		const [second] = await run('inviteLink.reset', { group });
		expect(second.code).not.toBe(first.code);
		expect((await calls()).slice(1).map((call) => call.split(' ')[0])).toEqual(['DELETE', 'GET']);
		expect(await run('inviteLink.revoke', { group })).toEqual([
			{ success: true, status: 'success', groupId: id },
		]);
	});

	it('says that the old link is gone when the new one cannot be read', async () => {
		const group = byId(await newGroup());
		await control('post', '/faults', {
			provider: 'sinch',
			method: 'GET',
			kind: 'answer',
			status: 404,
		});
		const error = await fail('inviteLink.reset', { group });
		expect(error.description).toMatch(/^The old link no longer works/);
	});
});

describe('Sinch: participants', () => {
	it('lists participants with phone and role', async () => {
		const id = await groupWith('5519911112222');
		expect(await run('participant.getAll', { group: byId(id), returnAll: true })).toEqual([
			{ groupId: id, id: expect.any(String), phone: expect.any(String), role: 'creator' },
			{ groupId: id, id: '5519911112222', phone: '5519911112222', role: 'participant' },
		]);
	});

	it.each([
		['participant.promote', 'PATCH', 'admins'],
		['participant.demote', 'DELETE', 'admins'],
		['participant.remove', 'DELETE', 'participants'],
	])('%s takes numbers as people write them, each once', async (key, method, list) => {
		const id = await groupWith('5519911112222', '5519911113333');
		const participants = '+55 (19) 91111-2222, 5519911113333@c.us; 5519911112222';
		if (key === 'participant.demote')
			await run('participant.promote', { group: byId(id), participants });
		await control('delete', '/requests');
		expect(await run(key, { group: byId(id), participants })).toEqual(
			['5519911112222', '5519911113333'].map((phone) => ({
				groupId: id,
				participant: phone,
				phone,
				status: 'success',
				code: null,
				reason: null,
			})),
		);
		expect(await seen()).toMatchObject([
			{
				method,
				path: `/v1/whatsapp/groups/${id}/${list}`,
				body: { waIds: ['5519911112222', '5519911113333'] },
			},
		]);
	});

	it('takes an array from an expression, also of items of Get Many', async () => {
		const id = await groupWith('5519911112222', '5519911113333');
		const items = [
			{ json: { people: ['5519911112222', { id: '5519911113333', phone: '5519911113333' }] } },
		];
		const results = await run(
			'participant.remove',
			{ group: byId(id), participants: '={{ $json.people }}' },
			{ items },
		);
		expect(results).toHaveLength(2);
	});

	const unreadable: Array<[what: string, given: string, advice: string]> = [
		['letters', '55199CALLME', 'Write one phone number with the country code'],
		['a national number', '07700 900123', 'in place of the leading 0'],
		['an @lid', '123456789@lid', 'Sinch does not know an @lid ID'],
	];

	it.each(unreadable)('sends nothing for %s, and does the others', async (_, given, advice) => {
		const id = await groupWith('5519911112222');
		const participants = `5519911112222, ${given}`;
		expect(await run('participant.remove', { group: byId(id), participants })).toEqual([
			expect.objectContaining({ participant: '5519911112222', status: 'success' }),
			{
				groupId: id,
				participant: given,
				phone: null,
				status: 'failed',
				code: null,
				reason: expect.stringContaining(advice),
			},
		]);
		expect((await seen()).map(({ body }) => body)).toEqual([{ waIds: ['5519911112222'] }]);
	});

	it.each(unreadable)(
		'with Fail on Partial Failure refuses %s before any request',
		async (_, given, advice) => {
			const error = await fail('participant.remove', {
				group: byId('5519900000000-1513616971'),
				participants: `5519911112222, ${given}`,
				options: { failOnPartialFailure: true },
			});
			expect(error.message).toBe("'Participants' has an entry that cannot be read");
			expect(error.description).toContain(`Entry 2, “${given}”: `);
			expect(error.description).toContain(advice);
			expect(await calls()).toEqual([]);
		},
	);

	it('asks for at least one person before any request', async () => {
		const error = await fail('participant.remove', {
			group: byId('5519900000000-1513616971'),
			participants: ' , ',
		});
		expect(error.message).toBe("'Participants' is empty");
		expect(error.description).toBeTruthy();
		expect(await calls()).toEqual([]);
	});
});

describe('Sinch: messages', () => {
	it('sends to the group, never to a person', async () => {
		const id = await groupWith('5519911112222');
		const [sent] = await run('message.send', {
			group: byId(id),
			text: 'Hi',
			additionalFields: { correlationId: 'mine', mentions: 'all' },
		});
		expect(sent).toEqual({ groupId: id, id: expect.any(String), sentAt: null });
		expect((await seen())[0].body).toEqual({
			destinations: [{ destination: id, recipientType: 'group', correlationId: 'mine' }],
			message: { messageText: 'Hi' },
		});
	});
});

describe('Sinch: errors', () => {
	const group = byId('5519900000000-1513616971');

	it.each([
		[400, 'Sinch refused the request'],
		[401, 'Sinch does not accept the user name and authentication token'],
		[403, 'The credential may not do this'],
		[404, 'Sinch does not know this group'],
		[405, 'The provider refused the request'],
		[412, 'Sinch refused the request in the present state of the group'],
		[302, 'The provider redirects to another address'],
	])('explains status %i', async (status, message) => {
		const body = { errorCode: status, errorMessage: 'In its own words' };
		await control('post', '/faults', { provider: 'sinch', kind: 'answer', status, body });
		const error = await fail('group.leave', { group });
		expect(error.message).toBe(message);
		expect(error.description).toContain('In its own words');
		expect(error.context).toMatchObject({ itemIndex: 0, status: 'failed' });
		expect(await calls()).toHaveLength(1);
	});

	it.each([
		['group.create', { subject: 'x' }, 'Sinch refused to create the group'],
		['message.send', { group, text: 'Hi' }, 'Sinch refused the message'],
	])('explains status 400 of %s in words of its own', async (key, parameters, message) => {
		const body = { errorCode: 400, errorMessage: 'In its own words' };
		await control('post', '/faults', { provider: 'sinch', kind: 'answer', status: 400, body });
		const error = await fail(key, parameters);
		expect(error.message).toBe(message);
		expect(error.description).toContain('In its own words');
		expect(error.context).toMatchObject({ itemIndex: 0, status: 'failed' });
	});

	it('takes a 200 with an error in it for a refusal', async () => {
		const body = { errorCode: 404, errorMessage: 'In its own words' };
		await control('post', '/faults', { provider: 'sinch', kind: 'answer', status: 200, body });
		const error = await fail('group.leave', { group });
		expect(error.message).toBe('Sinch does not know this group');
		expect(error.context).toMatchObject({ itemIndex: 0, status: 'failed' });
	});

	it('does not take an answer without a list for an empty one', async () => {
		await control('post', '/faults', { provider: 'sinch', kind: 'answer', status: 200, body: {} });
		const error = await fail('group.getAll', { returnAll: true });
		expect(error.message).toBe('The provider answered in a way that cannot be read');
		expect(error.context).toMatchObject({ itemIndex: 0, status: 'failed' });
	});

	it.each([420, 429])(
		'waits as long as a %i asks and then goes on, also for a change',
		async (status) => {
			const id = await newGroup();
			await control('post', '/faults', {
				provider: 'sinch',
				kind: 'answer',
				status,
				headers: { 'retry-after': '1' },
			});
			await run('group.leave', { group: byId(id) });
			const [refused, taken] = await seen();
			expect([refused.status, taken.status]).toEqual([status, 200]);
			expect(taken.startedAt - refused.finishedAt).toBeGreaterThanOrEqual(990);
		},
	);

	it('refuses what Sinch cannot do with the sentence that the editor shows', async () => {
		const error = await fail('group.delete', { group });
		expect(error.message).toBe(
			'Sinch cannot delete a group: use Leave, and the group lives on for the others.',
		);
		expect(await calls()).toEqual([]);
	});
});

describe('Sinch: lists in the editor', () => {
	it('offers groups by subject and finds them', async () => {
		const id = await newGroup('Zebra owners');
		expect(await searchList(setup({}), 'searchGroups', 'zebra')).toEqual({
			results: [{ name: 'Zebra owners', value: id }],
			paginationToken: undefined,
		});
	});

	it('shows the reason when the key is wrong, never an empty list', async () => {
		const wrong = setup({});
		wrong.credentials.whatsAppGroupsSinchApi.authenticationToken = 'wrong-token';
		await expect(searchList(wrong, 'searchGroups')).rejects.toThrow(
			'Sinch does not accept the user name and authentication token',
		);
		expect(sandbox().url).toMatch(/^http:\/\/127/);
	});
});
