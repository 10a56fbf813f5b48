import type { AxiosRequestConfig, AxiosResponse } from 'axios';
import { mosaicJpeg } from '../../sandbox/shared/mosaicJpeg';
import { runningDialog360 } from './client';
import { purchases, testers, unknown, watches, whatsapp, whatsAppError as meta } from './cloudApi';

const stage = runningDialog360();

/** An answer's body, whose shape the expectations tell. */
type Json = AxiosResponse['data'];

const call = async (method: string, url: string, data?: unknown, more?: AxiosRequestConfig) => {
	const answer = await stage.api().request({ method, url, data, ...more });
	return { status: answer.status, data: answer.data };
};
const hub = (status: number, message: string) => ({
	status,
	data: { meta: { success: false, http_code: status, developer_message: message } },
});
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const set = (settings: Json) => stage.control('put', '/dialog360/settings', settings);
const people = (action: string, body?: unknown, groupId = watches) =>
	stage.control<Json>('post', `/dialog360/groups/${groupId}/${action}`, body);
const tryPeople = (action: string, body?: unknown, groupId = watches) =>
	stage.tryControl('post', `/dialog360/groups/${groupId}/${action}`, body);
const arrange = async (body: Json) =>
	(await stage.control<Json>('post', '/dialog360/groups', body)).group.id as string;
const fieldsOf = async (groupId: string, fields: string) =>
	(await call('get', `/groups/${groupId}?fields=${fields}`)).data;
const subjects = async (query = '') =>
	(await call('get', `/groups${query}`)).data.data.groups.map(({ subject }: Json) => subject);

describe('360dialog’s own errors', () => {
	const anonymous = async (headers: Record<string, string>) => {
		const url = `${stage.sandbox().accounts.dialog360.baseUrls.api}/groups`;
		const { status, data } = await stage.anonymous().get(url, { headers });
		return { status, data: data as unknown };
	};

	it('call a missing key unauthorized', async () => {
		expect(await anonymous({})).toEqual({ status: 401, data: { error: 'Unauthorized' } });
	});

	it('spell a bad key one way, a blocked endpoint another', async () => {
		expect(await anonymous({ 'D360-API-KEY': 'x' })).toEqual(hub(401, 'Invalid api_key.'));
		await set({ blockedPaths: ['/messages'] });
		expect(await call('post', '/messages', {})).toEqual({
			status: 403,
			data: { meta: { httpCode: 403, developerMessage: 'endpoint is blocked', success: false } },
		});
		expect((await call('get', '/groups')).status).toBe(200);
	});

	it('say when the API is disabled, and where there is nothing', async () => {
		expect(await call('get', '/a/b')).toEqual(hub(404, 'Not found'));
		await set({ apiDisabled: true });
		expect(await call('get', '/groups')).toEqual(hub(400, 'API disabled'));
	});

	it('and refusals of load come in four kinds', async () => {
		const refusals: Json[] = [];
		for (const rateLimitError of [131208, 130429, 131056, 'endpoint']) {
			await set({ rateLimitError });
			await stage.control('post', '/faults', { kind: 'rateLimited' });
			refusals.push(await call('get', '/groups'));
		}
		expect(refusals).toEqual([
			meta(131208, 429),
			meta(130429, 429),
			meta(131056, 400),
			hub(400, 'You have exceeded the endpoint rate limit.'),
		]);
	});

	it('are 500 and 502 when it fails', async () => {
		await stage.control('post', '/faults', [{ kind: 'serverError' }, { kind: 'unavailable' }]);
		expect(await call('get', '/groups')).toEqual(hub(500, 'Internal server error'));
		expect(await call('get', '/groups')).toEqual(hub(502, 'Bad gateway'));
	});
});

