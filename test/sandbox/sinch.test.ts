import { mosaicJpeg } from '../../sandbox/shared/mosaicJpeg';
import { runningSinch } from './client';

const stage = runningSinch();
const account = '5519900000000';
const bookClub = `${account}-1513616971`;
const customers = `${account}-1553784379`;
const support = `${account}-1612137600`;
const groups = '/v1/whatsapp/groups';
const unknown = `${account}-1111111111`;

const call = async (method: string, path: string, data?: unknown) => {
	const answer = await stage.api().request({ method, url: groups + path, data });
	return { status: answer.status, data: answer.data as unknown };
};
const read = async (groupId: string) => {
	const { data } = await stage.api().get(`${groups}/${groupId}`);
	return data.groups[0] as { admins: string[]; participants: string[]; subject: string };
};
const refused = (status: number) => ({
	status,
	data: { errorCode: status, errorMessage: expect.any(String) },
});
const arrange = (body: unknown) =>
	stage
		.control<{ group: { id: string } }>('post', '/sinch/groups', body)
		.then(({ group }) => group.id);
const people = (action: string, body: unknown, groupId = bookClub) =>
	stage.control('post', `/sinch/groups/${groupId}/${action}`, body);
const tryPeople = (action: string, body: unknown, groupId = bookClub) =>
	stage.tryControl('post', `/sinch/groups/${groupId}/${action}`, body);

describe('Sinch credentials', () => {
	it.each([
		['none', {}],
		['a wrong user', { userName: 'x', authenticationToken: 'sandbox-sinch-token' }],
		['a wrong token', { userName: 'user@example.com', authenticationToken: 'x' }],
		['no token', { userName: 'user@example.com' }],
	])('are refused with the documented body: %s', async (_, headers) => {
		const url = stage.sandbox().accounts.sinch.baseUrls.api + groups;
		expect(await stage.anonymous().get(url, { headers })).toMatchObject({
			status: 401,
			data: {
				errorCode: 401,
				errorMessage:
					'Authentication Error: No user was found with this combination of username and Authentication token.',
			},
		});
	});

	it('come before everything else, also where there is nothing', async () => {
		const url = `${stage.sandbox().accounts.sinch.baseUrls.api}/nothing`;
		expect((await stage.anonymous().get(url)).status).toBe(401);
	});
});

describe('Sinch paths', () => {
	it('answer 405 for a method that they do not have', async () => {
		expect(await call('patch', '')).toEqual(refused(405));
		expect(await call('delete', `/${bookClub}`)).toEqual(refused(405));
	});

	it('answer 404 where there is nothing', async () => {
		expect(await call('get', '/a/b/c')).toEqual(refused(404));
	});
});

