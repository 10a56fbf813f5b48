import axios from 'axios';
import { receiving } from './receiver';

const watches = 'Y2FwaV9ncm91cDoxNTU1MDc4Mzg4MToxMjAzNjMzOTQzMjA5NjQxNTAZD';
const inquiry = 'Y2FwaV9ncm91cDoxNTU1MDc4Mzg4MToxMjAzNjM0MDQ2OTQyMzM4MjAZD';
const product = { messaging_product: 'whatsapp' };

describe('360dialog tells by webhook', () => {
	const on = receiving();
	beforeEach(async () => {
		await call('POST', '/v1/configs/webhook', { url: on.url(), headers: { 'X-S': 's' } });
	});

	async function call(method: string, path: string, data?: object) {
		const { baseUrls, credentials } = on.sandbox().accounts.dialog360;
		const headers = { 'D360-API-KEY': credentials.apiKey };
		return (await axios.request({ method, url: `${baseUrls.api}${path}`, data, headers })).data;
	}
	const act = async (path: string, data?: object) =>
		await on.control('post', `/dialog360/groups/${path}`, data);
	const choose = async (variants: object) =>
		await on.control('put', '/dialog360/webhooks', variants);
	/** Field and `value` of the only change in the nth delivery. */
	const change = async (nth = 1) => {
		const { body, headers } = (await on.arrived(nth))[nth - 1];
		expect(headers['x-s']).toBe('s');
		expect(body).toMatchObject({ object: 'whatsapp_business_account' });
		expect(body.entry).toHaveLength(1);
		expect(body.entry[0].changes).toHaveLength(1);
		const [{ field, value }] = body.entry[0].changes;
		expect(value).toMatchObject({ ...product, metadata: { phone_number_id: '106540352242922' } });
		return { field, value, group: value.groups?.[0] };
	};

	it('groups that were created, and could not be (§4.5.1)', async () => {
		await on.control('put', '/dialog360/settings', { creationDelayMs: 0 });
		const { request_id: requestId } = await call('POST', '/groups', { ...product, subject: 'Tea' });
		const { field, group } = await change();
		expect(field).toBe('group_lifecycle_update');
		expect(group).toMatchObject({
			type: 'group_create',
			request_id: requestId,
			subject: 'Tea',
			invite_link: expect.stringContaining('https://chat.whatsapp.com/'),
			join_approval_mode: 'auto_approve',
			timestamp: expect.stringMatching(/^\d{10}$/),
		});
		await on.control('post', '/dialog360/creation-failures', { code: 131211 });
		await call('POST', '/groups', { ...product, subject: 'Too many' });
		const failed = await change(2);
		expect(failed.group).toMatchObject({ subject: 'Too many', errors: [{ code: 131211 }] });
		expect(failed.group).not.toHaveProperty('invite_link');
		await call('DELETE', `/groups/${group.group_id}`);
		expect((await change(3)).group).toMatchObject({
			type: 'group_delete',
			group_id: group.group_id,
		});
	});

	it('who joined, asked, took it back and left (§4.5.2)', async () => {
		await act(`${watches}/join`, { phone: '16505551234' });
		expect(await change()).toMatchObject({
			field: 'group_participants_update',
			group: {
				type: 'group_participants_add',
				reason: 'invite_link',
				added_participants: [{ input: '16505551234', wa_id: '16505551234' }],
			},
		});
		await act(`${watches}/leave`, { phone: '16505551234' });
		expect((await change(2)).group).toMatchObject({
			type: 'group_participants_remove',
			initiated_by: 'participant',
			removed_participants: [{ wa_id: '16505551234' }],
		});
		await act(`${inquiry}/request`, { phone: '16505550001' });
		await act(`${inquiry}/revoke-request`, { phone: '16505550001' });
		await on.arrived(4);
		const told = on.received.slice(2).map(({ body }) => body.entry[0].changes[0].value.groups[0]);
		expect(told.map(({ type }) => type).sort()).toEqual([
			'group_join_request_created',
			'group_join_request_revoked',
		]);
		expect(told[0].join_request_id).toBe(told[1].join_request_id);
	});

	it('whom the business approved, several together', async () => {
		const { data } = await call('GET', `/groups/${inquiry}/join_requests`);
		const ids = data.map((asking: { join_request_id: string }) => asking.join_request_id);
		await call('POST', `/groups/${inquiry}/join_requests`, { ...product, join_requests: ids });
		const { group } = await change();
		expect(group.type).toBe('group_participants_add');
		expect(group.added_participants).toHaveLength(ids.length);
	});

	const remove = async () =>
		await call('DELETE', `/groups/${watches}/participants`, {
			...product,
			participants: [{ user: '+17865347866' }, { user: '+15550009999' }],
		});

	it('whom the business removed, and could not', async () => {
		await remove();
		expect((await change()).group).toMatchObject({
			type: 'group_participants_remove',
			initiated_by: 'business',
			request_id: expect.any(String),
			removed_participants: [{ input: '+17865347866' }],
			failed_participants: [{ input: '+15550009999', errors: [{ code: 131212 }] }],
			errors: [{ code: 131201 }],
		});
	});

	it('the same in the documents’ other ways', async () => {
		await choose({
			participantsField: 'group_participant_update',
			participantsTypes: 'openApi',
			timestamp: 'number',
			initiatedBy: 'outside',
			removalErrors: 'whole',
		});
		await remove();
		const { field, group, value } = await change();
		expect(field).toBe('group_participant_update');
		expect(group).toMatchObject({
			type: 'group_remove_participants',
			timestamp: expect.any(Number),
		});
		expect(group).not.toHaveProperty('initiated_by');
		expect(value.initiated_by).toBe('business');
		expect(group.failed_participants).toEqual([{ input: '+15550009999' }]);
		await choose({ initiatedBy: 'missing' });
		await act(`${watches}/join`, { phone: '16505551234' });
		expect((await change(2)).group.type).toBe('group_add_participants');
		await act(`${watches}/leave`, { phone: '16505551234' });
		expect(JSON.stringify((await change(3)).value)).not.toContain('initiated_by');
	});

	it('nobody’s number who hides it (§4.5.7)', async () => {
		await act(`${watches}/join`, { phone: '16505551234', name: 'Sheena', username: '@sheena' });
		await act(`${watches}/message`, { phone: '16505551234', text: 'Hi' });
		const { messages } = await call('POST', '/messages', {
			...product,
			recipient_type: 'group',
			to: watches,
			type: 'text',
			text: { body: 'Hi' },
		});
		await on.control('post', `/dialog360/messages/${messages[0].id}/status`, {
			status: 'read',
			phone: '16505551234',
		});
		await on.arrived(4);
		const bodies = on.received.map(({ raw }) => raw.toString());
		expect(bodies.filter((body) => body.includes('16505551234'))).toEqual([]);
		expect(bodies.filter((body) => body.includes('"user_id"'))).toHaveLength(3);
		expect(bodies.join()).toContain('from_user_id');
		expect(bodies.join()).toContain('recipient_participant_user_id');
	});

	it('settings that were changed (§4.5.3) and suspensions (§4.5.4)', async () => {
		await call('POST', `/groups/${watches}`, { ...product, subject: 'Old watches' });
		expect(await change()).toMatchObject({
			field: 'group_settings_update',
			group: { group_subject: { text: 'Old watches', update_successful: true } },
		});
		await act(`${watches}/suspend`);
		expect(await change(2)).toMatchObject({
			field: 'group_status_update',
			group: { type: 'group_suspend', group_id: watches },
		});
		await act(`${watches}/clear-suspension`);
		expect((await change(3)).group.type).toBe('group_suspend_cleared');
	});

	it.each([
		[{ text: 'Hi' }, { type: 'text', text: { body: 'Hi' } }],
		[
			{ type: 'image', mimeType: 'image/jpeg', caption: 'See' },
			{ type: 'image', image: { id: expect.any(String), mime_type: 'image/jpeg', caption: 'See' } },
		],
		[{ type: 'unsupported' }, { type: 'unsupported', errors: [{ code: 130501 }] }],
	])('a group message: %j (§4.5.5)', async (content, told) => {
		await act(`${inquiry}/message`, { phone: '16505551234', ...content });
		const { field, value } = await change();
		expect(field).toBe('messages');
		expect(value.contacts[0].wa_id).toBe('16505551234');
		expect(value.messages).toMatchObject([{ from: '16505551234', group_id: inquiry, ...told }]);
	});

	it('a direct message, without the group id', async () => {
		await on.control('post', '/dialog360/message', { phone: '16505551234', text: 'Hi' });
		expect((await change()).value.messages[0]).not.toHaveProperty('group_id');
	});

	it('statuses, by participant where there is one (§4.5.6)', async () => {
		const { messages } = await call('POST', '/messages', {
			...product,
			recipient_type: 'group',
			to: inquiry,
			type: 'text',
			text: { body: 'Hi' },
		});
		const [{ id }] = messages;
		const report = async (status: string) =>
			await on.control('post', `/dialog360/messages/${id}/status`, {
				status,
				phone: '16505551234',
			});
		const status = async (nth: number) => (await change(nth)).value.statuses[0];
		expect(await status(1)).toMatchObject({ id, status: 'sent', recipient_id: inquiry });
		await report('delivered');
		expect(await status(2)).toMatchObject({
			status: 'delivered',
			recipient_type: 'group',
			recipient_participant_id: '16505551234',
			conversation: { origin: { type: 'group_service' } },
			pricing: { pricing_model: 'PMP' },
		});
		await choose({ participantKey: 'participant_recipient_id', pricing: 'inside' });
		await report('read');
		const read = await status(3);
		expect(read).toMatchObject({
			participant_recipient_id: '16505551234',
			conversation: { pricing: { category: 'group_service' } },
		});
		expect(read).not.toHaveProperty('recipient_participant_id');
		expect(read).not.toHaveProperty('pricing');
		await report('failed');
		const failed = await status(4);
		expect(failed.errors).toMatchObject([{ code: 131041 }]);
		expect(failed).not.toHaveProperty('participant_recipient_id');
	});

	it('what the OpenAPI has other than the documents (§8)', async () => {
		await choose({ settings: 'flat', statusGroup: 'group_id' });
		await call('POST', `/groups/${watches}`, { ...product, subject: 'Old watches' });
		const { group } = await change();
		expect(group).toMatchObject({ type: 'group_settings_update', subject: 'Old watches' });
		expect(group).not.toHaveProperty('group_subject');
		const text = { body: 'Hi' };
		const target = { recipient_type: 'group', to: inquiry, type: 'text', text };
		await call('POST', '/messages', { ...product, ...target });
		const [status] = (await change(2)).value.statuses;
		expect(status).toMatchObject({ status: 'sent', group_id: inquiry });
		expect(status).not.toHaveProperty('recipient_type');
	});

	it('empty numbers, and that somebody has another user id (§4.5.7)', async () => {
		await choose({ missingNumber: 'empty' });
		const phone = '16505551234';
		await act(`${watches}/join`, { phone, name: 'Sheena', username: '@sheena' });
		const [{ user_id: before }] = (await change()).group.added_participants;
		await act(`${watches}/message`, { phone, text: 'Hi' });
		expect((await change(2)).value).toMatchObject({
			contacts: [{ wa_id: '', user_id: before }],
			messages: [{ from: '', from_user_id: before }],
		});
		const { userId } = await act(`${watches}/change-user-id`, { phone });
		expect((await change(3)).value.messages).toMatchObject([
			{
				type: 'system',
				group_id: watches,
				from_user_id: userId,
				system: { type: 'user_changed_user_id', user_id: userId, previous_user_id: before },
			},
		]);
		expect(userId).not.toBe(before);
	});

	it('a thousand messages in one delivery', async () => {
		await act(`${inquiry}/messages`, { count: 1000, perDelivery: 1000 });
		const [{ body }] = await on.arrived(1);
		const ids = body.entry[0].changes.map(
			({ value }: { value: { messages: Array<{ id: string }> } }) => value.messages[0].id,
		);
		expect(new Set(ids).size).toBe(1000);
	});

	it('proofs that are wrong or missing, when ordered', async () => {
		const order = { provider: 'dialog360', body: { object: 'whatsapp_business_account' } };
		await on.control('post', '/webhooks/send', { ...order, sign: 'forged' });
		await on.control('post', '/webhooks/send', { ...order, sign: 'missing' });
		const [forged, missing] = await on.arrived(2);
		expect(forged.headers['x-s']).toBe('sx');
		expect(missing.headers).not.toHaveProperty('x-s');
	});
});
