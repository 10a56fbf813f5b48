import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AxiosRequestConfig, AxiosResponse } from 'axios';
import { mosaicJpeg } from '../../sandbox/shared/mosaicJpeg';
import { runningMeta } from './client';
import { purchases, testers, unknown, watches, whatsapp, whatsAppError } from './cloudApi';

const stage = runningMeta();
const waba = '102290129340398';
const shop = '106540352242922';
const events = '106540352242933';

/** An answer's body, whose shape the expectations tell. */
type Json = AxiosResponse['data'];

const request = async (method: string, url: string, data?: unknown, more?: AxiosRequestConfig) =>
	await stage.api().request<Json>({ method, url, data, ...more });
/** With the newest version before the path. */
const call = async (method: string, path: string, data?: unknown, more?: AxiosRequestConfig) => {
	const answer = await request(method, `/v26.0${path}`, data, more);
	return { status: answer.status, data: answer.data };
};
/** An error of Graph's own: nothing of WhatsApp in it. */
const graph = (code: number, status = 400, more: object = { type: 'OAuthException' }) => ({
	status,
	data: { error: { message: expect.any(String), code, fbtrace_id: expect.any(String), ...more } },
});
const unknownNode = graph(100, 400, {
	type: 'GraphMethodException',
	error_subcode: 33,
	message: expect.stringMatching(/^Unsupported \w+ request\. Object with ID '.+' does not exist, /),
});
const unsupported = (method: string) =>
	graph(100, 400, {
		type: 'GraphMethodException',
		message: expect.stringMatching(`^Unsupported ${method} request\\. Please read`),
	});
const unknownPath = (path: string) =>
	graph(2500, 400, { type: 'OAuthException', message: `Unknown path components: ${path}` });

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const set = (settings: Json) => stage.control<Json>('put', '/meta/settings', settings);
const people = (action: string, body?: unknown, groupId = watches) =>
	stage.control<Json>('post', `/meta/groups/${groupId}/${action}`, body);
const state = async () => (await stage.control<Json>('get', '/state')).meta;
const fieldsOf = async (id: string, fields: string) =>
	(await call('get', `/${id}?fields=${fields}`)).data;
const subjects = async (query = '', number = shop) =>
	(await call('get', `/${number}/groups${query}`)).data.data.groups.map(
		({ subject }: Json) => subject,
	);

describe('the account of Meta’s sandbox', () => {
	it('has the fields of the credential, and no more', () => {
		const { baseUrls, credentials, name } = stage.sandbox().accounts.meta;
		expect(name).toBe('Meta Cloud API');
		expect(Object.keys(baseUrls)).toEqual(['api']);
		expect(credentials).toEqual({
			accessToken: expect.stringMatching(/^EAA/),
			appSecret: expect.any(String),
			businessAccountId: waba,
			graphVersion: 'v26.0',
		});
	});
});

describe('a token at Graph', () => {
	const anonymous = async (headers: Record<string, string>, path = `/v26.0/${shop}/groups`) => {
		const url = `${stage.sandbox().accounts.meta.baseUrls.api}${path}`;
		const { status, data, headers: answered } = await stage.anonymous().get(url, { headers });
		return { status, data: data as unknown, challenge: answered['www-authenticate'] as unknown };
	};

	it('is asked for: 104 with 400 when it is missing', async () => {
		expect(await anonymous({})).toEqual({
			...graph(104),
			challenge: expect.stringContaining('invalid_request'),
		});
		expect(await anonymous({ Authorization: 'Basic eDp5' })).toMatchObject(graph(104));
	});

	it('is 190 with 401 when it is wrong', async () => {
		expect(await anonymous({ Authorization: 'Bearer EAAx' })).toEqual({
			...graph(190, 401),
			challenge: expect.stringContaining('invalid_token'),
		});
	});

	it('is 190 with subcode 463 when it has expired', async () => {
		await set({ tokenExpired: true });
		expect(await call('get', `/${shop}`)).toEqual(
			graph(190, 401, { type: 'OAuthException', error_subcode: 463 }),
		);
	});

	it('may stand in the query', async () => {
		const { accessToken } = stage.sandbox().accounts.meta.credentials;
		const path = `/v26.0/${shop}/groups?access_token=${accessToken}`;
		expect((await anonymous({}, path)).status).toBe(200);
	});

	const text = { ...whatsapp, to: '16505551234', type: 'text', text: { body: 'Hi' } };

	it.each([
		['get', `/${shop}/groups`, 10],
		['post', `/${shop}/groups`, 10],
		['get', `/${watches}`, 10],
		['delete', `/${watches}/participants`, 10],
		['post', `/${shop}/messages`, 200],
	])('needs messaging for %s %s: %i', async (method, path, code) => {
		await set({ permissions: ['whatsapp_business_management'] });
		expect(await call(method, path, path.endsWith('messages') ? text : undefined)).toEqual(
			graph(code, 403),
		);
		expect((await call('get', `/${waba}/phone_numbers`)).status).toBe(200);
	});

	it.each([
		['get', `/${waba}`, 10],
		['get', `/${waba}/phone_numbers`, 10],
		['post', `/${waba}/subscribed_apps`, 200],
		['get', `/${waba}/message_templates`, 10],
		['get', '/message_template_library', 10],
		['post', `/${shop}`, 200],
	])('needs management for %s %s: %i', async (method, path, code) => {
		await set({ permissions: ['whatsapp_business_messaging'] });
		expect(await call(method, path)).toEqual(graph(code, 403));
		expect((await call('get', `/${shop}/groups`)).status).toBe(200);
	});

	it('needs either to read a number', async () => {
		for (const permission of ['whatsapp_business_messaging', 'whatsapp_business_management']) {
			await set({ permissions: [permission] });
			expect((await call('get', `/${shop}`)).status).toBe(200);
		}
		await set({ permissions: [] });
		expect(await call('get', `/${shop}`)).toEqual(graph(10, 403));
	});

	it('tells of itself what it may do (§4.3.13)', async () => {
		const { accessToken } = stage.sandbox().accounts.meta.credentials;
		await set({ permissions: ['whatsapp_business_messaging'] });
		expect(await call('get', `/debug_token?input_token=${accessToken}`)).toMatchObject({
			status: 200,
			data: { data: { is_valid: true, scopes: ['whatsapp_business_messaging'] } },
		});
		expect(await call('get', '/debug_token?input_token=x')).toMatchObject({
			data: { data: { is_valid: false, error: { code: 190 } } },
		});
	});
});