describe('Sinch groups', () => {
	it('are listed with nothing but their ids', async () => {
		expect(await call('get', '')).toEqual({
			status: 200,
			data: { groups: [{ id: bookClub }, { id: customers }, { id: support }] },
		});
	});

	it('are listed as an empty array when there is none', async () => {
		for (const id of [bookClub, customers, support]) await call('post', `/${id}/leave`);
		expect(await call('get', '')).toEqual({ status: 200, data: { groups: [] } });
	});

	it('are wrapped in a list also when it is one', async () => {
		expect(await call('get', `/${bookClub}`)).toEqual({
			status: 200,
			data: {
				groups: [
					{
						admins: [account, '5519911112222'],
						creation_time: 1513616971,
						creator: account,
						id: bookClub,
						participants: [account, '5519911112222', '5519933334444', '5519955556666'],
						subject: 'Book club',
					},
				],
			},
		});
	});

	it('are created with the account as only participant and admin, each with an id of its own', async () => {
		const made = await Promise.all(['a', 'b', 'c'].map((subject) => call('post', '', { subject })));
		const ids = made.map(({ data }) => (data as { groups: [{ id: string }] }).groups[0].id);
		expect(new Set(ids).size).toBe(3);
		expect(made[0]).toEqual({
			status: 200,
			data: { groups: [{ id: ids[0], creation_time: Number(ids[0].split('-')[1]) }] },
		});
		expect(ids[0]).toMatch(new RegExp(`^${account}-\\d{10}$`));
		expect(await read(ids[0])).toMatchObject({ participants: [account], admins: [account] });
	});

	it.each([
		['no body', undefined],
		['no subject', {}],
		['an empty subject', { subject: '' }],
		['a subject that is no text', { subject: 5 }],
		['26 characters', { subject: 'x'.repeat(26) }],
	])('are neither created nor renamed with %s', async (_, body) => {
		expect(await call('post', '', body)).toEqual(refused(400));
		expect(await call('put', `/${bookClub}`, body)).toEqual(refused(400));
		expect((await read(bookClub)).subject).toBe('Book club');
	});

	it('take 25 characters, emoji counted as one', async () => {
		expect((await call('post', '', { subject: '🫖'.repeat(25) })).status).toBe(200);
	});

	it.each([
		['text/plain', '{"subject":"Tea"}'],
		['application/json', '{"subject":'],
	])('are not created from a body that is %s: %s', async (type, body) => {
		const { status, data } = await stage.api().post(groups, body, {
			headers: { 'Content-Type': type },
			transformRequest: (text) => text,
		});
		expect({ status, data }).toEqual(refused(400));
	});

	it('are not created any more once too many are unused', async () => {
		await stage.control('put', '/sinch/settings', { unusedGroupLimit: 2 });
		const first = await call('post', '', { subject: 'a' });
		await call('post', '', { subject: 'b' });
		expect(await call('post', '', { subject: 'c' })).toEqual(refused(400));
		const { id } = (first.data as { groups: [{ id: string }] }).groups[0];
		await call('post', `/${id}/leave`);
		expect((await call('post', '', { subject: 'c' })).status).toBe(200);
	});

	it('are renamed', async () => {
		expect(await call('put', `/${bookClub}`, { subject: 'Film club' })).toEqual({
			status: 200,
			data: {},
		});
		expect((await read(bookClub)).subject).toBe('Film club');
	});

	it.each([
		['get', '', undefined],
		['put', '', { subject: 'x' }],
		['get', '/invite', undefined],
		['delete', '/invite', undefined],
		['delete', '/participants', { waIds: ['5519911112222'] }],
		['post', '/leave', undefined],
		['get', '/icon', undefined],
		['delete', '/icon', undefined],
		['patch', '/admins', { waIds: ['5519911112222'] }],
		['delete', '/admins', { waIds: ['5519911112222'] }],
	])('answer 404 when unknown: %s %s', async (method, path, body) => {
		expect(await call(method, `/${unknown}${path}`, body)).toEqual(refused(404));
	});

	it.each([
		['put', '', { subject: 'x' }],
		['get', '/invite', undefined],
		['delete', '/participants', { waIds: ['5519911112222'] }],
		['patch', '/admins', { waIds: ['5519911112222'] }],
		['delete', '/icon', undefined],
	])('answer 403 to who is not their admin: %s %s', async (method, path, body) => {
		const id = await arrange({ subject: 'Guests', creator: '5519911112222' });
		expect(await call(method, `/${id}${path}`, body)).toEqual(refused(403));
		expect((await call('get', `/${id}`)).status).toBe(200);
	});
});

describe('leaving a Sinch group', () => {
	it('answers null, and the group lives on for the others only', async () => {
		expect(await call('post', `/${bookClub}/leave`)).toEqual({ status: 200, data: null });
		expect(await call('get', `/${bookClub}`)).toEqual(refused(404));
		expect(JSON.stringify((await call('get', '')).data)).not.toContain(bookClub);
		const state = await stage.control<{ sinch: { groups: Array<{ id: string }> } }>(
			'get',
			'/state',
		);
		expect(state.sinch.groups.find(({ id }) => id === bookClub)).toMatchObject({
			participants: ['5519911112222', '5519933334444', '5519955556666'],
			admins: ['5519911112222'],
		});
	});

	it('does not find the number a second time', async () => {
		await call('post', `/${bookClub}/leave`);
		expect(await call('post', `/${bookClub}/leave`)).toEqual(refused(400));
	});
});