describe('creating a 360dialog group', () => {
	const create = (body: Json) => call('post', '/groups', { ...whatsapp, ...body });

	it('only answers that it was asked for; the group comes later', async () => {
		expect(await create({ subject: '  Tea  ', description: 'Leaves' })).toEqual({
			status: 200,
			data: { messaging_product: 'whatsapp', request_id: expect.any(String) },
		});
		expect(await subjects()).not.toContain('Tea');
		await pause(350);
		const { data } = (await call('get', '/groups')).data;
		expect(data.groups.at(-1)).toEqual({
			id: expect.stringMatching(/ZD$/),
			subject: 'Tea',
			created_at: expect.stringMatching(/^\d{10}$/),
		});
		expect(await fieldsOf(data.groups.at(-1).id, 'description,join_approval_mode')).toMatchObject({
			description: 'Leaves',
			join_approval_mode: 'auto_approve',
		});
	});

	it('takes as long as it is set to', async () => {
		await set({ creationDelayMs: 0 });
		await create({ subject: 'Now' });
		expect(await subjects()).toContain('Now');
	});

	it('can fail later without a trace in the answer', async () => {
		await set({ creationDelayMs: 0 });
		await stage.control('post', '/dialog360/creation-failures', { code: 131211 });
		expect((await create({ subject: 'Lost' })).status).toBe(200);
		expect((await create({ subject: 'Found' })).status).toBe(200);
		expect(await subjects()).toEqual(expect.not.arrayContaining(['Lost']));
		expect(await subjects()).toContain('Found');
	});

	it.each([
		['no product', 100, { messaging_product: undefined, subject: 'Tea' }],
		['no subject', 100, {}],
		['a subject that is no text', 100, { subject: 5 }],
		['a blank subject', 131009, { subject: '   ' }],
		['129 characters', 131009, { subject: 'x'.repeat(129) }],
		['a long description', 131009, { subject: 'Tea', description: 'x'.repeat(2049) }],
		['an unknown approval mode', 131009, { subject: 'Tea', join_approval_mode: 'auto' }],
		['a boolean approval mode', 100, { subject: 'Tea', join_approval_mode: true }],
	])('is refused with %s: %i', async (_, code, body) => {
		expect(await create(body)).toEqual(meta(code));
		expect(await subjects()).toHaveLength(3);
	});

	it('is refused from a body that is not JSON', async () => {
		const form = { headers: { 'Content-Type': 'application/x-www-form-urlencoded' } };
		expect(await call('post', '/groups', 'subject=Tea', form)).toEqual(meta(100));
	});

	it('is refused when the number has all it may have, or may not create', async () => {
		await set({ groupLimit: 3 });
		expect(await create({ subject: 'Tea' })).toEqual(meta(131211));
		await set({ groupLimit: 9, creationDisabled: true });
		expect(await create({ subject: 'Tea' })).toEqual(meta(131214));
	});
});

describe('listing 360dialog groups', () => {
	it('gives an object with groups in it, and cursors', async () => {
		expect(await call('get', '/groups')).toEqual({
			status: 200,
			data: {
				data: {
					groups: [
						{ id: purchases, subject: 'New Purchase Inquiry', created_at: '1755548877' },
						{ id: watches, subject: 'Watch Enthusiasts', created_at: '1757000000' },
						{ id: testers, subject: 'Beta testers', created_at: '1758000000' },
					],
				},
				paging: { cursors: { before: expect.any(String), after: expect.any(String) } },
			},
		});
	});

	it('pages by cursor, forth and back, with links that lead to Meta', async () => {
		const first = (await call('get', '/groups?limit=2')).data;
		expect(first.data.groups.map(({ id }: Json) => id)).toEqual([purchases, watches]);
		expect(first.paging.previous).toBeUndefined();
		expect(first.paging.next).toBe(
			`https://graph.facebook.com/v25.0/106540352242922/groups?limit=2&after=${first.paging.cursors.after}`,
		);
		const last = (await call('get', `/groups?limit=2&after=${first.paging.cursors.after}`)).data;
		expect(last.data.groups.map(({ id }: Json) => id)).toEqual([testers]);
		expect(last.paging.next).toBeUndefined();
		const { before } = last.paging.cursors;
		const back = (await call('get', `/groups?limit=1&before=${before}`)).data;
		expect(back.data.groups.map(({ id }: Json) => id)).toEqual([watches]);
		expect(back.paging.previous).toContain('limit=1&before=');
	});

	it('has 25 on a page unless told otherwise', async () => {
		for (let index = 0; index < 30; index += 1) await arrange({ subject: `Group ${index}` });
		expect(await subjects()).toHaveLength(25);
		expect(await subjects('?limit=1024')).toHaveLength(33);
	});

	it('leaves paging out when there is nothing', async () => {
		for (const id of [purchases, watches, testers]) await call('delete', `/groups/${id}`);
		expect(await call('get', '/groups')).toEqual({ status: 200, data: { data: { groups: [] } } });
	});

	it.each([
		['limit=0', 131009],
		['limit=1025', 131009],
		['limit=many', 131009],
		['after=MTIzNDU2', 131059],
		['before=nonsense', 131059],
		['after=', 131059],
	])('refuses ?%s with %i', async (query, code) => {
		expect(await call('get', `/groups?${query}`)).toEqual(meta(code));
	});

	it('refuses cursors that have expired', async () => {
		const { after } = (await call('get', '/groups?limit=1')).data.paging.cursors;
		await stage.control('post', '/dialog360/expire-cursors');
		expect(await call('get', `/groups?after=${after}`)).toEqual(meta(131059));
	});
});

