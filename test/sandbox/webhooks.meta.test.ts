import { createHmac } from 'node:crypto';
import axios from 'axios';
import { metaJson } from '../../sandbox/meta/webhooks/json';
import { signature } from '../../sandbox/meta/webhooks/signature';
import { purchases, watches, whatsapp } from './cloudApi';
import { receiving } from './receiver';

const waba = '102290129340398';
const shop = '106540352242922';
const events = '106540352242933';

/** A body of any shape. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- bodies of any shape
type Json = any;

describe('Meta’s signature', () => {
	// HMAC-SHA256 of the second test case of RFC 4231.
	it('is HMAC-SHA256 of the bytes, in hexadecimal', () => {
		expect(signature(Buffer.from('what do ya want for nothing?'), 'Jefe')).toBe(
			'sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
		);
	});

	it('is of JSON in ASCII, with lower-case digits, slashes and at signs escaped', () => {
		const value = { text: 'äöå 🌱 a/b @all "q"' };
		const body = metaJson(value);
		expect(body.toString('latin1')).toBe(
			'{"text":"\\u00e4\\u00f6\\u00e5 \\ud83c\\udf31 a\\/b \\u0040all \\"q\\""}',
		);
		expect(JSON.parse(body.toString())).toEqual(value);
	});
});

describe('Meta tells by webhook', () => {
	const on = receiving();
	const set = async (settings: object) => await on.control('put', '/meta/settings', settings);
	const route = async (callbacks: object) => await on.control('put', '/meta/callbacks', callbacks);
	const choose = async (variants: object) => await on.control('put', '/meta/webhooks', variants);
	const act = async (path: string, data?: object) =>
		await on.control('post', `/meta/groups/${path}`, data);
	const secret = () => on.sandbox().accounts.meta.credentials.appSecret;
	const signed = (raw: Buffer) =>
		`sha256=${createHmac('sha256', secret()).update(raw).digest('hex')}`;

	beforeEach(async () => {
		await route({ isSubscribed: true, numberOverrides: { [shop]: on.url() } });
	});

	async function call(method: string, path: string, data?: object): Promise<Json> {
		const { baseUrls, credentials } = on.sandbox().accounts.meta;
		const headers = { Authorization: `Bearer ${credentials.accessToken}` };
		const url = `${baseUrls.api}/v26.0${path}`;
		return (await axios.request({ method, url, data, headers })).data;
	}
	/** Field and `value` of the only change in the nth delivery. */
	const change = async (nth = 1) => {
		const { body, headers, raw } = (await on.arrived(nth))[nth - 1];
		expect(headers).toMatchObject({
			'x-hub-signature-256': signed(raw),
			'user-agent': 'facebookexternalua',
			'content-type': 'application/json',
		});
		expect(body).toMatchObject({ object: 'whatsapp_business_account' });
		expect(body.entry).toHaveLength(1);
		expect(body.entry[0].id).toBe(waba);
		expect(body.entry[0].changes).toHaveLength(1);
		const [{ field, value }] = body.entry[0].changes;
		expect(value).toMatchObject({
			...whatsapp,
			metadata: { display_phone_number: '15550783881', phone_number_id: shop },
		});
		return { field, value, group: value.groups?.[0] };
	};
	const send = async (to = purchases) => {
		const target = { recipient_type: 'group', to, type: 'text', text: { body: 'Hi' } };
		return (await call('POST', `/${shop}/messages`, { ...whatsapp, ...target })).messages[0].id;
	};

	it('groups that were created, could not be, and were deleted (§4.5.1)', async () => {
		await set({ creationDelayMs: 0 });
		const create = async (subject: string) =>
			(await call('POST', `/${shop}/groups`, { ...whatsapp, subject })).request_id;
		const requestId = await create('Tea');
		const { field, group } = await change();
		expect(field).toBe('group_lifecycle_update');
		expect(group).toMatchObject({
			type: 'group_create',
			request_id: requestId,
			subject: 'Tea',
			invite_link: expect.stringContaining('https://chat.whatsapp.com/'),
			timestamp: expect.stringMatching(/^\d{10}$/),
		});
		await on.control('post', '/meta/creation-failures', { code: 131211 });
		await create('Too many');
		expect((await change(2)).group).toMatchObject({
			subject: 'Too many',
			group_id: expect.stringMatching(/ZD$/),
			errors: [{ code: 131211 }],
		});
		await call('DELETE', `/${group.group_id}`);
		expect((await change(3)).group).toMatchObject({
			type: 'group_delete',
			group_id: group.group_id,
		});
	});

	it('who joined, asked, was let in, removed, and left (§4.5.2)', async () => {
		await act(`${watches}/join`, { phone: '16505551234' });
		expect(await change()).toMatchObject({
			field: 'group_participants_update',
			group: {
				type: 'group_participants_add',
				added_participants: [{ input: '16505551234', wa_id: '16505551234' }],
			},
		});
		await act(`${purchases}/request`, { phone: '16505550001' });
		const { group } = await change(2);
		expect(group).toMatchObject({ type: 'group_join_request_created', wa_id: '16505550001' });
		const join_requests = [group.join_request_id];
		await call('POST', `/${purchases}/join_requests`, { ...whatsapp, join_requests });
		expect((await change(3)).group.added_participants).toMatchObject([{ wa_id: '16505550001' }]);
		const participants = [{ user: '+16505550001' }, { user: '+15550009999' }];
		await call('DELETE', `/${purchases}/participants`, { ...whatsapp, participants });
		expect((await change(4)).group).toMatchObject({
			initiated_by: 'business',
			removed_participants: [{ input: '+16505550001' }],
			failed_participants: [{ input: '+15550009999', errors: [{ code: 131212 }] }],
			errors: [{ code: 131201 }],
		});
		await act(`${watches}/leave`, { phone: '16505551234' });
		expect((await change(5)).group).toMatchObject({ initiated_by: 'participant' });
	});

	it('settings (§4.5.3) and suspensions (§4.5.4), in the documents’ and other ways (§8)', async () => {
		await call('POST', `/${watches}`, { ...whatsapp, subject: 'Old watches' });
		expect(await change()).toMatchObject({
			field: 'group_settings_update',
			group: { group_subject: { text: 'Old watches', update_successful: true } },
		});
		await act(`${watches}/suspend`);
		expect(await change(2)).toMatchObject({
			field: 'group_status_update',
			group: { type: 'group_suspend' },
		});
		await choose({
			settings: 'flat',
			timestamp: 'number',
			participantsField: 'group_participant_update',
			participantsTypes: 'openApi',
		});
		await act(`${watches}/clear-suspension`);
		expect((await change(3)).group.timestamp).toEqual(expect.any(Number));
		await call('POST', `/${watches}`, { ...whatsapp, subject: 'Watches' });
		expect((await change(4)).group.subject).toBe('Watches');
		await act(`${watches}/leave`, { phone: '17865347866' });
		expect(await change(5)).toMatchObject({
			field: 'group_participant_update',
			group: { type: 'group_remove_participants' },
		});
	});

	it('messages of groups and to the number (§4.5.5), whatever is in them', async () => {
		await act(`${purchases}/message`, { phone: '16505551234', text: 'Grüße 🌱 an @alle: a/b' });
		const { field, value } = await change();
		expect(field).toBe('messages');
		expect(value.messages).toMatchObject([
			{ from: '16505551234', group_id: purchases, text: { body: 'Grüße 🌱 an @alle: a/b' } },
		]);
		const [{ body, raw }] = on.received;
		expect(raw.toString('latin1')).toContain('Gr\\u00fc\\u00dfe');
		expect(signed(raw)).not.toBe(signed(Buffer.from(JSON.stringify(body))));
		await on.control('post', '/meta/message', { phone: '16505551234', text: 'Hi' });
		expect((await change(2)).value.messages[0]).not.toHaveProperty('group_id');
	});

	it('statuses (§4.5.6)', async () => {
		const id = await send();
		expect((await change()).value.statuses).toMatchObject([
			{ id, status: 'sent', recipient_type: 'group', recipient_id: purchases },
		]);
		const read = { status: 'read', phone: '16505551234' };
		await on.control('post', `/meta/messages/${id}/status`, read);
		expect((await change(2)).value.statuses).toMatchObject([
			{ id, status: 'read', recipient_participant_id: '16505551234' },
		]);
	});

	it('nobody’s number who hides it, and another user id of theirs (§4.5.7)', async () => {
		const phone = '16505551234';
		await act(`${watches}/join`, { phone, name: 'Sheena', username: '@sheena' });
		await act(`${watches}/message`, { phone, text: 'Hi' });
		const { value } = await change(2);
		expect(value.contacts[0]).not.toHaveProperty('wa_id');
		expect(value.messages[0]).not.toHaveProperty('from');
		const before = value.messages[0].from_user_id;
		const { userId } = await act(`${watches}/change-user-id`, { phone });
		expect((await change(3)).value.messages).toMatchObject([
			{
				type: 'system',
				system: {
					type: 'user_changed_user_id',
					user_id: userId,
					previous_user_id: before,
				},
			},
		]);
		expect(on.received.map(({ raw }) => raw.toString()).join()).not.toContain(phone);
	});

	it('every key of people with ids beside their number (§4.5.7)', async () => {
		const phone = '16505550001';
		const id = expect.stringMatching(/^US\.\d{20}$/);
		const parent = expect.stringMatching(/^US\.ENT\.\d{20}$/);
		const keys = { wa_id: phone, user_id: id, parent_user_id: parent };
		await act(`${watches}/join`, { phone, userIds: 'own and parent' });
		const [added] = (await change()).group.added_participants;
		expect(added).toEqual({ input: phone, ...keys });
		await act(`${watches}/message`, { phone, text: 'Hi' });
		const { contacts, messages } = (await change(2)).value;
		expect(contacts).toEqual([{ profile: {}, ...keys }]);
		expect(messages[0]).toMatchObject({
			from: phone,
			from_user_id: added.user_id,
			from_parent_user_id: added.parent_user_id,
		});
		const sent = await send(watches);
		await on.control('post', `/meta/messages/${sent}/status`, { status: 'read', phone });
		const { statuses } = (await change(4)).value;
		expect(statuses[0]).toMatchObject({
			recipient_participant_id: phone,
			recipient_participant_user_id: added.user_id,
			recipient_participant_parent_user_id: added.parent_user_id,
		});
		await act(`${watches}/change-user-id`, { phone });
		expect((await change(5)).value.messages[0].system).toMatchObject({
			previous_user_id: added.user_id,
			previous_parent_user_id: added.parent_user_id,
		});
	});

	it('changes that were answered well and failed (§4.5.1 to §4.5.3)', async () => {
		const fail = async (failure: object) =>
			await on.control('post', '/meta/change-failures', failure);
		const update = { ...whatsapp, subject: 'Clocks', description: 'Tick' };
		await fail({ change: 'update', parts: ['description'], code: 131009 });
		await call('POST', `/${watches}`, update);
		expect((await change()).group).toMatchObject({
			group_subject: { text: 'Clocks', update_successful: true },
			group_description: { update_successful: false, errors: [{ code: 131009 }] },
			errors: [{ code: 131201 }],
		});
		await fail({ change: 'update', code: 131208 });
		await call('POST', `/${watches}`, { ...whatsapp, subject: 'Watches' });
		expect((await change(2)).group).toMatchObject({
			group_subject: { update_successful: false, errors: [{ code: 131208 }] },
			errors: [{ code: 131208 }],
		});
		const about = await call('GET', `/${watches}?fields=subject,description`);
		expect(about).toMatchObject({ subject: 'Clocks', description: 'Everything that ticks' });

		await fail({ change: 'remove', code: 131208 });
		const participants = [{ user: '+17865347866' }];
		await call('DELETE', `/${watches}/participants`, { ...whatsapp, participants });
		const { group } = await change(3);
		expect(group).toMatchObject({
			failed_participants: [{ input: '+17865347866', errors: [{ code: 131208 }] }],
			errors: [{ code: 131208 }],
		});
		expect(group).not.toHaveProperty('removed_participants');

		await fail({ change: 'delete', code: 131208 });
		expect(await call('DELETE', `/${watches}`)).toEqual({ success: true });
		expect((await change(4)).group).toMatchObject({
			type: 'group_delete',
			group_id: watches,
			request_id: expect.any(String),
			errors: [{ code: 131208 }],
		});
		await call('DELETE', `/${watches}`);
		expect((await change(5)).group).not.toHaveProperty('errors');
	});

	it('messages that failed, for whatever reason (§4.5.6)', async () => {
		const sent = await send();
		const report = { status: 'failed', code: 131207 };
		await on.control('post', `/meta/messages/${sent}/status`, report);
		expect((await change(2)).value.statuses).toMatchObject([
			{ id: sent, status: 'failed', errors: [{ code: 131207, href: expect.any(String) }] },
		]);
		await set({ serviceWindow: 'closed' });
		const late = await send();
		expect((await change(3)).value.statuses).toMatchObject([
			{ id: late, status: 'failed', errors: [{ code: 131047 }] },
		]);
	});

	describe('to the URL that is nearest', () => {
		const levels = {
			isSubscribed: true,
			accountOverride: null as string | null,
			numberOverrides: {},
		};
		const told = async (nth: number) => {
			await act(`${purchases}/message`, { phone: '16505551234', text: 'Hi' });
			return (await on.arrived(nth))[nth - 1].url;
		};

		it('number, then account, then app', async () => {
			await set({ appUrl: `${on.url()}/app` });
			const accountOverride = `${on.url()}/account`;
			const numberOverrides = { [shop]: `${on.url()}/number` };
			await route({ ...levels, accountOverride, numberOverrides });
			expect(await told(1)).toBe('/hook/number');
			await route({ ...levels, accountOverride });
			expect(await told(2)).toBe('/hook/account');
			await route(levels);
			expect(await told(3)).toBe('/hook/app');
		});

		it('nowhere without one, or without a subscription', async () => {
			await route(levels);
			await act(`${purchases}/message`, { phone: '16505551234', text: 'Hi' });
			await route({ isSubscribed: false, numberOverrides: { [shop]: on.url() } });
			await act(`${purchases}/message`, { phone: '16505551234', text: 'Hi' });
			await on.arrived(0);
			const order = { provider: 'meta', body: {} };
			await expect(on.control('post', '/webhooks/send', order)).rejects.toThrow('409');
		});

		it('of each number by itself', async () => {
			const { groups } = (await on.control('get', '/state')).meta;
			const numberOverrides = { [events]: `${on.url()}/events` };
			await route({ ...levels, accountOverride: `${on.url()}/account`, numberOverrides });
			await act(`${groups[3].id}/message`, { phone: '16505551234', text: 'Hi' });
			const [{ url, body }] = await on.arrived(1);
			expect(url).toBe('/hook/events');
			expect(body.entry[0].changes[0].value.metadata).toEqual({
				display_phone_number: '15550783882',
				phone_number_id: events,
			});
			expect(await told(2)).toBe('/hook/account');
			const direct = { phone: '16505551234', text: 'Hi', phoneNumberId: events };
			await on.control('post', '/meta/message', direct);
			expect((await on.arrived(3))[2].url).toBe('/hook/events');
		});

		it('that was registered at the API and answered its challenge', async () => {
			await route({ ...levels, isSubscribed: false });
			await call('POST', `/${waba}/subscribed_apps`);
			const challengeIn = (url: URL) => url.searchParams.get('hub.challenge') ?? '';
			on.answers.push({ status: 200, body: challengeIn });
			const override = { override_callback_uri: `${on.url()}/own`, verify_token: 't' };
			expect(await call('POST', `/${shop}`, { webhook_configuration: override })).toEqual({
				success: true,
			});
			expect(await told(2)).toBe('/hook/own');
		});

		it('but to none that did not answer its challenge', async () => {
			await route(levels);
			const override = { override_callback_uri: `${on.url()}/own`, verify_token: 't' };
			await expect(call('POST', `/${shop}`, { webhook_configuration: override })).rejects.toThrow(
				'400',
			);
			expect(on.received.splice(0)).toMatchObject([
				{
					url: expect.stringContaining('hub.verify_token=t'),
					headers: { 'user-agent': expect.stringMatching(/^facebookplatform\//) },
				},
			]);
			await act(`${purchases}/message`, { phone: '16505551234', text: 'Hi' });
			await on.arrived(0);
		});
	});

	it('only the fields that the app is subscribed to, by their documented names', async () => {
		await set({ appFields: ['group_participants_update'] });
		await choose({ participantsField: 'group_participant_update' });
		await act(`${watches}/suspend`);
		await act(`${watches}/clear-suspension`);
		await act(`${watches}/leave`, { phone: '17865347866' });
		expect((await change()).field).toBe('group_participant_update');
	});

	it('up to a thousand changes in one delivery', async () => {
		await act(`${purchases}/messages`, { count: 1500, perDelivery: 1000 });
		const deliveries = await on.arrived(2);
		const batches = deliveries.map(({ body }) => body.entry[0].changes);
		expect(batches.map(({ length }) => length).sort()).toEqual([1000, 500]);
		const ids = batches.flat().map(({ value }: Json) => value.messages[0].id);
		expect(new Set(ids).size).toBe(1500);
		for (const { headers, raw } of deliveries) {
			expect(headers['x-hub-signature-256']).toBe(signed(raw));
		}
	});

	it('several at once in an entry each, or together in one value', async () => {
		await choose({ batches: 'entries' });
		await act(`${purchases}/messages`, { count: 3, perDelivery: 3 });
		const [{ body: apart }] = await on.arrived(1);
		expect(apart.entry.map(({ id, changes }: Json) => [id, changes.length])).toEqual([
			[waba, 1],
			[waba, 1],
			[waba, 1],
		]);
		await choose({ batches: 'values' });
		await act(`${purchases}/messages`, { count: 3, perDelivery: 3 });
		const [{ changes }] = (await on.arrived(2))[1].body.entry;
		expect(changes).toHaveLength(1);
		const { contacts, messages } = changes[0].value;
		expect(contacts.map(({ wa_id }: Json) => wa_id)).toEqual(['16505551234', '447700900123']);
		expect(messages.map(({ text }: Json) => text.body)).toEqual([
			'Message 1',
			'Message 2',
			'Message 3',
		]);
	});

	it('in the order of what happened, or in any', async () => {
		const ordered = Array.from({ length: 40 }, (_, index) => `Message ${index + 1}`);
		/** The order in which 40 go out, which arrivals do not tell: 20 are on their way at once. */
		const sent = async () => {
			await on.control('put', '/webhooks', { paused: true });
			await act(`${purchases}/messages`, { count: 40 });
			await on.control('post', '/webhooks/replay');
			const texts = (await on.arrived(40)).map(
				({ body }) => body.entry[0].changes[0].value.messages[0].text.body as string,
			);
			await on.control('delete', '/webhooks/deliveries');
			on.received.length = 0;
			return texts;
		};
		expect(await sent()).toEqual(ordered);
		await set({ unordered: true });
		const shuffled = await sent();
		expect(shuffled).not.toEqual(ordered);
		expect([...shuffled].sort()).toEqual([...ordered].sort());
	});

	it('at least once: several times, when that is set', async () => {
		await set({ deliverTimes: 3 });
		await act(`${purchases}/message`, { phone: '16505551234', text: 'Hi' });
		const bodies = (await on.arrived(3)).map(({ raw }) => raw.toString());
		expect(new Set(bodies).size).toBe(1);
		const ids = (await on.attempts('?provider=meta')).map(({ id }) => id);
		expect(new Set(ids).size).toBe(1);
	});

	it('again until the answer is 200, and nothing else', async () => {
		await on.control('put', '/webhooks', { retryDelayMs: 10 });
		on.answers.push({ status: 500 }, { status: 204 }, { status: 302 });
		await act(`${purchases}/message`, { phone: '16505551234', text: 'Hi' });
		const bodies = (await on.arrived(4)).map(({ raw }) => raw.toString());
		expect(new Set(bodies).size).toBe(1);
		const attempts = await on.attempts();
		expect(attempts.map(({ attempt, problem }) => [attempt, problem])).toEqual([
			[1, 'Answered 500'],
			[2, 'Answered 204'],
			[3, 'Answered 302'],
			[4, null],
		]);
	});

	it('what is ordered, with proofs that are right, forged or missing', async () => {
		const order = { provider: 'meta', body: { object: 'whatsapp_business_account', standby: [] } };
		for (const sign of ['valid', 'forged', 'missing']) {
			await on.control('post', '/webhooks/send', { ...order, sign });
		}
		const proofs = (await on.arrived(3)).map(({ headers, raw }) => [
			headers['x-hub-signature-256'],
			signed(raw),
		]);
		expect(proofs[0][0]).toBe(proofs[0][1]);
		expect(proofs[1][0]).toMatch(/^sha256=[0-9a-f]{64}$/);
		expect(proofs[1][0]).not.toBe(proofs[1][1]);
		expect(proofs[2][0]).toBeUndefined();
	});

	it('what is ordered to the number that it tells of', async () => {
		await route({ numberOverrides: { [events]: `${on.url()}/events` } });
		const metadata = { phone_number_id: events };
		const body = { entry: [{ changes: [{ field: 'messages', value: { metadata } }] }] };
		await on.control('post', '/webhooks/send', { provider: 'meta', body });
		expect((await on.arrived(1))[0].url).toBe('/hook/events');
	});

	it('nothing after a reset, and in the documents’ way again', async () => {
		await choose({ settings: 'flat' });
		await on.control('post', '/reset');
		await act(`${purchases}/message`, { phone: '16505551234', text: 'Hi' });
		await on.arrived(0);
		expect(await on.control('get', '/meta/callbacks')).toEqual({
			isSubscribed: false,
			accountOverride: null,
			numberOverrides: {},
		});
		expect(await on.control('get', '/meta/webhooks')).toMatchObject({ settings: 'nested' });
	});
});