describe('Sinch invite links', () => {
	const link = async () => {
		const { data } = await stage.api().get(`${groups}/${support}/invite`);
		return data.groups[0].link as string;
	};

	it('stay the same until they are revoked, then there is another', async () => {
		const first = await link();
		expect(first).toMatch(/^https:\/\/chat\.whatsapp\.com\/[A-Za-z0-9]{22}$/);
		expect(await link()).toBe(first);
		expect(await call('delete', `/${support}/invite`)).toEqual({ status: 200, data: null });
		expect(await link()).not.toBe(first);
	});

	it('let people in, and do not any more once revoked', async () => {
		const first = await link();
		await people('join', { phone: '5511900001111', link: first }, support);
		expect((await read(support)).participants).toContain('5511900001111');
		await call('delete', `/${support}/invite`);
		const late = await tryPeople('join', { phone: '5511900002222', link: first }, support);
		expect(late).toMatchObject({ status: 409, data: { error: expect.stringMatching(/^link: /) } });
	});
});

describe('Sinch participants and admins', () => {
	it('are removed, and stop being admins', async () => {
		const waIds = ['5519911112222', '5519955556666'];
		expect(await call('delete', `/${bookClub}/participants`, { waIds })).toEqual({
			status: 200,
			data: {},
		});
		expect(await read(bookClub)).toMatchObject({
			participants: [account, '5519933334444'],
			admins: [account],
		});
	});

	it('are promoted and demoted, answered with null and with an object', async () => {
		const waIds = ['5519933334444'];
		expect(await call('patch', `/${bookClub}/admins`, { waIds })).toEqual({
			status: 200,
			data: null,
		});
		expect((await read(bookClub)).admins).toEqual([account, '5519911112222', '5519933334444']);
		expect(await call('delete', `/${bookClub}/admins`, { waIds })).toEqual({
			status: 200,
			data: {},
		});
		expect((await read(bookClub)).admins).toEqual([account, '5519911112222']);
	});

	it.each([
		['delete', '/participants'],
		['patch', '/admins'],
		['delete', '/admins'],
	])('%s %s changes nothing when one number is not found', async (method, path) => {
		const before = await read(bookClub);
		const waIds = ['5519911112222', '5511900009999'];
		expect(await call(method, `/${bookClub}${path}`, { waIds })).toEqual(refused(400));
		expect(await read(bookClub)).toEqual(before);
	});

	it.each([
		['no body', undefined],
		['no list', {}],
		['an empty list', { waIds: [] }],
		['numbers that are no text', { waIds: [5519911112222] }],
		['a text', { waIds: '5519911112222' }],
		['a plus', { waIds: ['+5519911112222'] }],
	])('are left alone by a call with %s', async (_, body) => {
		for (const [method, path] of [
			['delete', 'participants'],
			['patch', 'admins'],
			['delete', 'admins'],
		]) {
			expect(await call(method, `/${bookClub}/${path}`, body)).toEqual(refused(400));
		}
	});

	it('cannot be the account itself when removing, nor the creator when demoting', async () => {
		const waIds = [account];
		expect(await call('delete', `/${bookClub}/participants`, { waIds })).toEqual(refused(400));
		expect(await call('delete', `/${bookClub}/admins`, { waIds })).toEqual(refused(400));
	});

	it('are not found as admins when they are none', async () => {
		const waIds = ['5519933334444'];
		expect(await call('delete', `/${bookClub}/admins`, { waIds })).toEqual(refused(400));
	});
});