describe('reading a 360dialog group', () => {
	it('gives hardly anything without fields', async () => {
		expect(await call('get', `/groups/${watches}`)).toEqual({
			status: 200,
			data: { messaging_product: 'whatsapp', id: watches },
		});
	});

	it('gives the fields it is asked for; who hides their number has an id of another kind', async () => {
		const fields =
			'subject,description,participants,join_approval_mode,suspended,creation_timestamp,total_participant_count';
		expect(await fieldsOf(watches, fields)).toEqual({
			messaging_product: 'whatsapp',
			id: watches,
			subject: 'Watch Enthusiasts',
			description: 'Everything that ticks',
			participants: [
				{ wa_id: '17865347866' },
				{ wa_id: '447700900456' },
				{ user_id: 'US.13491208655302741918', username: '@carladias' },
			],
			join_approval_mode: 'auto_approve',
			suspended: false,
			creation_timestamp: 1757000000,
			total_participant_count: 3,
		});
	});

	it('leaves out a description that was never set', async () => {
		expect(await fieldsOf(testers, 'description')).not.toHaveProperty('description');
	});

	it('refuses fields that there are not, also those of every object', async () => {
		expect(await call('get', `/groups/${watches}?fields=subject,picture`)).toEqual(meta(100));
		expect(await call('get', `/groups/${watches}?fields=constructor`)).toEqual(meta(100));
	});
});

describe('a 360dialog group that is unknown or suspended', () => {
	const calls: Array<[string, string, Json | undefined]> = [
		['post', '', { ...whatsapp, subject: 'x' }],
		['post', '/invite_link', whatsapp],
		['delete', '/participants', { ...whatsapp, participants: [{ user: '17865347866' }] }],
		['post', '/join_requests', { ...whatsapp, join_requests: ['x'] }],
		['delete', '/join_requests', { ...whatsapp, join_requests: ['x'] }],
	];
	const reads: Array<[string, string, Json | undefined]> = [
		['get', '', undefined],
		['get', '/invite_link', undefined],
		['get', '/join_requests', undefined],
	];

	it.each([...calls, ...reads, ['delete', '', undefined] as const])(
		'answers 131041 when unknown: %s %s',
		async (method, path, body) => {
			expect(await call(method, `/groups/${unknown}${path}`, body)).toEqual(meta(131041));
		},
	);

	it.each(calls)('answers 131207 when suspended: %s %s', async (method, path, body) => {
		await people('suspend');
		expect(await call(method, `/groups/${watches}${path}`, body)).toEqual(meta(131207, 403));
	});

	it('can be read, listed and deleted while it is suspended', async () => {
		await people('suspend');
		expect(await fieldsOf(watches, 'suspended')).toMatchObject({ suspended: true });
		expect(await subjects()).toContain('Watch Enthusiasts');
		expect((await call('delete', `/groups/${watches}`)).status).toBe(200);
	});

	it('works again once the suspension is lifted', async () => {
		await people('suspend');
		await people('clear-suspension');
		expect((await call('post', `/groups/${watches}/invite_link`, whatsapp)).status).toBe(200);
		expect((await tryPeople('clear-suspension')).status).toBe(409);
	});
});