describe('versions of Graph', () => {
	const versionOf = async (prefix: string) => {
		const { status, headers } = await request('get', `${prefix}/${shop}/groups`);
		return [status, headers['facebook-api-version']];
	};

	it.each(['v23.0', 'v24.0', 'v25.0', 'v26.0'])('answer as asked: %s', async (version) => {
		expect(await versionOf(`/${version}`)).toEqual([200, version]);
		const { paging } = (await request('get', `/${version}/${shop}/groups?limit=1`)).data;
		expect(paging.next).toContain(`https://graph.facebook.com/${version}/${shop}/groups?`);
	});

	it('that have expired, and none at all, are served as the oldest in use', async () => {
		expect(await versionOf('/v19.0')).toEqual([200, 'v23.0']);
		expect(await versionOf('')).toEqual([200, 'v23.0']);
	});

	it('still to come are no versions, whatever the token', async () => {
		const { status, data } = await request('get', `/v99.0/${shop}/groups?limit=2`, undefined, {
			headers: { Authorization: 'Bearer x' },
		});
		expect({ status, data }).toEqual(unknownPath(`/${shop}/groups`));
	});

	it('are nothing without a node', async () => {
		expect(await call('get', '')).toEqual(unsupported('get'));
		expect(await call('post', '/')).toEqual(unsupported('post'));
	});
});

describe('what Graph has not', () => {
	it.each([
		['get', '/123'],
		['post', '/123/messages'],
		['delete', '/__proto__'],
		['get', '/me'],
		['get', '/Y2FwaV9'],
		['delete', `/${shop}`],
		['post', `/${waba}`],
	])('as a node, or on a node by itself: %s %s', async (method, path) => {
		expect(await call(method, path)).toEqual(unknownNode);
	});

	it('as an edge', async () => {
		expect(await call('get', `/${shop}/members`)).toEqual(unknownPath('/members'));
		expect(await call('post', `/${watches}/leave`)).toEqual(unknownPath('/leave'));
		expect(await call('get', `/${waba}/groups`)).toEqual(unknownPath('/groups'));
	});

	it.each([
		['post', `/${watches}/participants`],
		['get', `/${watches}/participants`],
		['delete', `/${shop}/groups`],
		['get', `/${shop}/messages`],
		['post', `/${waba}/phone_numbers`],
	])('as a method of an edge: %s %s', async (method, path) => {
		const body = { ...whatsapp, participants: [{ user: '+16505550000' }] };
		expect(await call(method, path, method === 'get' ? undefined : body)).toEqual(
			unsupported(method),
		);
	});

	it('says its trace in a header too, and takes ids that are no ASCII', async () => {
		const { headers, data } = await request('get', '/v26.0/gr%C3%BC%C3%9Fe%22');
		expect(headers['x-fb-trace-id']).toBe(data.error.fbtrace_id);
		expect(headers['www-authenticate']).toMatch(/^OAuth "Facebook Platform" "invalid_request" /);
		expect((await call('get', '/%E0%A4%A')).status).toBe(400);
	});

	it('is a group that is unknown, in WhatsApp’s words or in Graph’s', async () => {
		expect(await call('get', `/${unknown}`)).toEqual(whatsAppError(131041));
		await set({ unknownGroup: 'unsupported' });
		expect(await call('get', `/${unknown}/invite_link`)).toEqual(unknownNode);
		await call('delete', `/${watches}`);
		expect(await call('get', `/${watches}`)).toEqual(unknownNode);
	});
});

describe('Graph refuses', () => {
	it.each([
		[4, graph(4, 400, { type: 'OAuthException', is_transient: true })],
		[80007, graph(80007, 400, { type: 'OAuthException', is_transient: true })],
		[130429, whatsAppError(130429, 429)],
		[131056, whatsAppError(131056)],
		[131208, whatsAppError(131208, 429)],
	])('what is too much with %i', async (rateLimitError, answer) => {
		await set({ rateLimitError });
		await stage.control('post', '/faults', { kind: 'rateLimited', retryAfterSeconds: 7 });
		const { status, data, headers } = await request('get', `/v26.0/${shop}/groups`);
		expect({ status, data }).toEqual(answer);
		expect(headers).toMatchObject({
			'retry-after': '7',
			'x-app-usage': expect.stringContaining('"call_count":100'),
		});
	});

	it('with 1 and 2 when it fails', async () => {
		await stage.control('post', '/faults', [{ kind: 'serverError' }, { kind: 'unavailable' }]);
		const transient = { type: 'OAuthException', is_transient: true };
		expect(await call('get', `/${shop}`)).toEqual(graph(1, 500, transient));
		expect(await call('get', `/${shop}`)).toEqual(graph(2, 503, transient));
	});
});