describe('Sinch group icons', () => {
	const picture = mosaicJpeg(64, 48, () => [200, 30, 30]);
	const png = Buffer.from(
		'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
		'base64',
	);
	const set = async (body: Buffer, type: string, groupId: string = support) => {
		const { status, data } = await stage
			.api()
			.post(`${groups}/${groupId}/icon`, body, { headers: { 'Content-Type': type } });
		return { status, data: data as unknown };
	};

	it('are described without the wrapper, with the size as text', async () => {
		const { status, data } = await stage.api().get(`${groups}/${bookClub}/icon`);
		expect({ status, data }).toEqual({
			status: 200,
			data: {
				type: 'URL',
				mimeType: 'image/jpeg',
				fileName: 'groupIcon.jpeg',
				extraData: {
					public: true,
					'Content-Type': 'image/jpeg',
					'Content-Length': expect.stringMatching(/^\d+$/),
				},
				data: expect.stringMatching(/\/groupIcon\.jpeg$/),
			},
		});
	});

	it.each([
		['image/jpeg', picture, 'jpeg'],
		['image/png', png, 'png'],
	])('are served byte for byte as they were uploaded: %s', async (type, bytes, extension) => {
		expect(await set(bytes, type)).toEqual({ status: 200, data: {} });
		const { data } = await stage.api().get(`${groups}/${support}/icon`);
		expect(data).toMatchObject({
			mimeType: type,
			fileName: `groupIcon.${extension}`,
			extraData: { 'Content-Length': String(bytes.length) },
		});
		const file = await stage.anonymous().get(data.data, { responseType: 'arraybuffer' });
		expect(file.headers['content-type']).toBe(type);
		expect(Buffer.from(file.data).equals(bytes)).toBe(true);
	});

	it.each([
		['another type than the bytes', picture, 'image/png'],
		['a type that is no image', picture, 'application/octet-stream'],
		['JSON', Buffer.from('{"data":"x"}'), 'application/json'],
		['an image that is none', Buffer.from('not an image'), 'image/jpeg'],
		['nothing', Buffer.alloc(0), 'image/jpeg'],
	])('are not set from %s', async (_, bytes, type) => {
		expect(await set(bytes, type)).toEqual(refused(400));
		expect(await call('get', `/${support}/icon`)).toEqual(refused(404));
	});

	it('are gone once removed, here and at the media host', async () => {
		const { data } = await stage.api().get(`${groups}/${bookClub}/icon`);
		expect(await call('delete', `/${bookClub}/icon`)).toEqual({ status: 200, data: null });
		expect(await call('get', `/${bookClub}/icon`)).toEqual(refused(404));
		expect(await call('delete', `/${bookClub}/icon`)).toEqual(refused(404));
		expect((await stage.anonymous().get(data.data)).status).toBe(404);
	});
});