describe('changing a 360dialog group', () => {
	const update = (body: unknown, more?: AxiosRequestConfig) =>
		call('post', `/groups/${watches}`, body, more);

	it('changes subject and description', async () => {
		expect(await update({ ...whatsapp, subject: ' Clocks ', description: '' })).toEqual({
			status: 200,
			data: { success: true },
		});
		expect(await fieldsOf(watches, 'subject,description')).toMatchObject({
			subject: 'Clocks',
			description: '',
		});
	});

	it.each([
		['empty', ''],
		['success', { success: true }],
		['requestId', { messaging_product: 'whatsapp', request_id: expect.any(String) }],
	])('answers what nobody documents as it is set to: %s', async (changeAnswer, data) => {
		await set({ changeAnswer });
		expect(await update({ ...whatsapp, subject: 'Clocks' })).toEqual({ status: 200, data });
	});

	it('can take effect later', async () => {
		await set({ changeDelayMs: 60 });
		await update({ ...whatsapp, subject: 'Clocks' });
		expect(await subjects()).not.toContain('Clocks');
		await pause(90);
		expect(await subjects()).toContain('Clocks');
	});

	it.each([
		['nothing', whatsapp, 100],
		['no product', { subject: 'x' }, 100],
		['an empty subject', { ...whatsapp, subject: ' ' }, 131009],
		['129 characters', { ...whatsapp, subject: 'x'.repeat(129) }, 131009],
		['a long description', { ...whatsapp, description: 'x'.repeat(2049) }, 131009],
		['a picture by name', { ...whatsapp, profile_picture_file: 'a.jpg' }, 100],
	])('refuses %s', async (_, body, code) => {
		expect(await update(body)).toEqual(meta(code));
	});

	const picture = (bytes: Buffer, type = 'image/jpeg', field = 'file', product = 'whatsapp') => {
		const form = new FormData();
		form.set('messaging_product', product);
		form.set(field, new Blob([new Uint8Array(bytes)], { type }), 'picture.jpg');
		return form;
	};
	const square = (size: number) => mosaicJpeg(size, size, () => [0, 90, 160]);

	it('sets a square JPEG as picture', async () => {
		expect(await update(picture(square(192)))).toEqual({ status: 200, data: { success: true } });
		const { dialog360 } = await stage.control<Json>('get', '/state');
		expect(dialog360.groups[1].picture).toEqual({
			mimeType: 'image/jpeg',
			sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
			bytes: square(192).length,
		});
	});

	it.each([
		['is not square', picture(mosaicJpeg(300, 200, () => [0, 0, 0])), 131209],
		['is too small', picture(square(184)), 131210],
		['says it is a PNG', picture(square(200), 'image/png'), 131009],
		['is no JPEG', picture(Buffer.from('GIF89a')), 131009],
		['is too large', picture(Buffer.concat([square(200), Buffer.alloc(5 * 1024 * 1024)])), 131009],
		['is in another field', picture(square(200), 'image/jpeg', 'profile_picture_file'), 100],
		['is for another product', picture(square(200), 'image/jpeg', 'file', 'telegram'), 100],
	])('refuses a picture that %s', async (_, form, code) => {
		expect(await update(form)).toEqual(meta(code));
	});

	it('deletes it', async () => {
		expect(await call('delete', `/groups/${watches}`)).toEqual({
			status: 200,
			data: { success: true },
		});
		expect(await call('get', `/groups/${watches}`)).toEqual(meta(131041));
	});
});

describe('360dialog invite links', () => {
	const link = async (method: 'get' | 'post') => {
		const body = method === 'post' ? whatsapp : undefined;
		const { data } = await call(method, `/groups/${watches}/invite_link`, body);
		expect(data).toEqual({ ...whatsapp, invite_link: expect.any(String) });
		return data.invite_link as string;
	};

	it('are there from the start and die when they are reset', async () => {
		const first = await link('get');
		expect(first).toMatch(/^https:\/\/chat\.whatsapp\.com\/[A-Za-z0-9]{22}$/);
		const second = await link('post');
		expect(second).not.toBe(first);
		expect(await link('get')).toBe(second);
		const late = await tryPeople('join', { phone: '16505550000', link: first });
		expect(late).toMatchObject({ status: 409, data: { error: expect.stringMatching(/^link: /) } });
		await people('join', { phone: '16505550000', link: second });
	});

	it('are not reset without the product', async () => {
		expect(await call('post', `/groups/${watches}/invite_link`, {})).toEqual(meta(100));
		expect(await call('post', `/groups/${watches}/invite_link`)).toEqual(meta(100));
	});
});