describe('a WhatsApp Business Account', () => {
	it('lists its numbers', async () => {
		const { data } = await call('get', `/${waba}/phone_numbers`);
		expect(data).toEqual({
			data: [
				{
					id: shop,
					display_phone_number: '+1 555-078-3881',
					verified_name: 'Lucky Shrub',
					quality_rating: 'GREEN',
					code_verification_status: 'VERIFIED',
					platform_type: 'CLOUD_API',
					throughput: { level: 'STANDARD' },
					webhook_configuration: {},
				},
				expect.objectContaining({ id: events, display_phone_number: '+1 555-078-3882' }),
			],
			paging: { cursors: { before: expect.any(String), after: expect.any(String) } },
		});
	});

	it('lists them by page and with the fields that are asked for', async () => {
		await set({ unofficialNumbers: [events] });
		const path = `/${waba}/phone_numbers?fields=is_official_business_account&limit=1`;
		const first = (await call('get', path)).data;
		expect(first.data).toEqual([{ id: shop, is_official_business_account: true }]);
		const second = (await call('get', `${path}&after=${first.paging.cursors.after}`)).data;
		expect(second.data).toEqual([{ id: events, is_official_business_account: false }]);
		expect(second.paging).not.toHaveProperty('next');
	});

	it('tells of itself', async () => {
		expect((await call('get', `/${waba}`)).data).toMatchObject({ id: waba, name: 'Lucky Shrub' });
		expect(await fieldsOf(waba, 'name,health_status')).toMatchObject({
			id: waba,
			health_status: { entities: [{ entity_type: 'WABA', id: waba }, {}, {}] },
		});
		expect(await call('get', `/${waba}?fields=phone`)).toEqual(graph(100));
	});
});

describe('a number at Meta', () => {
	it('gives the fields it is asked for, and its id', async () => {
		expect(await fieldsOf(shop, 'verified_name, name_status')).toEqual({
			id: shop,
			verified_name: 'Lucky Shrub',
			name_status: 'APPROVED',
		});
		expect(await fieldsOf(shop, 'is_official_business_account')).toEqual({
			id: shop,
			is_official_business_account: true,
		});
	});

	it('has some unasked', async () => {
		const { data } = await call('get', `/${shop}`);
		expect(data).toMatchObject({ id: shop, display_phone_number: '+1 555-078-3881' });
		expect(data).not.toHaveProperty('is_official_business_account');
	});

	it('refuses fields that there are not, also those of every object', async () => {
		expect(await call('get', `/${shop}?fields=id,colour`)).toEqual(
			graph(100, 400, {
				type: 'OAuthException',
				message:
					'(#100) Tried accessing nonexisting field (colour) on node type (WhatsAppBusinessPhoneNumber)',
			}),
		);
		expect(await call('get', `/${shop}?fields=constructor`)).toEqual(graph(100));
	});

	it('reports its health', async () => {
		await set({ canSendMessage: 'BLOCKED' });
		expect((await fieldsOf(shop, 'health_status')).health_status).toMatchObject({
			can_send_message: 'BLOCKED',
			entities: [
				{ entity_type: 'PHONE_NUMBER', id: shop, errors: [{ error_code: 131031 }] },
				{ entity_type: 'WABA', id: waba },
				{ entity_type: 'BUSINESS' },
				{ entity_type: 'APP' },
			],
		});
	});
});

describe('a number that is no Official Business Account', () => {
	beforeEach(() => set({ unofficialNumbers: [shop] }));

	it.each([
		['get', `/${shop}/groups`, undefined],
		['get', `/${shop}/groups/`, undefined],
		['post', `/${shop}/groups`, { ...whatsapp, subject: 'Tea' }],
		['get', `/${watches}`, undefined],
		['delete', `/${watches}`, undefined],
		['get', `/${watches}/invite_link`, undefined],
		[
			'post',
			`/${shop}/messages`,
			{ ...whatsapp, recipient_type: 'group', to: watches, type: 'text', text: { body: 'Hi' } },
		],
	])('has no groups: %s %s', async (method, path, body) => {
		expect(await call(method, path, body)).toEqual(whatsAppError(131215));
	});

	it('can send to people, and says so of itself although its name is approved', async () => {
		const text = { ...whatsapp, to: '+1 650 555 1234', type: 'text', text: { body: 'Hi' } };
		expect((await call('post', `/${shop}/messages`, text)).status).toBe(200);
		expect(await fieldsOf(shop, 'is_official_business_account,name_status')).toEqual({
			id: shop,
			is_official_business_account: false,
			name_status: 'APPROVED',
		});
		expect((await call('get', `/${events}/groups`)).status).toBe(200);
		await set({ groupsEligible: false });
		expect(await call('get', `/${events}/groups`)).toEqual(whatsAppError(131215));
	});
});