describe('sending through Sinch', () => {
	const send = async (body: unknown) => {
		const { status, data } = await stage.api().post('/v1/whatsapp/send', body);
		return { status, data: data as Record<string, unknown> };
	};
	const toGroup = { destination: bookClub, recipientType: 'group' };
	const text = { messageText: 'Hello' };
	const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/);

	it('answers with capital Id and a list called destination', async () => {
		const destinations = [{ ...toGroup, correlationId: 'c1' }];
		expect(await send({ destinations, message: text })).toEqual({
			status: 200,
			data: { Id: uuid, destination: [{ id: uuid, correlationId: 'c1', destination: bookClub }] },
		});
	});

	it.each([
		['Id', 'destinations'],
		['id', 'destination'],
		['id', 'destinations'],
	])('can spell the answer %s and %s', async (sendAnswerId, sendAnswerList) => {
		await stage.control('put', '/sinch/settings', { sendAnswerId, sendAnswerList });
		const { data } = await send({ destinations: [toGroup], message: text });
		expect(Object.keys(data)).toEqual([sendAnswerId, sendAnswerList]);
	});

	it.each([
		['a group without recipientType', { destination: bookClub }],
		['a group as an individual', { destination: bookClub, recipientType: 'individual' }],
		['a number as a group', { destination: '5519911112222', recipientType: 'group' }],
		['an unknown group', { destination: unknown, recipientType: 'group' }],
		['a kind that there is not', { destination: bookClub, recipientType: 'Group' }],
		['words', { destination: 'somebody' }],
		['nothing', {}],
	])('refuses %s as destination', async (_, destination) => {
		expect(await send({ destinations: [destination], message: text })).toEqual(refused(400));
	});

	it('refuses a group that the account has left', async () => {
		await call('post', `/${bookClub}/leave`);
		expect(await send({ destinations: [toGroup], message: text })).toEqual(refused(400));
	});

	it('sends to none when one of the destinations is wrong', async () => {
		await send({ destinations: [toGroup, { destination: 'x' }], message: text });
		const state = await stage.control<{ sinch: { messages: unknown[] } }>('get', '/state');
		expect(state.sinch.messages).toEqual([]);
	});

	it.each(['5519900001111', '+5519900001111', '+55(19) 900001111'])(
		'takes a phone number written %s',
		async (destination) => {
			expect((await send({ destinations: [{ destination }], message: text })).status).toBe(200);
		},
	);

	it.each([
		['text', text],
		['an image by URL', { image: { type: 'JPG', url: 'https://x.test/a.jpg', caption: 'A' } }],
		['an image in base64', { image: { type: 'JPG', data: 'aGk=' } }],
		['a document', { document: { type: 'PDF', url: 'http://x.test/a.pdf' } }],
		['a place', { location: { geoPoint: '-22.894180,-47.047960', name: 'Office' } }],
		['a contact', { contacts: [{ name: { formatted_name: 'Ana' }, phones: [{ phone: '+55' }] }] }],
		[
			'a template',
			{ ttl: 7, template: { namespace: 'n', elementName: 'e', languageCode: 'pt_BR' } },
		],
	])('takes %s', async (_, message) => {
		expect((await send({ destinations: [toGroup], message })).status).toBe(200);
	});

	it.each([
		['nothing', {}],
		['empty text', { messageText: '' }],
		['two kinds at once', { ...text, location: { geoPoint: '1,2' } }],
		['an image from nowhere', { image: { type: 'JPG' } }],
		['an image from two places', { image: { type: 'JPG', url: 'https://x.test', data: 'aGk=' } }],
		['an image without type', { image: { url: 'https://x.test/a.jpg' } }],
		['a file URL', { image: { type: 'JPG', url: 'file:///etc/passwd' } }],
		['a place without comma', { location: { geoPoint: '12' } }],
		['no contacts', { contacts: [] }],
	])('refuses %s as message', async (_, message) => {
		expect(await send({ destinations: [toGroup], message })).toEqual(refused(400));
	});

	it('says 420 instead of 429 when it is so set', async () => {
		await stage.control('put', '/sinch/settings', { rateLimitStatus: 420 });
		await stage.control('post', '/faults', { kind: 'rateLimited' });
		expect(await send({ destinations: [toGroup], message: text })).toEqual(refused(420));
	});
});

describe('people in Sinch groups', () => {
	it('leave', async () => {
		await people('leave', { phone: '5519911112222' });
		expect((await read(bookClub)).participants).not.toContain('5519911112222');
	});

	it.each([
		['join', { phone: '5519911112222' }, 409],
		['leave', { phone: '5511900009999' }, 409],
		['leave', { phone: account }, 409],
		['message', { phone: '5511900009999', text: 'Hi' }, 409],
		['message', { phone: '5519911112222' }, 400],
		['message', { phone: '5519911112222', type: 'dance' }, 400],
		['join', { phone: '+55 19' }, 400],
	])('cannot %s %j', async (action, body, status) => {
		expect((await tryPeople(action, body)).status).toBe(status);
	});

	it.each([
		{ text: 'Hi' },
		{ type: 'image', caption: 'Look' },
		{ type: 'location', latitude: 1, longitude: 2 },
	])('send %j', async (content) => {
		expect(await people('message', { phone: '5519911112222', name: 'Ana', ...content })).toEqual({
			messageId: expect.any(String),
		});
	});
});