describe('360dialog participants', () => {
	const remove = (users: unknown[], groupId = watches) =>
		call('delete', `/groups/${groupId}/participants`, {
			...whatsapp,
			participants: users.map((user) => ({ user })),
		});
	const accepted = {
		status: 200,
		data: { messaging_product: 'whatsapp', request_id: expect.any(String) },
	};
	const count = async (groupId = watches) =>
		(await fieldsOf(groupId, 'total_participant_count')).total_participant_count;

	it('are removed by number, with and without plus, and by id', async () => {
		expect(await remove(['+17865347866', '447700900456', 'US.13491208655302741918'])).toEqual(
			accepted,
		);
		expect(await count()).toBe(0);
	});

	it('are removed even when others named are not there, which the answer does not tell', async () => {
		expect(await remove(['17865347866', '16505550000'])).toEqual(accepted);
		expect(await remove(['16505550000'])).toEqual(accepted);
		expect(await count()).toBe(2);
	});

	it('cannot come back by link', async () => {
		await remove(['17865347866']);
		expect(await tryPeople('join', { phone: '17865347866' })).toMatchObject({ status: 409 });
	});

	it.each([
		['nobody', [], 131009],
		['somebody twice', ['17865347866', '+17865347866'], 131202],
		['nine', Array.from({ length: 9 }, (_, index) => `1650555000${index}`), 131204],
		['a name', ['Ana'], 131009],
		['a number that is no text', [17865347866], 100],
	])('stay when the call names %s', async (_, users, code) => {
		expect(await remove(users)).toEqual(meta(code));
		expect(await count()).toBe(3);
	});

	it('are eight at most', async () => {
		for (let index = 0; index < 5; index += 1) {
			await people('join', { phone: `1650555000${index}` });
		}
		expect(await tryPeople('join', { phone: '16505550009' })).toMatchObject({
			status: 409,
			data: { error: expect.stringContaining('full') },
		});
		expect(await count()).toBe(8);
	});
});

describe('360dialog join requests', () => {
	const path = `/groups/${purchases}/join_requests`;
	const ids = async () =>
		(await call('get', path)).data.data.map((request: Json) => request.join_request_id) as string[];
	const decide = (method: 'post' | 'delete', requests: unknown) =>
		call(method, path, { ...whatsapp, join_requests: requests });
	const issue = (code: number) => ({
		code,
		message: expect.stringMatching(`^\\(#${code}\\) `),
		title: expect.any(String),
		error_data: { details: expect.any(String) },
	});

	it('are listed as an array', async () => {
		expect(await call('get', path)).toEqual({
			status: 200,
			data: {
				data: ['16505555678', '4915112345678'].map((wa_id) => ({
					join_request_id: expect.any(String),
					wa_id,
					creation_timestamp: expect.stringMatching(/^\d{10}$/),
				})),
				paging: { cursors: { before: expect.any(String), after: expect.any(String) } },
			},
		});
	});

	it('are paged by cursor', async () => {
		const first = (await call('get', `${path}?limit=1`)).data;
		const second = (await call('get', `${path}?limit=1&after=${first.paging.cursors.after}`)).data;
		expect(second.data).toMatchObject([{ wa_id: '4915112345678' }]);
		expect(await call('get', `${path}?after=nonsense`)).toEqual(meta(131059));
	});

	it('are none where everybody is let in', async () => {
		expect(await call('get', `/groups/${watches}/join_requests`)).toEqual({
			status: 200,
			data: { data: [] },
		});
	});

	it('let people in when approved', async () => {
		const all = await ids();
		expect(await decide('post', all)).toEqual({
			status: 200,
			data: { messaging_product: 'whatsapp', approved_join_requests: all },
		});
		expect(await ids()).toEqual([]);
		const { participants } = await fieldsOf(purchases, 'participants');
		expect(participants).toHaveLength(4);
	});

	it('go away when rejected, and people may ask again', async () => {
		const [first] = await ids();
		expect(await decide('delete', [first])).toEqual({
			status: 200,
			data: { messaging_product: 'whatsapp', rejected_join_requests: [first] },
		});
		await people('request', { phone: '16505555678' }, purchases);
		expect(await ids()).toHaveLength(2);
		expect(await ids()).not.toContain(first);
	});

	it('answer 206 when only some could be decided', async () => {
		const [first] = await ids();
		expect(await decide('post', [first, 'XYZ'])).toEqual({
			status: 206,
			data: {
				messaging_product: 'whatsapp',
				approved_join_requests: [first],
				failed_join_requests: [{ join_request_id: 'XYZ', errors: [issue(131213)] }],
				errors: [issue(131213)],
			},
		});
	});

	it('are an error when none of them exists', async () => {
		expect(await decide('post', ['XYZ'])).toEqual(meta(131213));
		expect(await decide('delete', ['XYZ'])).toEqual(meta(131213));
	});

	it('answer 200 with nothing but failures when people cannot be let in', async () => {
		const { joinRequest } = await people(
			'request',
			{ phone: '16505550001', hasNotAcceptedTerms: true },
			purchases,
		);
		expect(await decide('post', [joinRequest.id])).toMatchObject({
			status: 200,
			data: {
				approved_join_requests: [],
				failed_join_requests: [{ join_request_id: joinRequest.id, errors: [issue(131203)] }],
			},
		});
	});

	it('fail with 131204 once the group is full', async () => {
		for (let index = 0; index < 5; index += 1) {
			await people('request', { phone: `1650555000${index}` }, purchases);
		}
		const { status, data } = await decide('post', await ids());
		expect(status).toBe(206);
		expect(data.approved_join_requests).toHaveLength(6);
		expect(data.errors).toEqual([issue(131204)]);
	});

	it.each([
		['nothing', undefined, 100],
		['an empty list', [], 131009],
		['a text', 'XYZ', 100],
	])('are not decided by a call with %s', async (_, requests, code) => {
		expect(await decide('post', requests)).toEqual(meta(code));
		expect(await decide('delete', requests)).toEqual(meta(code));
	});
});