describe('two numbers of one account', () => {
	it('have groups of their own', async () => {
		expect(await subjects('', shop)).toEqual([
			'New Purchase Inquiry',
			'Watch Enthusiasts',
			'Beta testers',
		]);
		expect(await subjects('', events)).toEqual(['Garden Fair', 'Volunteers']);
	});

	it('create, and send to, no groups of each other', async () => {
		await set({ creationDelayMs: 0 });
		await call('post', `/${events}/groups`, { ...whatsapp, subject: 'Tea' });
		expect(await subjects('', events)).toContain('Tea');
		expect(await subjects('', shop)).not.toContain('Tea');
		const text = { ...whatsapp, recipient_type: 'group', type: 'text', text: { body: 'Hi' } };
		expect(await call('post', `/${events}/messages`, { ...text, to: watches })).toEqual(
			whatsAppError(131041),
		);
		expect((await call('post', `/${shop}/messages`, { ...text, to: watches })).status).toBe(200);
	});

	it('have limits and failures of their own, and media', async () => {
		await set({ creationDelayMs: 0, groupLimit: 3 });
		const create = (number: string, subject: string) =>
			call('post', `/${number}/groups`, { ...whatsapp, subject });
		expect(await create(shop, 'Tea')).toEqual(whatsAppError(131211));
		await stage.control('post', '/meta/creation-failures', { phoneNumberId: events });
		expect((await create(events, 'Lost')).status).toBe(200);
		expect((await create(events, 'Found')).status).toBe(200);
		expect(await subjects('', events)).toEqual(['Garden Fair', 'Volunteers', 'Found']);
	});
});

describe('a group at Meta', () => {
	it('is only asked for; it comes later (§4.3.1)', async () => {
		const body = { ...whatsapp, subject: ' Tea ', join_approval_mode: 'approval_required' };
		expect(await call('post', `/${shop}/groups`, body)).toEqual({
			status: 200,
			data: { messaging_product: 'whatsapp', request_id: expect.any(String) },
		});
		expect(await subjects()).not.toContain('Tea');
		await pause(350);
		expect(await subjects()).toContain('Tea');
	});

	it('cannot be asked for without subject or product', async () => {
		expect(await call('post', `/${shop}/groups`, whatsapp)).toEqual(whatsAppError(100));
		expect(await call('post', `/${shop}/groups`, { subject: 'Tea' })).toEqual(whatsAppError(100));
		expect(await call('post', `/${shop}/groups`, { ...whatsapp, subject: ' ' })).toEqual(
			whatsAppError(131009),
		);
	});

	it('is listed by page, with links that have the token in them (§4.3.2)', async () => {
		const { accessToken } = stage.sandbox().accounts.meta.credentials;
		const first = (await call('get', `/${shop}/groups?limit=2`)).data;
		expect(first.data.groups.map(({ id }: Json) => id)).toEqual([purchases, watches]);
		const { cursors, next } = first.paging;
		expect(next).toBe(
			`https://graph.facebook.com/v26.0/${shop}/groups?access_token=${accessToken}&limit=2&after=${cursors.after}`,
		);
		await set({ pagingToken: false });
		const last = (await call('get', `/${shop}/groups?limit=2&after=${cursors.after}`)).data;
		expect(last.data.groups.map(({ id }: Json) => id)).toEqual([testers]);
		expect(last.paging.previous).toBe(
			`https://graph.facebook.com/v26.0/${shop}/groups?limit=2&before=${last.paging.cursors.before}`,
		);
		expect(last.paging).not.toHaveProperty('next');
	});

	it('refuses cursors that have expired', async () => {
		const { after } = (await call('get', `/${shop}/groups?limit=1`)).data.paging.cursors;
		await stage.control('post', '/meta/expire-cursors');
		expect(await call('get', `/${shop}/groups?after=${after}`)).toEqual(whatsAppError(131059));
	});

	it('gives hardly anything without fields (§4.3.3)', async () => {
		expect(await call('get', `/${watches}`)).toEqual({
			status: 200,
			data: { messaging_product: 'whatsapp', id: watches },
		});
		expect(await fieldsOf(watches, 'subject,total_participant_count,suspended')).toEqual({
			messaging_product: 'whatsapp',
			id: watches,
			subject: 'Watch Enthusiasts',
			total_participant_count: 3,
			suspended: false,
		});
	});

	it('shows who hides their number by another id (§4.5.7)', async () => {
		expect((await fieldsOf(watches, 'participants')).participants).toEqual([
			{ wa_id: '17865347866' },
			{ wa_id: '447700900456' },
			{ user_id: 'US.13491208655302741918', username: '@carladias' },
		]);
	});

	it('has a link that can be reset (§4.3.4)', async () => {
		const before = (await call('get', `/${watches}/invite_link`)).data;
		expect(before).toEqual({
			messaging_product: 'whatsapp',
			invite_link: expect.stringMatching(/^https:\/\/chat\.whatsapp\.com\/\w{22}$/),
		});
		const { data: after } = await call('post', `/${watches}/invite_link`, whatsapp);
		expect(after.invite_link).not.toBe(before.invite_link);
		expect((await call('get', `/${watches}/invite_link`)).data).toEqual(after);
	});

	it('has a link that can be revoked, if the OpenAPI is right (§8)', async () => {
		const { data: before } = await call('get', `/${watches}/invite_link`);
		expect(await call('delete', `/${watches}/invite_link`)).toEqual({
			status: 200,
			data: { success: true },
		});
		const { data: after } = await call('get', `/${watches}/invite_link`);
		expect(after.invite_link).not.toBe(before.invite_link);
		await set({ revokeLink: false });
		expect(await call('delete', `/${watches}/invite_link`)).toEqual(unsupported('delete'));
		expect((await call('get', `/${watches}/invite_link`)).data).toEqual(after);
	});

	it('can be changed (§4.3.8), also its picture', async () => {
		expect(await call('post', `/${watches}`, { ...whatsapp, subject: 'Clocks' })).toEqual({
			status: 200,
			data: { success: true },
		});
		const form = new FormData();
		form.set('messaging_product', 'whatsapp');
		const bytes = mosaicJpeg(192, 192, () => [0, 90, 160]);
		form.set('file', new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' }), 'picture.jpg');
		expect((await call('post', `/${watches}`, form)).status).toBe(200);
		expect((await state()).groups[1]).toMatchObject({
			subject: 'Clocks',
			picture: { mimeType: 'image/jpeg', bytes: bytes.length },
		});
		expect(await call('post', `/${watches}`, whatsapp)).toEqual(whatsAppError(100));
	});

	it('lets go of participants (§4.3.7)', async () => {
		const participants = [{ user: '+17865347866' }, { user: 'US.13491208655302741918' }];
		expect(await call('delete', `/${watches}/participants`, { ...whatsapp, participants })).toEqual(
			{
				status: 200,
				data: { messaging_product: 'whatsapp', request_id: expect.any(String) },
			},
		);
		expect((await fieldsOf(watches, 'participants')).participants).toEqual([
			{ wa_id: '447700900456' },
		]);
		const twice = [participants[0], participants[0]];
		expect(
			await call('delete', `/${watches}/participants`, { ...whatsapp, participants: twice }),
		).toEqual(whatsAppError(131202));
	});

	it('lists, lets in and turns away who asks (§4.3.9)', async () => {
		const path = `/${purchases}/join_requests`;
		const { data, paging } = (await call('get', path)).data;
		expect(data[0]).toEqual({
			join_request_id: expect.any(String),
			wa_id: '16505555678',
			creation_timestamp: expect.stringMatching(/^\d{10}$/),
		});
		expect(paging.cursors).toBeDefined();
		const [first, second] = data.map((asking: Json) => asking.join_request_id);
		expect(await call('post', path, { ...whatsapp, join_requests: [first, 'x'] })).toMatchObject({
			status: 206,
			data: {
				approved_join_requests: [first],
				failed_join_requests: [{ join_request_id: 'x', errors: [{ code: 131213 }] }],
				errors: [{ code: 131213 }],
			},
		});
		expect(await call('delete', path, { ...whatsapp, join_requests: [second] })).toEqual({
			status: 200,
			data: { messaging_product: 'whatsapp', rejected_join_requests: [second] },
		});
		expect(await call('post', path, { ...whatsapp, join_requests: ['x'] })).toEqual(
			whatsAppError(131213),
		);
		expect((await call('get', path)).data).toEqual({ data: [] });
	});

	it('answers 131207 to changes while it is suspended', async () => {
		await people('suspend');
		expect(await call('post', `/${watches}`, { ...whatsapp, subject: 'x' })).toEqual(
			whatsAppError(131207, 403),
		);
		expect(await call('delete', `/${watches}/invite_link`)).toEqual(whatsAppError(131207, 403));
		expect(await fieldsOf(watches, 'suspended')).toMatchObject({ suspended: true });
	});

	it('can be deleted (§4.3.6)', async () => {
		expect(await call('delete', `/${watches}`)).toEqual({ status: 200, data: { success: true } });
		expect(await subjects()).not.toContain('Watch Enthusiasts');
	});
});

describe('sending through Meta', () => {
	const send = (message: Json, number = shop) =>
		call('post', `/${number}/messages`, { ...whatsapp, ...message });
	const toGroup = { recipient_type: 'group', to: watches };
	const text = { type: 'text', text: { body: 'Hi' } };

	it('to a group (§4.3.10)', async () => {
		expect(await send({ ...toGroup, ...text })).toEqual({
			status: 200,
			data: {
				messaging_product: 'whatsapp',
				contacts: [{ input: watches, wa_id: watches }],
				messages: [{ id: expect.stringMatching(/^wamid\./) }],
			},
		});
		expect((await state()).messages).toMatchObject([{ to: watches, recipientType: 'group' }]);
	});

	it.each([
		['a group without recipient_type', { to: watches, ...text }, 131009],
		['a number as a group', { recipient_type: 'group', to: '16505551234', ...text }, 131009],
		['an unknown group', { recipient_type: 'group', to: unknown, ...text }, 131041],
		['a group with nobody in it', { recipient_type: 'group', to: testers, ...text }, 131020],
		['a poll', { ...toGroup, type: 'poll', poll: {} }, 131009],
		['a reaction', { ...toGroup, type: 'reaction', reaction: {} }, 131009],
		['text without body', { ...toGroup, type: 'text', text: {} }, 100],
	])('refuses %s', async (_, message, code) => {
		expect(await send(message)).toEqual(whatsAppError(code));
	});

	it('pins and unpins what is in the group (§4.3.11)', async () => {
		const { data } = await send({ ...toGroup, ...text });
		const [{ id: message_id }] = data.messages;
		const pin = (content: Json) => send({ ...toGroup, type: 'pin', pin: content });
		expect((await pin({ type: 'pin', message_id, expiration_days: 4 })).status).toBe(200);
		expect((await state()).groups[1].pinned).toEqual([message_id]);
		expect((await pin({ type: 'unpin', message_id })).status).toBe(200);
		expect((await state()).groups[1].pinned).toEqual([]);
		expect(await pin({ type: 'pin', message_id, expiration_days: 31 })).toEqual(
			whatsAppError(131009),
		);
	});

	const upload = async (number = shop) => {
		const form = new FormData();
		form.set('messaging_product', 'whatsapp');
		form.set('type', 'image/png');
		form.set('file', new Blob(['abc'], { type: 'image/png' }), 'a.png');
		return (await call('post', `/${number}/media`, form)).data.id as string;
	};

	it('media that were uploaded to the number (§4.3.12)', async () => {
		const id = await upload();
		const image = { type: 'image', image: { id } };
		expect((await send({ ...toGroup, ...image })).status).toBe(200);
		expect(await send({ to: '16505551234', ...image }, events)).toEqual(whatsAppError(131009));
	});

	it('media that are described, fetched with the token, and deleted', async () => {
		const id = await upload();
		const about = (await call('get', `/${id}`)).data;
		expect(about).toEqual({
			messaging_product: 'whatsapp',
			id,
			url: expect.stringContaining('/whatsapp_business/attachments/?mid='),
			mime_type: 'image/png',
			sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
			file_size: 3,
		});
		expect((await request('get', about.url)).data).toBe('abc');
		expect((await stage.anonymous().get(about.url)).status).toBe(400);
		const expired = about.url.replace(/ext=\d+/, 'ext=1');
		expect(await request('get', expired)).toMatchObject({ status: 404 });
		expect(await call('delete', `/${id}`)).toEqual({ status: 200, data: { success: true } });
		expect(await call('get', `/${id}`)).toEqual(unknownNode);
	});
});

describe('templates at Meta', () => {
	const template = {
		name: 'come_in',
		category: 'UTILITY',
		language: 'en_US',
		library_template_name: 'group_invite_link',
	};
	const path = `/${waba}/message_templates`;
	const send = (components: unknown[], number = shop) =>
		call('post', `/${number}/messages`, {
			...whatsapp,
			to: '16505551234',
			type: 'template',
			template: { name: 'come_in', language: { code: 'en_US' }, components },
		});
	const invite = (group_id: string) => [
		{ type: 'body', parameters: [{ type: 'group_id', group_id }] },
	];

	it('are found in the library (§4.3.5)', async () => {
		const find = async (query: string) =>
			(await call('get', `/message_template_library?${query}`)).data.data;
		expect(await find('category=utility&topic=group_invite_link&language=en')).toEqual([
			expect.objectContaining({ name: 'group_invite_link', category: 'UTILITY' }),
		]);
		expect(await find('topic=order_management')).toEqual([]);
		expect(await find('language=de')).toEqual([]);
	});

	it('are created from it, listed, and sent from either number with a group’s id', async () => {
		expect(await call('post', path, template)).toEqual({
			status: 200,
			data: { id: expect.stringMatching(/^\d+$/), status: 'APPROVED', category: 'UTILITY' },
		});
		const { data } = (await call('get', `${path}?name=come`)).data;
		expect(data).toEqual([expect.objectContaining({ ...template, status: 'APPROVED' })]);
		expect((await call('get', `${path}?name=go`)).data.data).toEqual([]);
		expect((await send(invite(watches))).status).toBe(200);
		const { groups, messages } = await state();
		expect(messages.at(-1).inviteLink).toBe(groups[1].inviteLink);
		expect((await send(invite(groups[3].id), events)).status).toBe(200);
		expect(await send(invite(watches), events)).toEqual(whatsAppError(131041));
		expect(await send([])).toEqual(whatsAppError(132000));
	});

	it('wait for approval unless they are from the library', async () => {
		const own = { ...template, library_template_name: undefined };
		const components = [{ type: 'BODY', text: 'Hi' }];
		expect((await call('post', path, { ...own, components })).data.status).toBe('PENDING');
		expect(await send([])).toEqual(whatsAppError(132001, 404));
		await stage.control('post', '/meta/templates/come_in/approve');
		expect((await send([])).status).toBe(200);
		expect(await call('post', path, template)).toEqual(whatsAppError(100));
	});
});

describe('webhook URLs at Meta', () => {
	let server: Server;
	const subscriptions = `/${waba}/subscribed_apps`;
	const asked: URL[] = [];
	let answer: (url: URL) => { status: number; body: string };
	const hook = (path = '/hook') =>
		`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
	const echo = (url: URL) => ({ status: 200, body: url.searchParams.get('hub.challenge') ?? '' });

	beforeAll(async () => {
		server = createServer((incoming, response) => {
			const url = new URL(incoming.url ?? '', 'http://receiver');
			asked.push(url);
			const { body, status } = answer(url);
			response.writeHead(status).end(body);
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	});
	beforeEach(async () => {
		asked.length = 0;
		answer = echo;
		await call('post', subscriptions);
	});
	afterAll(() => server.close());

	const overrideNumber = (url: string, verify_token: string | undefined = 'secret', id = shop) =>
		call('post', `/${id}`, {
			webhook_configuration: { override_callback_uri: url, verify_token },
		});
	const overrideAccount = (override_callback_uri: string) =>
		call('post', subscriptions, { override_callback_uri, verify_token: 'secret' });
	const configuration = async (id = shop) =>
		(await fieldsOf(id, 'webhook_configuration')).webhook_configuration;
	const done = { status: 200, data: { success: true } };
	const failed = (words: string) =>
		graph(2200, 400, {
			type: 'OAuthException',
			message: expect.stringContaining(
				`(#2200) Callback verification failed with the following errors: ${words}`,
			),
		});

	it('are those of apps that are subscribed (§4.4)', async () => {
		expect(await call('post', subscriptions)).toEqual(done);
		expect((await call('get', subscriptions)).data).toEqual({
			data: [
				{
					whatsapp_business_api_data: {
						link: 'https://www.facebook.com/games/?app_id=234567',
						name: 'Sandbox app',
						id: '234567',
					},
				},
			],
		});
		expect(await call('delete', subscriptions)).toEqual(done);
		expect((await call('get', subscriptions)).data).toEqual({ data: [] });
		expect(asked).toEqual([]);
	});

	it('of an account are challenged before they are taken', async () => {
		expect(await overrideAccount(hook('/hook?a=b'))).toEqual(done);
		expect(Object.fromEntries(asked[0].searchParams)).toEqual({
			a: 'b',
			'hub.mode': 'subscribe',
			'hub.challenge': expect.stringMatching(/^\d+$/),
			'hub.verify_token': 'secret',
		});
		const [app] = (await call('get', subscriptions)).data.data;
		expect(app.override_callback_uri).toBe(hook('/hook?a=b'));
		expect(await configuration()).toEqual({ whatsapp_business_account: hook('/hook?a=b') });
	});

	it('of an account are taken away by subscribing without one, or not at all', async () => {
		await overrideAccount(hook());
		await call('post', subscriptions);
		const [app] = (await call('get', subscriptions)).data.data;
		expect(app).not.toHaveProperty('override_callback_uri');
		expect(await overrideAccount(hook())).toEqual(done);
		await call('delete', subscriptions);
		expect(await configuration()).toEqual({});
		expect((await call('get', subscriptions)).data).toEqual({ data: [] });
	});

	it('may come in the query or as a form', async () => {
		const parameters = new URLSearchParams({
			override_callback_uri: hook(),
			verify_token: 'secret',
		});
		expect(await call('post', `${subscriptions}?${parameters.toString()}`)).toEqual(done);
		await call('post', subscriptions);
		expect(await call('post', subscriptions, parameters)).toEqual(done);
		expect(await configuration()).toEqual({ whatsapp_business_account: hook() });
	});

	it('of a number are its own, and are taken away when empty', async () => {
		await set({ appUrl: 'https://app.test/hook' });
		await overrideAccount(hook('/account'));
		expect(await overrideNumber(hook('/number'))).toEqual(done);
		expect(await configuration()).toEqual({
			phone_number: hook('/number'),
			whatsapp_business_account: hook('/account'),
			application: 'https://app.test/hook',
		});
		expect(await configuration(events)).not.toHaveProperty('phone_number');
		expect(await overrideNumber('', undefined)).toEqual(done);
		expect(await configuration()).not.toHaveProperty('phone_number');
	});

	it.each([
		[404, '', 'HTTP Status Code = 404; HTTP Message = Not Found'],
		[403, 'no', 'HTTP Status Code = 403; HTTP Message = Forbidden'],
		[302, '', 'HTTP Status Code = 302'],
		[200, 'ok', 'Response does not match challenge'],
		[200, '"1234567890"', 'Response does not match challenge'],
	])('that answer a challenge with %i %s are refused', async (status, body, words) => {
		answer = () => ({ status, body });
		expect(await overrideNumber(hook())).toEqual(failed(words));
		expect(await overrideAccount(hook())).toEqual(failed(words));
		expect(await configuration()).toEqual({});
	});

	it('keep what was there before when a new one is refused', async () => {
		await overrideNumber(hook('/before'));
		answer = () => ({ status: 500, body: '' });
		await overrideNumber(hook('/after'));
		expect(await configuration()).toEqual({ phone_number: hook('/before') });
	});

	it('that nobody answers at, or that are not on this machine, are refused', async () => {
		expect(await overrideNumber('http://127.0.0.1:1/x')).toEqual(failed('curl_errno = 7'));
		expect(await overrideNumber('https://a.test/x')).toEqual(
			failed('The sandbox delivers to this'),
		);
	});

	it('need a token, https and no more than 200 characters', async () => {
		expect(await overrideNumber(hook(), '')).toEqual(graph(100));
		expect(await overrideNumber(hook(`/${'x'.repeat(200)}`))).toEqual(graph(100));
		expect(await overrideNumber('http://a.test/x')).toEqual(graph(100));
		expect(await overrideNumber('nowhere')).toEqual(graph(100));
		await set({ httpsOnly: true });
		expect(await overrideNumber(hook())).toEqual(graph(100));
		expect(asked).toEqual([]);
	});

	it('need an app that is subscribed to the account, and to messages', async () => {
		const before = expect.stringMatching(/^\(#100\) Before override the current callback uri/);
		const refusal = graph(100, 400, { type: 'OAuthException', message: before });
		await call('delete', subscriptions);
		expect(await overrideNumber(hook())).toEqual(refusal);
		expect(await overrideAccount(hook())).toEqual(refusal);
		expect((await call('get', subscriptions)).data).toEqual({ data: [] });
		await call('post', subscriptions);
		await set({ appFields: ['group_lifecycle_update'] });
		expect(await overrideNumber(hook())).toEqual(refusal);
		expect(await overrideAccount(hook())).toEqual(refusal);
		expect(await overrideNumber('', undefined)).toEqual(done);
		expect(asked).toEqual([]);
	});

	it('can be arranged as if somebody else had set them', async () => {
		const callbacks = {
			isSubscribed: true,
			accountOverride: 'https://other.test/account',
			numberOverrides: { [events]: 'https://other.test/number' },
		};
		await stage.control('put', '/meta/callbacks', callbacks);
		expect((await state()).callbacks).toEqual(callbacks);
		expect(await configuration(events)).toEqual({
			phone_number: 'https://other.test/number',
			whatsapp_business_account: 'https://other.test/account',
		});
		expect(await stage.control('get', '/meta/callbacks')).toEqual(callbacks);
		await stage.control('put', '/meta/callbacks', { isSubscribed: false });
		expect((await state()).callbacks).toMatchObject({ isSubscribed: false, accountOverride: null });
		const { accountOverride } = callbacks;
		await stage.control('put', '/meta/callbacks', { accountOverride });
		expect((await state()).callbacks).toMatchObject({ isSubscribed: true, accountOverride });
	});

	it('are refused as any body that makes no sense', async () => {
		expect(await call('post', `/${shop}`, {})).toEqual(whatsAppError(100));
		expect(await call('post', `/${shop}`, { webhook_configuration: null })).toEqual(
			whatsAppError(100),
		);
		expect(await call('post', `/${shop}`)).toEqual(whatsAppError(100));
	});
});

describe('people in a group at Meta', () => {
	it('join, ask, take it back, leave and write, whichever number the group is of', async () => {
		const { groups, numbers } = await state();
		expect(numbers.map(({ phoneNumberId }: Json) => phoneNumberId)).toEqual([shop, events]);
		const [fair, volunteers] = groups.slice(3).map(({ id }: Json) => id);
		await people('join', { phone: '16505550000', username: '@sheena' }, volunteers);
		expect((await fieldsOf(volunteers, 'participants')).participants.at(-1)).toEqual({
			user_id: expect.stringMatching(/^US\.\d{20}$/),
			username: '@sheena',
		});
		await people('leave', { phone: '16505550000' }, volunteers);
		await people('request', { phone: '16505550000' }, fair);
		expect((await call('get', `/${fair}/join_requests`)).data.data).toHaveLength(2);
		await people('revoke-request', { phone: '16505550000' }, fair);
		expect((await call('get', `/${fair}/join_requests`)).data.data).toHaveLength(1);
		expect(await people('message', { phone: '16505551234', text: 'Hi' }, fair)).toEqual({
			messageId: expect.stringMatching(/^wamid\./),
		});
	});

	it('may have user ids beside their numbers (§4.5.7)', async () => {
		await people('join', { phone: '16505550000', userIds: 'own' });
		await people('join', { phone: '16505550001', userIds: 'own and parent' });
		const id = expect.stringMatching(/^US\.\d{20}$/);
		const parent = expect.stringMatching(/^US\.ENT\.\d{20}$/);
		expect((await fieldsOf(watches, 'participants')).participants.slice(3)).toEqual([
			{ wa_id: '16505550000', user_id: id },
			{ wa_id: '16505550001', user_id: id, parent_user_id: parent },
		]);
		await people('request', { phone: '16505550001', userIds: 'own and parent' }, purchases);
		const { data } = (await call('get', `/${purchases}/join_requests`)).data;
		expect(data.at(-1)).toMatchObject({
			wa_id: '16505550001',
			user_id: id,
			parent_user_id: parent,
		});
		const { participants } = await fieldsOf(watches, 'participants');
		const users = participants.slice(3).map((person: Json) => ({
			user: person.parent_user_id ?? person.user_id,
		}));
		await call('delete', `/${watches}/participants`, { ...whatsapp, participants: users });
		expect((await fieldsOf(watches, 'participants')).participants).toHaveLength(3);
	});

	it('are of a group that control made for either number', async () => {
		const arranged = { subject: 'Tea', participants: ['16505551234'], phoneNumberId: events };
		const { group } = await stage.control<Json>('post', '/meta/groups', arranged);
		expect(await subjects('', events)).toContain('Tea');
		expect((await fieldsOf(group.id, 'participants')).participants).toEqual([
			{ wa_id: '16505551234' },
		]);
		const nowhere = { subject: 'Tea', phoneNumberId: '1' };
		expect((await stage.tryControl('post', '/meta/groups', nowhere)).status).toBe(404);
		const leave = await stage.tryControl('post', `/meta/groups/${unknown}/leave`, { phone: '1' });
		expect(leave.status).toBe(404);
	});
});