describe('sending through 360dialog', () => {
	const send = (body: Json) => call('post', '/messages', { ...whatsapp, ...body });
	const toGroup = { recipient_type: 'group', to: watches };
	const text = { type: 'text', text: { body: 'Hello' } };

	it('answers with the message’s id', async () => {
		expect(await send({ ...toGroup, ...text })).toEqual({
			status: 200,
			data: {
				messaging_product: 'whatsapp',
				contacts: [{ input: watches, wa_id: watches }],
				messages: [{ id: expect.stringMatching(/^wamid\./) }],
			},
		});
		const { data } = await send({ to: '+1 650 555 1234', ...text });
		expect(data.contacts).toEqual([{ input: '+1 650 555 1234', wa_id: '16505551234' }]);
	});

	it.each([
		['a group without recipient_type', { to: watches }, 131009],
		['a group as an individual', { to: watches, recipient_type: 'individual' }, 131009],
		['a number as a group', { to: '16505551234', recipient_type: 'group' }, 131009],
		['a kind that there is not', { ...toGroup, recipient_type: 'Group' }, 131009],
		['an unknown group', { to: unknown, recipient_type: 'group' }, 131041],
		['a group with nobody in it', { to: testers, recipient_type: 'group' }, 131020],
		['nobody', { recipient_type: 'group' }, 100],
	])('refuses %s', async (_, recipient, code) => {
		expect(await send({ ...recipient, ...text })).toEqual(meta(code));
	});

	it('refuses a suspended group', async () => {
		await people('suspend');
		expect(await send({ ...toGroup, ...text })).toEqual(meta(131207, 403));
	});

	it.each([
		['no type', { text: { body: 'Hi' } }, 131009],
		['a poll', { type: 'poll', poll: {} }, 131009],
		['a place', { type: 'location', location: { latitude: 1, longitude: 2 } }, 131009],
		['text without body', { type: 'text', text: {} }, 100],
		['empty text', { type: 'text', text: { body: '' } }, 131009],
		['4097 characters', { type: 'text', text: { body: 'x'.repeat(4097) } }, 131009],
		['an image from nowhere', { type: 'image', image: {} }, 131009],
		['an image that was never uploaded', { type: 'image', image: { id: '1' } }, 131009],
		['an image from two places', { type: 'image', image: { id: '1', link: 'https://x' } }, 131009],
		['an unknown template', { type: 'template', template: invite('none', watches) }, 132001],
	])('refuses %s', async (_, content, code) => {
		expect(await send({ ...toGroup, ...content })).toEqual(meta(code, code === 132001 ? 404 : 400));
	});

	it('takes media by link, and by id once it is uploaded', async () => {
		const link = {
			type: 'document',
			document: { link: 'https://x.test/a.pdf', filename: 'a.pdf' },
		};
		expect((await send({ ...toGroup, ...link })).status).toBe(200);
		const form = new FormData();
		form.set('messaging_product', 'whatsapp');
		form.set('file', new Blob(['abc'], { type: 'image/png' }), 'a.png');
		const { id } = (await call('post', '/media', form)).data;
		expect((await send({ ...toGroup, type: 'image', image: { id } })).status).toBe(200);
		const about = (await call('get', `/${id}`)).data;
		expect(about).toMatchObject({ id, mime_type: 'image/png', file_size: 3 });
		const { pathname, search, host } = new URL(about.url);
		expect(host).toBe('lookaside.fbsbx.com');
		expect((await call('get', pathname + search)).data).toBe('abc');
		expect(await call('delete', `/${id}`)).toEqual({ status: 200, data: { success: true } });
		expect(await call('get', `/${id}`)).toEqual(hub(404, 'Not found'));
	});

	it('pins up to three messages of the group', async () => {
		const sent: string[] = [];
		for (let index = 0; index < 4; index += 1) {
			sent.push((await send({ ...toGroup, ...text })).data.messages[0].id);
		}
		const pin = (content: Json) => send({ ...toGroup, type: 'pin', pin: content });
		for (const message_id of sent) {
			expect((await pin({ type: 'pin', message_id, expiration_days: 30 })).status).toBe(200);
		}
		await pin({ type: 'unpin', message_id: sent[2] });
		const { dialog360 } = await stage.control<Json>('get', '/state');
		expect(dialog360.groups[1].pinned).toEqual([sent[1], sent[3]]);
		expect(await pin({ type: 'pin', message_id: sent[0] })).toEqual(meta(100));
		expect(await pin({ type: 'pin', message_id: sent[0], expiration_days: 31 })).toEqual(
			meta(131009),
		);
		expect(await pin({ type: 'pin', message_id: 'wamid.x', expiration_days: 1 })).toEqual(
			meta(131009),
		);
	});
});

function invite(name: string, groupId: string) {
	return {
		name,
		language: { code: 'en_US' },
		components: [{ type: 'body', parameters: [{ type: 'group_id', group_id: groupId }] }],
	};
}

describe('360dialog templates', () => {
	const template = {
		name: 'come_in',
		category: 'UTILITY',
		language: 'en_US',
		library_template_name: 'group_invite_link',
		components: [],
	};
	const create = (body: Json) => call('post', '/v1/configs/templates', body);
	const send = (content: Json) =>
		call('post', '/messages', {
			...whatsapp,
			to: '16505551234',
			type: 'template',
			template: content,
		});

	it('are created from the library, listed and sent with a group’s id', async () => {
		expect(await create(template)).toMatchObject({ status: 201, data: template });
		const { data } = await call('get', '/v1/configs/templates');
		expect(data).toMatchObject({ waba_templates: [{ ...template, status: 'approved' }], total: 1 });
		expect((await send(invite('come_in', watches))).status).toBe(200);
		const { dialog360 } = await stage.control<Json>('get', '/state');
		expect(dialog360.messages.at(-1).inviteLink).toBe(dialog360.groups[1].inviteLink);
	});

	it('of invitations need a group that there is', async () => {
		await create(template);
		expect(await send(invite('come_in', unknown))).toEqual(meta(131041));
		expect(await send({ name: 'come_in', language: { code: 'en_US' } })).toEqual(meta(132000));
		expect(await send({ ...invite('come_in', watches), language: { code: 'de' } })).toEqual(
			meta(132001, 404),
		);
	});

	it('can be sent only once they are approved', async () => {
		const components = [{ type: 'BODY', text: 'Hi' }];
		const own = { name: 'own', category: 'MARKETING', language: 'en', components };
		expect(await create(own)).toMatchObject({ status: 201, data: { status: 'submitted' } });
		const message = { name: 'own', language: { code: 'en' } };
		expect(await send(message)).toEqual(meta(132001, 404));
		await stage.control('post', '/dialog360/templates/own/approve');
		expect((await send(message)).status).toBe(200);
	});

	it('have a name of their own in each language', async () => {
		await create(template);
		expect(await create(template)).toEqual(meta(100));
		expect((await create({ ...template, language: 'de' })).status).toBe(201);
	});

	it.each([
		['a name in capitals', { name: 'Come In' }, 131009],
		['no category', { category: undefined }, 100],
		['a category that there is not', { category: 'FUN' }, 131009],
		['a language that is none', { language: 'English' }, 131009],
		['an unknown library template', { library_template_name: 'other' }, 131009],
		['neither library nor body', { library_template_name: undefined }, 131009],
	])('are not created with %s', async (_, change, code) => {
		expect(await create({ ...template, ...change })).toEqual(meta(code));
	});
});

describe('a 360dialog number', () => {
	it('reports its health', async () => {
		await set({ canSendMessage: 'LIMITED' });
		const { data } = await call('get', '/health_status');
		expect(data).toMatchObject({
			health_status: { can_send_message: 'LIMITED', entities: { length: 4 } },
			id: '106540352242922',
		});
	});

	it('says why its number is blocked', async () => {
		await set({ canSendMessage: 'BLOCKED' });
		const { data } = await call('get', '/health_status');
		expect(data).toMatchObject({
			health_status: {
				entities: [{ errors: [{ error_code: 131031 }] }, {}, {}, {}],
			},
		});
	});

	it('has no groups at all where it is not eligible', async () => {
		await set({ groupsEligible: false });
		expect(await call('get', '/groups')).toEqual(meta(131215));
		expect((await call('get', '/health_status')).status).toBe(200);
	});

	it('has one webhook, and the last one set is it', async () => {
		const path = '/v1/configs/webhook';
		expect((await call('get', path)).data).toEqual({ url: '', headers: {} });
		await call('post', path, { url: 'https://a.test/x' });
		const webhook = { url: 'http://127.0.0.1:5678/webhook/x', headers: { 'X-Secret': 's' } };
		expect(await call('post', path, webhook)).toEqual({ status: 200, data: webhook });
		expect((await call('get', path)).data).toEqual(webhook);
	});

	it.each([
		'http://a.test/x',
		'https://a_b.test/x',
		'https://a.test:5678/x',
		'ftp://localhost',
		'x',
	])('refuses the webhook %s', async (url) => {
		expect(await call('post', '/v1/configs/webhook', { url })).toEqual(meta(131009));
	});
});

describe('people at a 360dialog group', () => {
	it.each([
		['join', { phone: '17865347866' }, watches],
		['join', { phone: '16505550000' }, purchases],
		['request', { phone: '16505550000' }, watches],
		['request', { phone: '16505555678' }, purchases],
		['request', { phone: '16505551234' }, purchases],
		['revoke-request', { phone: '16505550000' }, purchases],
		['leave', { phone: '16505550000' }, watches],
		['message', { phone: '16505550000', text: 'Hi' }, watches],
	])('cannot %s %j as things are', async (action, body, groupId) => {
		expect((await tryPeople(action, body, groupId)).status).toBe(409);
	});

	it('take their request back, leave, and hide their number', async () => {
		await people('revoke-request', { phone: '16505555678' }, purchases);
		await people('leave', { phone: '17865347866' });
		await people('join', { phone: '16505550000', username: '@sheena' });
		const { participants } = await fieldsOf(watches, 'participants');
		expect(participants.at(-1)).toEqual({
			user_id: expect.stringMatching(/^US\.\d{20}$/),
			username: '@sheena',
		});
		expect((await call('get', `/groups/${purchases}/join_requests`)).data.data).toHaveLength(1);
	});

	it('write', async () => {
		const message = { phone: '17865347866', type: 'document', fileName: 'a.pdf' };
		expect(await people('message', message)).toEqual({
			messageId: expect.stringMatching(/^wamid\./),
		});
	});
});
